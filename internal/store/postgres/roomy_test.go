package postgres

import (
	"bytes"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
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

// TestRoomForABatch: what was there stays, the same room serves again, and a batch fits in it.
func TestRoomForABatch(t *testing.T) {
	var b pgx.Batch
	b.Queue("SELECT $1, $2, $3, $4", binaries{make([]byte, 5000), nil}, []string{"a", "b"}, []*string{nil, new("c")}, []int64{1, 2, 3})
	b.Queue("SELECT $1, $2", "text", make([]byte, 3000))
	r := roomFor(&b, nil)
	if cap(r) < 5000+3000 {
		t.Errorf("room of %d", cap(r))
	}
	got, err := r.Encode([]byte("there"))
	if err != nil || string(got) != "there" || cap(got) != cap(r) {
		t.Errorf("%q, %d of %d: %v", got, cap(got), cap(r), err)
	}
	if again, _ := r.Encode(got); &again[0] != &got[0] || string(again) != "there" {
		t.Error("not the same room")
	}
	if same := roomFor(&b, r); cap(same) != cap(r) {
		t.Error("made anew")
	}
}

// TestRoomOfAConnection: it is kept from batch to batch, not after a fault, and not when it is too large.
func TestRoomOfAConnection(t *testing.T) {
	s := opened(t, migrated(t))
	of := func(size int, fail bool) error {
		return s.Update(t.Context(), func(tx audit.Tx) error {
			conn := tx.(*transaction)
			code := notAsExpected
			conn.batch.Queue(`SELECT sluis.expect(octet_length($1::bytea) = $2, $3)`, make([]byte, size), size, code)
			if fail {
				conn.batch.Queue(`SELECT 1/0`)
			}
			return nil
		})
	}
	must(t, of(5000, false))
	kept := cap(s.room)
	if must(t, of(4000, false)); kept < 5000 || cap(s.room) != kept {
		t.Errorf("room of %d, then of %d", kept, cap(s.room))
	}
	if must(t, of(2*mostRoom, false)); s.room != nil {
		t.Errorf("kept room of %d", cap(s.room))
	}
	must(t, of(5000, false))
	if err := of(5000, true); err == nil || s.room != nil {
		t.Errorf("%v: kept room of %d after a fault", err, cap(s.room))
	}
	must(t, of(5000, false))
}
