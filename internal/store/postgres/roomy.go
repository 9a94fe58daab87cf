package postgres

import (
	"slices"

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
