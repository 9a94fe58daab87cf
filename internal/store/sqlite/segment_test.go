package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// spread keeps records in five segments, also right before and right after each of their bounds, with gaps that no log has. It gives what a
// party may read, newest first.
func spread(t *testing.T, s *Store) (list []tlog.Record, canonical map[int64][]byte) {
	t.Helper()
	canonical = map[int64][]byte{}
	must(t, s.Update(t.Context(), func(tx audit.Tx) error {
		for i := range int64(100) {
			nr := i/20<<segmentBits + (i%20)*(i%20)
			if i%20 > 16 {
				nr = (i/20+1)<<segmentBits - (20 - i%20)
			}
			kase := fmt.Sprintf("019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b%02d", i%3)
			r := tlog.Record{
				Nr: nr, Kind: []tlog.RecordKind{tlog.Decided, tlog.Offered, tlog.Review}[i*7%3], Time: moment(nr * 1000).Format(tlog.TimeLayout),
				TraceID: "0af7651916cd43dd8448eb211c80319c", SpanID: "b7ad6b7169203331", Salt: "5imv9nM5zS-vMTNj2HcFzrPrKQD-SYgg_wZZr5KvAqs",
				Case: &kase, Sender: &tlog.Actor{Party: "A", Participant: fmt.Sprint(i % 5)},
			}
			if i%4 == 0 {
				r.Reasons = []string{"r"}
			}
			bytes, err := r.Canonical()
			must(t, err)
			must(t, tx.AppendRecord(r, bytes, []string{"A"}, moment(0)))
			list, canonical[nr] = append(list, r), bytes
		}
		return nil
	}))
	slices.Reverse(list)
	return list, canonical
}

// TestASearchGoesThroughSegments: where a list goes on in another segment makes no difference to what is found, whatever is combined, however
// long a page is and wherever it begins.
func TestASearchGoesThroughSegments(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	list, canonical := spread(t, s)
	if _, before, err := s.span(t.Context(), audit.Query{}.Bounded()); err != nil || before != list[0].Nr+1 {
		t.Errorf("what comes while a search goes on would be found in some segments only: up to %d, %v", before, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		q := audit.Query{Party: "A", Limit: rapid.IntRange(0, 101).Draw(t, "limit")}
		one := func(name string, values ...string) string {
			return rapid.SampledFrom(append(values, "", "")).Draw(t, name)
		}
		q.Case, q.Participant, q.Reason = one("case", *list[0].Case, *list[1].Case), one("participant", "A/1", "A/2", "A/9"), one("reason", "r")
		q.Kind = tlog.RecordKind(one("kind", string(tlog.Decided), string(tlog.Review), string(tlog.Lapsed)))
		at := func(name string) int64 {
			return list[rapid.IntRange(0, 99).Draw(t, name)].Nr + rapid.Int64Range(-1, 1).Draw(t, name)
		}
		if rapid.Bool().Draw(t, "page") {
			q.Before = max(at("before"), 0)
		}
		if rapid.Bool().Draw(t, "period") {
			q.From, q.To = moment(at("from")*1000), moment(at("to")*1000)
		}
		var want [][]byte
		for _, r := range list {
			if len(want) < q.Limit && matches(q, r) {
				want = append(want, canonical[r.Nr])
			}
		}
		got, err := s.Search(context.Background(), q)
		if err != nil || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("found %d, want %d: %v", len(got), len(want), err)
		}
	})
}

// matches says in another way than the store what a query asks for.
func matches(q audit.Query, r tlog.Record) bool {
	at := moment(r.Nr * 1000)
	return (q.Case == "" || *r.Case == q.Case) && (q.Participant == "" || "A/"+r.Sender.Participant == q.Participant) &&
		(q.Reason == "" || slices.Contains(r.Reasons, q.Reason)) && (q.Kind == "" || r.Kind == q.Kind) &&
		(q.Before == 0 || r.Nr < q.Before) && (q.From.IsZero() || !at.Before(q.From)) && (q.To.IsZero() || at.Before(q.To))
}

// TestOldListsGetSegments: migration 12 leaves every row where this version would have put it.
func TestOldListsGetSegments(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	spread(t, s)
	want := terms(t, s)
	steps, err := migrations.ReadFile("migrations/00012_segments.sql")
	must(t, err)
	must(t, s.write.transact(t.Context(), func() error {
		_, err := s.write.conn.ExecContext(t.Context(), `
			CREATE TABLE old (term INTEGER NOT NULL, nr INTEGER NOT NULL, PRIMARY KEY (term, nr)) STRICT, WITHOUT ROWID;
			INSERT INTO old SELECT term, nr FROM record_term;
			DROP TABLE record_term;
			ALTER TABLE old RENAME TO record_term;`+string(steps))
		return err
	}))
	if got := terms(t, s); len(want) < 300 || !slices.Equal(got, want) {
		t.Errorf("%d rows were in the lists, and are now %d", len(want), len(got))
	}
}
