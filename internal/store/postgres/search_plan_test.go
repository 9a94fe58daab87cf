package postgres

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// step is what EXPLAIN (FORMAT JSON) says of one part of a plan.
type step struct {
	Kind      string `json:"Node Type"`
	Table     string `json:"Relation Name"`
	Condition string `json:"Index Cond"`
	Filter    string `json:"Filter"`
	Rows      int    `json:"Actual Rows"`
	Loops     int    `json:"Actual Loops"`
	Removed   int    `json:"Rows Removed by Filter"`
	Hit       int    `json:"Shared Hit Blocks"`
	Read      int    `json:"Shared Read Blocks"`
	Parts     []step `json:"Plans"`
}

func (s step) each(do func(step)) {
	do(s)
	for _, part := range s.Parts {
		part.each(do)
	}
}

// TestASearchWalksAlongLists: every combination of filters is answered from one end of an index, where the answer stands, and reads no more
// of any table than it answers with, for each list. A plan that reads a list to its end, sorts one, or has a table read whole, does.
func TestASearchWalksAlongLists(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	const records, inCase, limit = 3000, 20, 5
	fillSearched(t, s, records)
	for _, q := range everyQuery() {
		q.Limit = limit
		text, args := search(q.Bounded())
		var explained []byte
		err := s.pool.QueryRow(t.Context(), "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) "+text,
			append([]any{q.Party, audit.Everyone, -1, records, limit}, args...)...).Scan(&explained)
		if err != nil {
			t.Fatal(err)
		}
		var plans []struct{ Plan step }
		if err := json.Unmarshal(explained, &plans); err != nil {
			t.Fatal(err)
		}
		plans[0].Plan.each(func(p step) {
			most := limit
			if q.Case != "" {
				most = inCase // it walks along the case
			}
			if p.Table != "" && (p.Condition == "" || p.Removed > most || p.Rows > most) {
				t.Errorf("%+v: reads %d rows of %s by %q, and leaves out %d", q, p.Rows*p.Loops, p.Table, p.Condition, p.Removed)
			}
		})
		if pages := plans[0].Plan.Hit + plans[0].Plan.Read; pages > 400 {
			t.Errorf("%+v: reads %d pages", q, pages)
		}
	}
}

// fillSearched keeps records of one party by two people; a tenth has a reason, and the first ones are of one case.
func fillSearched(t *testing.T, s *Store, records int64) {
	t.Helper()
	kase := "c"
	err := s.Update(t.Context(), func(tx audit.Tx) error {
		for nr := range records {
			r := tlog.Record{Nr: nr, Kind: tlog.Kinds[nr%3], Time: time.UnixMilli(nr).UTC().Format(tlog.TimeLayout),
				Sender: &tlog.Actor{Party: "A", Participant: []string{"a", "b"}[nr/3%2]}}
			if nr < 20 {
				r.Case = &kase
			}
			if nr%10 == 0 {
				r.Reasons = []string{"r"}
			}
			if err := tx.AppendRecord(r, []byte("{}"), []string{"A", "B"}, time.Time{}); err != nil {
				return err
			}
		}
		return tx.SetHead(audit.Head{Size: records, Checkpoint: []byte("x"), LastTime: time.UnixMilli(records)})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// everyQuery gives every combination of filters.
func everyQuery() (list []audit.Query) {
	for i := range 1 << 4 {
		q := audit.Query{Party: "A"}
		if i&1 > 0 {
			q.Case = "c"
		}
		if i&2 > 0 {
			q.Participant = "A/a"
		}
		if i&4 > 0 {
			q.Reason = "r"
		}
		if i&8 > 0 {
			q.Kind = tlog.Decided
		}
		list = append(list, q)
	}
	return list
}
