package postgres

import (
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

type recordRows struct {
	nr, timeMS                         []int64
	kind                               []string
	message, caseID, person, convenant []*string
	version                            []*int
	reasons                            []string
	until                              []*int64
	jws, canonical                     binaries
}

type readerRows struct {
	party []string
	nr    []int64
}

// AppendRecord keeps a record; see [audit.Tx].
func (t *transaction) AppendRecord(r tlog.Record, canonical []byte, parties []string, keepUntil time.Time) error {
	at, err := time.Parse(tlog.TimeLayout, r.Time)
	if err != nil {
		return fmt.Errorf("keeping record %d: its time is not one", r.Nr)
	}
	t.writes++
	rows := &t.pending.records
	rows.nr, rows.timeMS, rows.kind = append(rows.nr, r.Nr), append(rows.timeMS, at.UnixMilli()), append(rows.kind, string(r.Kind))
	rows.message, rows.caseID = append(rows.message, r.Message), append(rows.caseID, r.Case)
	var person, convenant *string
	var version *int
	if r.Sender != nil && r.Sender.Participant != "" {
		person = &r.Sender.Participant
	}
	if r.Convenant != nil {
		convenant, version = &r.Convenant.ID, &r.Convenant.Version
	}
	rows.person, rows.convenant, rows.version = append(rows.person, person), append(rows.convenant, convenant), append(rows.version, version)
	rows.reasons = append(rows.reasons, array(r.Reasons))
	var until *int64
	if !keepUntil.IsZero() {
		ms := keepUntil.UnixMilli()
		until = &ms
	}
	rows.until = append(rows.until, until)
	var jws []byte
	if r.JWS != nil && r.Kind.FoundByJWS() {
		sum := sha256.Sum256([]byte(*r.JWS))
		jws = sum[:]
	}
	rows.jws, rows.canonical = append(rows.jws, jws), append(rows.canonical, canonical)
	for _, party := range parties {
		t.pending.readers.party, t.pending.readers.nr = append(t.pending.readers.party, party), append(t.pending.readers.nr, r.Nr)
	}
	t.pending.terms.add(r, parties)
	return nil
}

func (r *recordRows) queue(b *pgx.Batch) {
	if len(r.nr) == 0 {
		return
	}
	b.Queue(`
		INSERT INTO sluis.record (nr, time_ms, kind, message, case_id, participant, convenant, convenant_version, reasons, jws_digest, keep_until, canonical)
		SELECT nr, time_ms, kind, message, case_id, person, convenant, version, reasons::text[], jws, keep_until, canonical
		FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::integer[], $9::text[], $10::bytea[], $11::bigint[], $12::bytea[])
			AS r (nr, time_ms, kind, message, case_id, person, convenant, version, reasons, jws, keep_until, canonical)`,
		r.nr, r.timeMS, r.kind, r.message, r.caseID, r.person, r.convenant, r.version, r.reasons, r.jws, r.until, r.canonical)
}

func (r *readerRows) queue(b *pgx.Batch) {
	if len(r.nr) > 0 {
		b.Queue(`INSERT INTO sluis.record_party (party, nr) SELECT * FROM unnest($1::text[], $2::bigint[])`, r.party, r.nr)
	}
}

// AppendHashes keeps hashes from a stored hash index on.
func (t *transaction) AppendHashes(first int64, hashes []tlog.Hash) error {
	if len(hashes) == 0 {
		return nil
	}
	t.writes++
	raw := make(binaries, len(hashes))
	for i := range hashes {
		raw[i] = hashes[i][:]
	}
	t.batch.Queue(`
		INSERT INTO sluis.hash (ix, hash) SELECT $1::bigint + at - 1, hash FROM unnest($2::bytea[]) WITH ORDINALITY AS h (hash, at)`, first, raw)
	return nil
}

// SetHead moves the head and keeps its checkpoint; the head that is there already may be set again.
func (t *transaction) SetHead(h audit.Head) error {
	t.writes++
	t.flush()
	t.batch.Queue(`UPDATE sluis.head SET size = $1, note = $2, time_ms = $3, registry = $4 WHERE id = 1`,
		h.Size, h.Checkpoint, h.LastTime.UnixMilli(), h.Registry)
	t.batch.Queue(`
		INSERT INTO sluis.checkpoint (size, note)
		SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM sluis.checkpoint WHERE size = $1 AND note = $2)`, h.Size, h.Checkpoint)
	t.heard.registry = h.Registry != t.head.Registry
	t.moved = &h
	return nil
}
