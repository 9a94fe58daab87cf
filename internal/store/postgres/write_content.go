package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/relay"
)

type contentRows struct {
	message   []int64
	part, day []string
	data      binaries
}

func (r *contentRows) add(message int64, part relay.Part, day string, data []byte) {
	r.message, r.part, r.day, r.data = append(r.message, message), append(r.part, string(part)), append(r.day, day), append(r.data, data)
}

func (r *contentRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	b.Queue(`
		WITH w AS MATERIALIZED (
				SELECT nextval('doorvoer.content_id_seq') AS id, * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bytea[]) AS w (message, part, day, data)),
			c AS (INSERT INTO doorvoer.content (id, message, part, day) OVERRIDING SYSTEM VALUE SELECT id, message, part, day FROM w)
		INSERT INTO doorvoer.chunk (content, nr, data) SELECT id, 0, data FROM w`,
		r.message, r.part, r.day, r.data)
}

// adoption makes staged ciphertext a message's, by changing the small row that each part hangs from. A message without one of its
// parts is not kept: it would be accepted and never come.
type adoption struct {
	nr           int64
	staging, day string
	motivated    bool
}

func (a adoption) queue(b *pgx.Batch) {
	parts := []string{string(relay.PayloadPart)}
	if a.motivated {
		parts = append(parts, string(relay.MotivationPart))
	}
	b.Queue(`
		WITH touched AS (
			UPDATE doorvoer.content SET message = $1, day = $2, staging = NULL, staged_ms = NULL WHERE staging = $3 RETURNING part)
		SELECT sluis.expect(array_agg(part ORDER BY part COLLATE "C") = $4::text[], $5) FROM touched`,
		a.nr, a.day, a.staging, parts, notStagedWhole)
}

type erasureRows struct{ message, part []string }

// erase takes ciphertext from its message, chunks and all. Erasing what is not there is a conflict: there must be no record of an erasure
// that did not happen.
func (t *transaction) erase(w relay.EraseWrite) {
	t.touch(w.Message, erasing)
	t.pending.erasures.message = append(t.pending.erasures.message, w.Message)
	t.pending.erasures.part = append(t.pending.erasures.part, string(w.Part))
}

func (r *erasureRows) queue(b *pgx.Batch) {
	if len(r.message) == 0 {
		return
	}
	expect(b, len(r.message), notAsExpected, `
		DELETE FROM doorvoer.content c
		USING unnest($1::text[], $2::text[]) AS w (id, part) JOIN sluis.message m ON m.id = w.id
		WHERE c.message = m.nr AND c.part = w.part
		RETURNING 1`,
		r.message, r.part)
}
