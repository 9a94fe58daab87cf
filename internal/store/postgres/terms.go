package postgres

import (
	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// termRows say under which terms records are found; see [audit.Terms].
type termRows struct{ term, nr []int64 }

func (t *termRows) add(r tlog.Record, readers []string) {
	for _, term := range audit.Terms(r, readers) {
		t.term, t.nr = append(t.term, term), append(t.nr, r.Nr)
	}
}

func (t *termRows) queue(b *pgx.Batch) {
	if len(t.nr) > 0 {
		b.Queue(`INSERT INTO sluis.record_term (term, nr) SELECT * FROM unnest($1::bigint[], $2::bigint[])`, t.term, t.nr)
	}
}
