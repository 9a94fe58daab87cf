package postgres

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestTheServerDecidesWhatMayGo, by its own clock: a gateway that believes that it is years later, or that somebody took over, prunes
// nothing before its time, and nothing that is held.
func TestTheServerDecidesWhatMayGo(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	long, held := time.Now().AddDate(-9, 0, 0), "held"
	for nr, r := range []struct {
		caseID *string
		until  time.Time
	}{
		0: {nil, long.AddDate(5, 0, 0)}, 1: {&held, long.AddDate(5, 0, 0)}, 2: {nil, time.Time{}}, 3: {nil, time.Now().Add(time.Hour)}, 4: {nil, long.AddDate(5, 0, 0)},
	} {
		record := tlog.Record{Nr: int64(nr), Kind: tlog.Fetched, Time: long.UTC().Format(tlog.TimeLayout), Case: r.caseID, Sender: &tlog.Actor{Party: "A"},
			TraceID: strings.Repeat("a", 32), SpanID: strings.Repeat("b", 16), Salt: strings.Repeat("A", 43)}
		canonical, err := record.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Update(t.Context(), func(tx audit.Tx) error { return tx.AppendRecord(record, canonical, []string{"A"}, r.until) }); err != nil {
			t.Fatal(err)
		}
	}
	hold := relay.HoldWrite{Case: held, Party: "A", Reason: relay.Inquiry, RecordIndex: 1}
	if err := s.Update(t.Context(), func(tx audit.Tx) error { return tx.Apply(hold, 0) }); err != nil {
		t.Fatal(err)
	}
	later, err := s.Due(t.Context(), time.Now().AddDate(20, 0, 0), 10)
	if err != nil || len(later) != 3 {
		t.Fatalf("a gateway 20 years ahead finds %d due, %v", len(later), err)
	}
	for name, nrs := range map[string][]int64{
		"what a lying clock finds": {0, 3, 4}, "young": {3}, "held": {1}, "for good": {2}, "not there": {99}, "none and twice": {0, 0},
	} {
		err := s.Update(t.Context(), func(tx audit.Tx) error { return tx.Apply(relay.PruneWrite{Records: nrs}, 0) })
		if !errors.Is(err, audit.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gateway := dial(t, db.Gateway)
	for _, statement := range []string{
		`SELECT sluis.prune('{3}', '{}', '{}')`, `SELECT sluis.prune('{1}', '{}', '{}')`, `SELECT sluis.prune(NULL, NULL, NULL)`,
		`SET search_path = pg_temp; CREATE TEMP TABLE hold (case_id text); CREATE TEMP TABLE record (nr bigint); SELECT sluis.prune('{1}', '{}', '{}')`,
	} {
		if _, err := gateway.Exec(t.Context(), statement); codeOf(err) == "" {
			t.Errorf("%s: the server let it happen", statement)
		}
	}
	refused(t, "gateway", db.Gateway, `DELETE FROM sluis.record_term`, `INSERT INTO sluis.pruned_party VALUES ('A', 0)`, `UPDATE sluis.hold SET party = 'B'`,
		`UPDATE sluis.record SET canonical = NULL WHERE nr = 0`, `DELETE FROM sluis.record_party WHERE nr = 0`, `DELETE FROM sluis.confirmation`)
	refused(t, "reader", db.Reader, `SELECT sluis.prune('{0}', '{}', '{}')`, `SELECT case_id FROM sluis.hold`)
	owner := dial(t, db.Owner) // has every right, and still meets the triggers
	const gone = `UPDATE sluis.record SET canonical = NULL, message = NULL, case_id = NULL, participant = NULL, convenant = NULL, convenant_version = NULL,
		reasons = '{}', jws_digest = NULL WHERE nr = `
	for _, statement := range []string{
		gone + "3", gone + "1", gone + "2", `UPDATE sluis.record SET canonical = NULL, kind = 'x' WHERE nr = 0`, `UPDATE sluis.record SET canonical = 'x' WHERE nr = 0`,
		`UPDATE sluis.record SET keep_until = 0 WHERE nr = 3`, `DELETE FROM sluis.record_party WHERE nr = 0`, `DELETE FROM sluis.record_term WHERE nr = 0`,
		`DELETE FROM sluis.record WHERE nr = 0`,
	} {
		if _, err := owner.Exec(t.Context(), statement); codeOf(err) == "" {
			t.Errorf("owner: %s: the server let it happen", statement)
		}
	}
	for nr := range int64(5) {
		if _, err := s.Record(t.Context(), nr); err != nil {
			t.Errorf("after all that, record %d: %v", nr, err)
		}
	}
	if err := s.Update(t.Context(), func(tx audit.Tx) error { return tx.Apply(relay.PruneWrite{Records: []int64{0, 4}}, 0) }); err != nil {
		t.Errorf("pruning what may go: %v", err)
	}
}
