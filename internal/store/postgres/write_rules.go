package postgres

import "github.com/sluis-gateway/sluis/internal/replay"

// keepRules keeps that rules come into force, and the rules themselves the first time.
func (t *transaction) keepRules(w replay.RulesWrite, first int64) {
	t.writes++
	t.flush()
	t.batch.Queue(`INSERT INTO sluis.policy (digest, content) SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM sluis.policy WHERE digest = $1)`,
		w.Digest, w.Bundle)
	t.batch.Queue(`SELECT sluis.expect(content = $2, $3) FROM sluis.policy WHERE digest = $1`, w.Digest, w.Bundle, notAsExpected)
	t.batch.Queue(`INSERT INTO sluis.policy_use (nr, digest) VALUES ($1, $2)`, first+int64(w.RecordIndex), w.Digest)
}
