package endurance

import (
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"testing"

	_ "modernc.org/sqlite"

	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// database gives the folder of the store, in a gateway's folder.
func database(dir string) string { return filepath.Join(dir, sqlite.FolderName) }

// kept reads what the gateway keeps straight from its file: nothing of the gateway is trusted here.
type kept struct{ db *sql.DB }

func openKept(t testing.TB, dir string) kept {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(database(dir), sqlite.FileName)+"?mode=ro&_pragma=busy_timeout(5000)")
	must(t, err)
	return kept{db}
}

// counted is what is kept of one letter: rows in the store, and records in the trail.
type counted struct {
	Messages, Payloads                                         int // Payloads: of either part
	Allowed, Refused, Offered, Received, Erased, Reviews, Rest int
}

// count counts what is kept of a message id.
func (k kept) count(ctx context.Context, id string) (c counted, err error) {
	err = k.db.QueryRowContext(ctx, `SELECT
			(SELECT count(*) FROM message WHERE id = ?1),
			(SELECT count(*) FROM content JOIN message ON content.message = message.nr WHERE message.id = ?1)`, id).Scan(&c.Messages, &c.Payloads)
	if err != nil {
		return c, fmt.Errorf("counting messages: %w", err)
	}
	rows, err := k.db.QueryContext(ctx, `SELECT kind, canonical ->> 'besluit' FROM (SELECT kind, CAST(canonical AS TEXT) AS canonical FROM record WHERE message = ?)`, id)
	if err != nil {
		return c, fmt.Errorf("reading records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var kind string
		var decision sql.NullString
		if err := rows.Scan(&kind, &decision); err != nil {
			return c, fmt.Errorf("reading records: %w", err)
		}
		switch {
		case kind == "besluit" && decision.String == "toegestaan":
			c.Allowed++
		case kind == "besluit":
			c.Refused++
		case kind == "aangeboden":
			c.Offered++
		case kind == "ontvangen":
			c.Received++
		case kind == "gewist":
			c.Erased++
		case kind == "beoordeling":
			c.Reviews++
		default:
			c.Rest++
		}
	}
	return c, rows.Err()
}

// must compares what is kept of a letter with what its sender and readers were told.
func (k kept) must(ctx context.Context, l *letter) error {
	got, err := k.count(ctx, l.id())
	if err != nil {
		return err
	}
	want := counted{}
	switch l.want {
	case http.StatusCreated:
		recipients := len(l.envelope.Envelope().Recipients)
		want = counted{Messages: 1, Payloads: 1, Allowed: recipients, Offered: 1, Received: len(l.confirmations)}
		if want.Received == recipients {
			want.Payloads, want.Erased = 0, 1
		}
		if l.envelope.Envelope().Motivation != nil {
			want.Payloads++  // it waits for its review
			want.Reviews = 2 // one for each party
		}
	case http.StatusForbidden:
		// Sent twice, so decided twice; an attempt that the kill cut off may not have got that far.
		want.Refused = min(max(got.Refused, 1), 2)
	}
	if got != want {
		return fmt.Errorf("kept of letter %s, which is answered %d: %+v, want %+v", l.id(), l.want, got, want)
	}
	return nil
}

// compare compares what is kept with what was told, for each letter, and gives what is wrong.
func (s *served) compare(t *testing.T, letters []*letter) (wrong []error) {
	t.Helper()
	k := openKept(t, s.Config.Dir)
	defer k.db.Close()
	for _, l := range letters {
		if err := k.must(t.Context(), l); err != nil {
			wrong = append(wrong, err)
		}
	}
	return wrong
}

// staged counts uploads that are of no message.
func (s *served) staged(t *testing.T) (n int) {
	t.Helper()
	k := openKept(t, s.Config.Dir)
	defer k.db.Close()
	must(t, k.db.QueryRowContext(t.Context(), `SELECT count(*) FROM content WHERE message IS NULL`).Scan(&n))
	return n
}
