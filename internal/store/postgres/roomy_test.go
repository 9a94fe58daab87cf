package postgres

import (
	"bytes"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"
)

// Law: what goes to the server is the same, with room made for it or without.
func TestRoomChangesNothing(t *testing.T) {
	plain, roomy := pgtype.NewMap(), pgtype.NewMap()
	makeRoom(roomy)
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(rapid.Ptr(rapid.SliceOf(rapid.Byte()), true)).Draw(t, "list")
		values := make(binaries, len(list))
		for i, one := range list {
			if one != nil {
				values[i] = *one // else NULL
			}
		}
		before := rapid.SliceOf(rapid.Byte()).Draw(t, "before")
		want, err := plain.Encode(pgtype.ByteaArrayOID, pgtype.BinaryFormatCode, values, bytes.Clone(before))
		if err != nil {
			t.Fatal(err)
		}
		got, err := roomy.Encode(pgtype.ByteaArrayOID, pgtype.BinaryFormatCode, values, bytes.Clone(before))
		if err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%v, %x is not %x", err, got, want)
		}
	})
}

// BenchmarkRoom is the canonical records of a batch of 32 messages, with room made at once and without.
func BenchmarkRoom(b *testing.B) {
	batch := make(binaries, 64)
	for i := range batch {
		batch[i] = make([]byte, 2500)
	}
	plain, roomy := pgtype.NewMap(), pgtype.NewMap()
	makeRoom(roomy)
	for name, types := range map[string]*pgtype.Map{"plain": plain, "roomy": roomy} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := types.Encode(pgtype.ByteaArrayOID, pgtype.BinaryFormatCode, batch, make([]byte, 0, 256)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
