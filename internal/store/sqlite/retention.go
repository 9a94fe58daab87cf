package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// mayGo says that a record (r) may lose its content at ?1, as `time` is written. The trigger on record asks most of it again.
const mayGo = `
	r.canonical IS NOT NULL AND r.keep_until <= ?1
	AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.case_id = r.case_id)
	AND NOT EXISTS (SELECT 1 FROM message m WHERE m.id = r.message AND (
		EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr)
		OR EXISTS (SELECT 1 FROM recipient t WHERE t.message = m.nr AND t.status IN ('aangeboden', 'onleesbaar'))
		OR EXISTS (SELECT 1 FROM review v WHERE v.message = m.nr AND v.closed IS NULL AND v.due_ms > unixepoch(?1) * 1000)))`

const (
	selectDue = `SELECT r.nr, r.keep_until, r.canonical FROM record r WHERE ` + mayGo + ` AND r.keep_until IS NOT NULL ORDER BY r.keep_until, r.nr LIMIT ?2`
	// selectReaders looks up who of those whom a record names may read it. CROSS JOIN says that the order is meant: by key, and not through
	// all that a party may read.
	selectReaders = `SELECT p.party, p.nr FROM json_each(?) j CROSS JOIN record_party p ON p.party = j.value ->> 0 AND p.nr = j.value ->> 1`
	deleteTerms   = `DELETE FROM record_term WHERE (segment, term, nr) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1))`
)

// Due gives records at the end of their term; see [relay.Retention].
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]relay.Due, error) {
	rows, err := s.readers.QueryContext(ctx, selectDue, now.UTC().Format(tlog.TimeLayout), limit)
	if err != nil {
		return nil, fmt.Errorf("reading which records are at the end of their term: %w", err)
	}
	at := map[int64]int{}
	var found leaving
	due, err := collect(rows, func(row scanner) (d relay.Due, err error) {
		var until string
		var canonical []byte
		if err := row.Scan(&d.Nr, &until, &canonical); err != nil {
			return d, err
		}
		at[d.Nr] = len(at)
		if err := found.add(d.Nr, canonical); err != nil {
			return d, err
		}
		d.Until, err = time.Parse(tlog.TimeLayout, until)
		return d, err
	})
	if err != nil || len(due) == 0 {
		return nil, err
	}
	if rows, err = s.readers.QueryContext(ctx, selectReaders, list(found.readers)); err != nil {
		return nil, fmt.Errorf("reading whose records are at the end of their term: %w", err)
	}
	_, err = collect(rows, func(row scanner) (oin string, err error) {
		var nr int64
		if err := row.Scan(&oin, &nr); err != nil {
			return "", err
		}
		due[at[nr]].Parties = append(due[at[nr]].Parties, oin)
		return oin, nil
	})
	return due, err
}

// leaving is what records were found by, as rows of the tables that hold it.
type leaving struct {
	readers, decisions [][2]any
	terms              [][3]int64
}

func (l *leaving) add(nr int64, canonical []byte) error {
	r, err := tlog.ParseRecord(canonical)
	if err != nil {
		return fmt.Errorf("reading record %d: %w", nr, err)
	}
	named := []string{}
	if r.Sender != nil {
		named = append(named, r.Sender.Party)
	}
	for _, to := range r.Recipients {
		named = append(named, to.Party)
	}
	slices.Sort(named)
	named = slices.Compact(named)
	for _, oin := range named {
		l.readers = append(l.readers, [2]any{oin, nr})
	}
	for _, term := range audit.Terms(r, named) {
		l.terms = append(l.terms, [3]int64{segmentOf(nr), term, nr})
	}
	if r.Kind == tlog.Decided && r.Convenant != nil {
		l.decisions = append(l.decisions, [2]any{r.Convenant.ID, nr})
	}
	return nil
}

// prune takes away the content of records, and the messages that hang from them. What is found under a record (record_party, record_term,
// decision) goes with it, so that no list has to pass over what is not there any more.
func (t *transaction) prune(w relay.PruneWrite) error {
	nrs := list(w.Records)
	rows, err := t.w.query(`SELECT nr, canonical FROM record WHERE nr IN (SELECT value FROM json_each(?)) AND canonical IS NOT NULL`, nrs)
	if err != nil {
		return err
	}
	var found leaving
	_, err = collect(rows, func(row scanner) (nr int64, err error) {
		var canonical []byte
		if err := row.Scan(&nr, &canonical); err != nil {
			return nr, err
		}
		return nr, found.add(nr, canonical)
	})
	if err != nil {
		return err
	}
	var now string // the log's own time: that of the record that says that these go
	if err := t.w.row(`SELECT time FROM record ORDER BY nr DESC LIMIT 1`).Scan(&now); err != nil {
		return err
	}
	done, err := t.w.exec(`UPDATE record AS r SET canonical = NULL, message = NULL, case_id = NULL, jws_digest = NULL
		WHERE r.nr IN (SELECT value FROM json_each(?2)) AND `+mayGo, now, nrs)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n != int64(len(w.Records)) {
		return errors.Join(err, audit.ErrConflict)
	}
	for _, s := range []struct{ statement, rows string }{
		{`INSERT INTO pruned_party (party, nr) ` + selectReaders, list(found.readers)},
		{`DELETE FROM record_party WHERE (party, nr) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`, list(found.readers)},
		{deleteTerms, list(found.terms)},
		{`DELETE FROM decision WHERE (convenant, nr) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`, list(found.decisions)},
		{`DELETE FROM review WHERE message IN (SELECT value FROM json_each(?1))`, nrs},
		{`DELETE FROM confirmation WHERE message IN (SELECT value FROM json_each(?1))`, nrs},
		{`DELETE FROM recipient WHERE message IN (SELECT value FROM json_each(?1))`, nrs},
		{`DELETE FROM message WHERE nr IN (SELECT value FROM json_each(?1))`, nrs},
	} {
		if _, err := t.w.exec(s.statement, s.rows); err != nil {
			return err
		}
	}
	t.erased = true // the journal is emptied soon, as after an erasure
	return nil
}

// Pruned reports whether a record that a party could read was pruned; see [audit.Store].
func (s *Store) Pruned(ctx context.Context, oin string, nr int64) (pruned bool, err error) {
	err = s.readers.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM pruned_party WHERE party = ? AND nr = ?)`, oin, nr).Scan(&pruned)
	if err != nil {
		return false, fmt.Errorf("looking whether record %d was pruned: %w", nr, err)
	}
	return pruned, nil
}
