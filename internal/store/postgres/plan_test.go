package postgres

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestNothingReadsWhatOnlyGrows: what is asked for each message, by each waiting inbox or at each beat reads no more rows when there are
// many messages, also by a plan that was made when there were none and that is kept, for as long as nobody told the server how many there are.
func TestNothingReadsWhatOnlyGrows(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	conn, err := s.pool.Acquire(t.Context())
	must(t, err)
	defer conn.Release()
	_, err = conn.Exec(t.Context(), "SET plan_cache_mode = force_generic_plan")
	must(t, err)
	all := asked()
	for i, q := range all {
		_, err := conn.Exec(t.Context(), fmt.Sprintf("PREPARE asked_%d AS %s", i, q.text))
		must(t, err)
		explain(t, conn.Conn(), i, q)
	}
	const messages, most = 20_000, 40
	fillMessages(t, db.Cluster.Admin(db.Name), messages)
	for _, known := range []bool{false, true} {
		if known {
			_, err := dial(t, db.Owner).Exec(t.Context(), "ANALYZE")
			must(t, err)
		}
		for i, q := range all {
			plan := explain(t, conn.Conn(), i, q)
			plan.each(func(p step) {
				if rows := (p.Rows + p.Removed) * p.Loops; p.Table != "" && rows > most {
					t.Errorf("%s (statistics %v): reads %d rows of %s by %q, and leaves out those that are not %q", q.name, known, rows, p.Table, p.Condition, p.Filter)
				}
			})
		}
	}
}

type question struct {
	name, text string
	args       []any
}

// asked are the statements, with parameters for a party that received and sent everything.
func asked() []question {
	list := []question{
		{"a message", selectMessage, []any{"m-15000"}},
		{"a case", selectCase, []any{"z-15000"}},
		{"what lapses", selectLapsing, []any{1, 5}},
		{"what waits for a participant", fmt.Sprintf(selectMessages, selectInbox(message.Offered)), []any{"B", -1, "aangeboden", "q-7", []string{"q-7"}, 5}},
		{"what waits for a party", fmt.Sprintf(selectMessages, selectInbox(message.Offered)), []any{"B", -1, "aangeboden", "", []string{}, 5}},
		{"the first of an inbox", fmt.Sprintf(selectMessages, selectInbox("")), []any{"B", -1, "", "", []string{}, 5}},
		{"the end of an inbox", fmt.Sprintf(selectMessages, selectInbox("")), []any{"B", 19_900, "", "", []string{}, 5}},
		{"the end of an outbox", fmt.Sprintf(selectMessages, selectOutbox), []any{"A", 19_900, "", 5}},
		{"where a list goes on", selectCursor, []any{"m-15000", "B"}},
		{"whether a message is known", selectKnown, []any{[]string{"m-15000", "m-x"}, []string{"z-15000", "z-x"}}},
		{"the standing of a party in a case", selectStanding, []any{"z-15000", "B", "signaal"}},
		{"what somebody sent", selectSent, []any{"A", "p-15000", "signaal", 0}},
		{"a chunk", selectChunk, []any{"m-19999", "lading", 0}},
		{"the decisions under a convenant", selectDecisionsUnder, []any{"c", 15_000, 5}},
		{"what is at the end of its term", selectDue, []any{1, 5}},
		{"motivations that are due", selectMotivationsDue, []any{"motivering", 1, 5}},
		{"the reviews of a message", selectReviews + `WHERE m.id = $1`, []any{"m-15000"}},
	}
	var b pgx.Batch
	(&moveRows{[]string{"m-15000"}, []string{"B"}, []string{"f"}, []string{"ontvangen"}, []string{"overgenomen"}}).queue(&b)
	(&seenRows{[]string{"m-15000"}, []string{"{overgenomen}"}}).queue(&b)
	(&confirmationRows{[]string{"m-15000"}, []string{"B"}, []string{"f"}, []string{"overgenomen"}, []string{"c"}}).queue(&b)
	(&erasureRows{[]string{"m-19999"}, []string{"lading"}}).queue(&b)
	(&sinceRows{[]string{"m-x", "m-y"}, []int64{15_000, 15_005}, []int64{15_010, 15_020}}).queue(&b)
	for i, q := range b.QueuedQueries {
		list = append(list, question{fmt.Sprint("write ", i), q.SQL, q.Arguments})
	}
	return list
}

// explain runs a statement and undoes it. On an empty database a write fails, after it was planned.
func explain(t *testing.T, conn *pgx.Conn, nr int, q question) step {
	t.Helper()
	tx, err := conn.Begin(t.Context())
	must(t, err)
	defer tx.Rollback(t.Context())
	literals := make([]string, len(q.args))
	for i, arg := range q.args {
		switch arg := arg.(type) {
		case string:
			literals[i] = "'" + arg + "'"
		case []string:
			literals[i] = "'" + array(arg) + "'"
		case []int64:
			literals[i] = "'{" + strings.Trim(strings.Join(strings.Fields(fmt.Sprint(arg)), ","), "[]") + "}'"
		default:
			literals[i] = fmt.Sprint(arg)
		}
	}
	var explained []byte
	err = tx.QueryRow(t.Context(), fmt.Sprintf("EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE asked_%d (%s)", nr, strings.Join(literals, ", "))).Scan(&explained)
	if codeOf(err) == notAsExpected {
		return step{}
	}
	must(t, err)
	var plans []struct{ Plan step }
	must(t, json.Unmarshal(explained, &plans))
	return plans[0].Plan
}

// fillMessages puts messages from A to B in the tables, all received but for the last few, which wait with their ciphertext.
func fillMessages(t *testing.T, admin string, n int) {
	t.Helper()
	_, err := dial(t, admin).Exec(t.Context(), fmt.Sprintf(`
		SET session_replication_role = replica;
		INSERT INTO sluis.record (nr, kind, time_ms, convenant, reasons, canonical) SELECT i, 'besluit', i, 'c', '{}', '{}' FROM generate_series(0, %[1]d - 1) AS i;
		INSERT INTO sluis.message (nr, id, kind, time_ms, case_id, sender_party, sender_person, envelope, digest, status)
			SELECT i, 'm-' || i, 'signaal', i, 'z-' || i, 'A', 'p-' || i, 'e', 'd', 'ontvangen' FROM generate_series(0, %[1]d - 1) AS i;
		INSERT INTO sluis.recipient (message, position, party, function, people, status, deadline_ms)
			SELECT i, 0, 'B', 'f', ARRAY['q-' || i %% 10], CASE WHEN i < %[1]d - 10 THEN 'ontvangen' ELSE 'aangeboden' END, i FROM generate_series(0, %[1]d - 1) AS i;
		INSERT INTO doorvoer.content (message, part, day) SELECT i, %[2]s, '2026-11-21' FROM generate_series(%[1]d / 2, %[1]d - 1) AS i;
		INSERT INTO doorvoer.chunk (content, nr, data) SELECT id, 0, 'x' FROM doorvoer.content`, n, "'"+string(relay.PayloadPart)+"'"), pgx.QueryExecModeSimpleProtocol)
	must(t, err)
}
