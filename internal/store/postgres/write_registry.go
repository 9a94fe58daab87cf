package postgres

import (
	"crypto/sha256"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// What decisions rest on changes seldom: each write is a statement of its own, after all that was collected.

// keepCard keeps a version of a card; versions only go up.
func (t *transaction) keepCard(w party.CardWrite) {
	t.inPlace(1, notAsExpected, `
		INSERT INTO sluis.card (oin, id, version, digest, compact)
		SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM sluis.card WHERE oin = $1 AND id = $2 AND version >= $3)
		RETURNING 1`,
		string(w.OIN), w.ID, w.Version, w.Digest, w.Compact)
}

func (t *transaction) keepVersion(w convenant.VersionWrite) {
	t.inPlace(1, notAsExpected, `INSERT INTO sluis.convenant (id, version, digest, yaml, canonical) VALUES ($1, $2, $3, $4, $5) RETURNING 1`,
		w.ID, w.Version, w.Digest, w.YAML, w.Canonical)
}

func (t *transaction) keepSignature(w convenant.SignatureWrite, first int64) {
	sum := sha256.Sum256([]byte(w.Compact))
	t.inPlace(1, notAsExpected, `
		INSERT INTO sluis.signature (id, version, party, verdict, time_ms, compact, compact_digest, record)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING 1`,
		w.ID, w.Version, string(w.Party), string(w.Verdict), w.Time.UnixMilli(), w.Compact, sum[:], first)
}

func (t *transaction) keepChange(w convenant.ChangeWrite) {
	parties := make([]string, len(w.Parties))
	for i, p := range w.Parties {
		parties[i] = string(p)
	}
	t.inPlace(1, notAsExpected, `
		INSERT INTO sluis.convenant_change (id, seq, version, status, by, parties, since_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING 1`,
		w.ID, w.Seq, w.Version, string(w.Status), w.By, parties, w.Since.UnixMilli())
}

func (t *transaction) keepWpgDecision(w convenant.WpgDecisionWrite) {
	t.inPlace(1, notAsExpected, `INSERT INTO sluis.wpg_decision (party, number, compact) VALUES ($1, $2, $3) RETURNING 1`,
		string(w.Party), w.Number, w.Compact)
}

// inPlace queues a statement right after all that was collected before it.
func (t *transaction) inPlace(n int, code, statement string, args ...any) {
	t.writes++
	t.flush()
	expect(t.batch, n, code, statement, args...)
}
