package postgres

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const (
	// selectDue asks what the trigger on record asks again, by the clock of the server.
	selectDue = `
	SELECT r.nr, r.keep_until, r.canonical FROM sluis.record r
	WHERE r.keep_until <= $1 AND r.keep_until IS NOT NULL AND r.canonical IS NOT NULL
		AND NOT EXISTS (SELECT 1 FROM sluis.hold h WHERE h.case_id = r.case_id)
		AND NOT EXISTS (SELECT 1 FROM sluis.message m WHERE m.id = r.message AND (
			EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = m.nr)
			OR EXISTS (SELECT 1 FROM sluis.recipient t WHERE t.message = m.nr AND t.status IN ('aangeboden', 'onleesbaar'))
			OR EXISTS (SELECT 1 FROM sluis.review v WHERE v.message = m.nr AND v.closed IS NULL AND v.due_ms > $1)))
	ORDER BY r.keep_until, r.nr LIMIT $2`
	selectReaders = `
	SELECT p.party, p.nr FROM unnest($1::text[], $2::bigint[]) AS named (party, nr) JOIN sluis.record_party p ON p.party = named.party AND p.nr = named.nr`
)

// Due gives records at the end of their term; see [relay.Retention].
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]relay.Due, error) {
	at := map[int64]int{}
	var named readerRows
	due, err := list(ctx, s, "which records are at the end of their term", func(row pgx.CollectableRow) (d relay.Due, err error) {
		var ms int64
		var canonical []byte
		if err := row.Scan(&d.Nr, &ms, &canonical); err != nil {
			return d, err
		}
		r, err := tlog.ParseRecord(canonical)
		if err != nil {
			return d, fmt.Errorf("record %d: %w", d.Nr, err)
		}
		for _, oin := range partiesIn(r) {
			named.party, named.nr = append(named.party, oin), append(named.nr, d.Nr)
		}
		d.Until, at[d.Nr] = moment(ms), len(at)
		return d, nil
	}, selectDue, now.UnixMilli(), limit)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	_, err = list(ctx, s, "whose records are at the end of their term", func(row pgx.CollectableRow) (oin string, err error) {
		var nr int64
		if err := row.Scan(&oin, &nr); err != nil {
			return "", err
		}
		due[at[nr]].Parties = append(due[at[nr]].Parties, oin)
		return oin, nil
	}, selectReaders, named.party, named.nr)
	return due, err
}

// partiesIn gives the parties that a record names, each once.
func partiesIn(r tlog.Record) []string {
	var list []string
	if r.Sender != nil {
		list = append(list, r.Sender.Party)
	}
	for _, to := range r.Recipients {
		list = append(list, to.Party)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// prune lets the server take away records, which judges each of them. What they are found by in a search is told along.
func (t *transaction) prune(w relay.PruneWrite) error {
	t.writes++
	rows, err := t.conn.Query(t.ctx, `SELECT nr, canonical FROM sluis.record WHERE nr = ANY ($1) AND canonical IS NOT NULL`, w.Records)
	if err != nil {
		return fmt.Errorf("reading what is pruned: %w", inWords(err))
	}
	var terms termRows
	var nr int64
	var canonical []byte
	_, err = pgx.ForEachRow(rows, []any{&nr, &canonical}, func() error {
		r, err := tlog.ParseRecord(canonical)
		if err != nil {
			return fmt.Errorf("record %d: %w", nr, err)
		}
		terms.add(r, partiesIn(r))
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading what is pruned: %w", inWords(err))
	}
	t.flush()
	t.batch.Queue(`SELECT sluis.prune($1, $2, $3)`, w.Records, terms.term, terms.nr)
	return nil
}

// Pruned reports whether a record that a party could read was pruned; see [audit.Store].
func (s *Store) Pruned(ctx context.Context, oin string, nr int64) (pruned bool, err error) {
	err = s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM sluis.pruned_party WHERE party = $1 AND nr = $2)`, oin, nr).Scan(&pruned)
	if err != nil {
		return false, fmt.Errorf("looking whether record %d was pruned: %w", nr, inWords(err))
	}
	return pruned, nil
}

// whole tells a record that was pruned from one that is there.
func whole(nr int64, canonical []byte) ([]byte, error) {
	if canonical == nil {
		return nil, fmt.Errorf("reading record %d: %w", nr, audit.ErrPruned)
	}
	return canonical, nil
}
