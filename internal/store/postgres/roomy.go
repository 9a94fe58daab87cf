package postgres

import (
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// makeRoom has the types of a connection write lists of binary values in room that is made for them at once. They are most of a batch (records,
// ciphertext); the library appends value after value, and copies what is there each time that the room runs out: five times what is sent.
func makeRoom(types *pgtype.Map) {
	if list, ok := types.TypeForOID(pgtype.ByteaArrayOID); ok {
		types.RegisterType(&pgtype.Type{Name: list.Name, OID: list.OID, Codec: roomy{list.Codec}})
	}
}

// binaries is such a list.
type binaries = pgtype.FlatArray[[]byte]

// roomy is a codec as it was, but for the room.
type roomy struct{ pgtype.Codec }

// PlanEncode gives the plan of the codec; nil when it has none for such a value.
func (r roomy) PlanEncode(m *pgtype.Map, oid uint32, format int16, value any) pgtype.EncodePlan {
	plan := r.Codec.PlanEncode(m, oid, format, value)
	if plan == nil {
		return nil
	}
	return roomFirst{plan}
}

type roomFirst struct{ pgtype.EncodePlan }

// arrayHead and valueHead are what the binary form of an array adds: a head, and a length before each value.
const arrayHead, valueHead = 20, 4

// Encode appends a value.
func (p roomFirst) Encode(value any, to []byte) ([]byte, error) {
	if list, ok := value.(binaries); ok {
		room := arrayHead
		for _, one := range list {
			room += valueHead + len(one)
		}
		to = slices.Grow(to, room)
	}
	return p.EncodePlan.Encode(value, to)
}

// room is no message: it has what is sent after it collected where there is room for it, and not in a buffer that the library begins anew for
// each batch and that grows by a quarter at a time.
type room []byte

// mostRoom is how large a buffer is kept for the next batch.
const mostRoom = 1 << 20

// roomFor gives room for a batch, the same as before when that is large enough.
func roomFor(b *pgx.Batch, before room) room {
	size := 4 << 10
	for _, q := range b.QueuedQueries {
		size += sizeOf(q.Arguments)
	}
	if size <= cap(before) {
		return before
	}
	return make(room, 0, size+size/4)
}

// sizeOf tells about how long arguments are as they are sent.
func sizeOf(arguments []any) (size int) {
	const around = 64 // of a statement, an argument, or a value in a list: more than it takes
	for _, a := range arguments {
		size += around
		switch a := a.(type) {
		case binaries:
			for _, one := range a {
				size += valueHead + len(one)
			}
		case []string:
			for _, one := range a {
				size += valueHead + len(one)
			}
		case []*string:
			for _, one := range a {
				if size += valueHead; one != nil {
					size += len(*one)
				}
			}
		case []int64:
			size += (valueHead + 8) * len(a)
		case []byte:
			size += len(a)
		case string:
			size += len(a)
		}
	}
	return size
}

// Encode gives the room with what is there already, and adds nothing.
func (r room) Encode(there []byte) ([]byte, error) { return append(r[:0], there...), nil }

// Decode is never called: no server sends it.
func (room) Decode([]byte) error { return errors.New("postgres: room cannot be received") }

// Frontend makes it something that a client sends.
func (room) Frontend() {}
