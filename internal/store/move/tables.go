package move

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// table is one of the database, and where its rows stand in the file.
type table struct {
	name    string
	columns []string
	rows    string                         // asks the file for the columns, in their order
	turn    func(row []any) ([]any, error) // says a row as the database does; nil: it says it the same way
}

// tables are all of the database that hold anything, in an order in which what is referred to comes first; a test compares them with those
// that are there. The head of the log comes by itself. What was staged for a message is not moved: a store that is opened has dropped it.
var tables = []table{
	{"sluis.record", []string{"nr", "time_ms", "kind", "message", "case_id", "jws_digest", "keep_until", "canonical", "participant", "convenant", "convenant_version", "reasons"},
		`SELECT nr, time, kind, message, case_id, jws_digest, keep_until, canonical FROM record ORDER BY nr`, record},
	{"sluis.record_party", []string{"party", "nr"}, `SELECT party, nr FROM record_party`, nil},
	{"sluis.record_term", []string{"term", "nr"}, `SELECT term, nr FROM record_term`, nil},
	{"sluis.pruned_party", []string{"party", "nr"}, `SELECT party, nr FROM pruned_party`, nil},
	{"sluis.hash", []string{"ix", "hash"}, `SELECT ix, hash FROM hash ORDER BY ix`, nil},
	{"sluis.checkpoint", []string{"size", "note"}, `SELECT size, note FROM checkpoint ORDER BY size`, nil},
	{"sluis.hold", []string{"nr", "case_id", "party", "reason"}, `SELECT nr, case_id, party, reason FROM hold`, nil},
	{"sluis.card", []string{"seq", "oin", "id", "version", "digest", "compact"}, `SELECT seq, oin, id, version, digest, compact FROM card`, nil},
	{"sluis.convenant", []string{"id", "version", "digest", "yaml", "canonical"}, `SELECT id, version, digest, yaml, canonical FROM convenant`, nil},
	{"sluis.signature", []string{"seq", "id", "version", "party", "verdict", "time_ms", "compact", "record", "compact_digest"},
		`SELECT seq, id, version, party, verdict, time_ms, compact, record FROM signature`, signature},
	{"sluis.convenant_change", []string{"id", "seq", "version", "status", "by", "since_ms", "parties"},
		`SELECT id, seq, version, status, by, since_ms, parties FROM convenant_change`, lastIsList},
	{"sluis.wpg_decision", []string{"seq", "party", "number", "compact"}, `SELECT seq, party, number, compact FROM wpg_decision`, nil},
	{"sluis.policy", []string{"digest", "content"}, `SELECT digest, content FROM policy`, nil},
	{"sluis.policy_use", []string{"nr", "digest"}, `SELECT nr, digest FROM policy_use`, nil},
	{"sluis.message", []string{"nr", "id", "kind", "time_ms", "case_id", "sender_party", "sender_person", "envelope", "digest", "status"},
		`SELECT nr, id, kind, time_ms, case_id, sender_party, sender_person, envelope, digest, status FROM message ORDER BY nr`, nil},
	{"sluis.recipient", []string{"message", "position", "party", "function", "status", "deadline_ms", "people"},
		`SELECT message, position, party, function, status, deadline_ms, people FROM recipient`, lastIsList},
	{"sluis.confirmation", []string{"seq", "message", "party", "function", "kind", "compact"},
		`SELECT seq, message, party, function, kind, compact FROM confirmation ORDER BY seq`, nil},
	{"sluis.review", []string{"message", "party", "cause", "opened", "due_ms", "closed"}, `SELECT message, party, cause, opened, due_ms, closed FROM review`, nil},
	{"sluis.seen_token", []string{"token", "exp_ms"}, `SELECT issuer, jti, exp_ms FROM seen_token`, token},
	{"doorvoer.content", []string{"id", "message", "part", "day"}, `SELECT id, message, part, day FROM content WHERE message IS NOT NULL ORDER BY id`, nil},
	{"doorvoer.chunk", []string{"content", "nr", "data"},
		`SELECT content, nr, data FROM chunk WHERE content IN (SELECT id FROM content WHERE message IS NOT NULL) ORDER BY content, nr`, nil},
}

// record writes moments as milliseconds, and takes from the record what the database keeps in columns beside it. Of a record that was pruned
// nothing of that is left.
func record(row []any) ([]any, error) {
	for _, at := range []int{1, 6} { // time, keep_until
		text, is := row[at].(string)
		if !is {
			continue // NULL: for good
		}
		moment, err := time.Parse(tlog.TimeLayout, text)
		if err != nil {
			return nil, fmt.Errorf("record %v has a moment that is none", row[0])
		}
		row[at] = moment.UnixMilli()
	}
	var person, convenant, version any
	reasons := []string{}
	if canonical, whole := row[7].([]byte); whole {
		var r tlog.Record
		if err := json.Unmarshal(canonical, &r); err != nil {
			return nil, fmt.Errorf("record %v cannot be read", row[0])
		}
		if r.Sender != nil && r.Sender.Participant != "" {
			person = r.Sender.Participant
		}
		if r.Convenant != nil {
			convenant, version = r.Convenant.ID, int64(r.Convenant.Version)
		}
		reasons = append(reasons, r.Reasons...)
	}
	return append(row, person, convenant, version, reasons), nil
}

func signature(row []any) ([]any, error) {
	compact, _ := row[6].(string)
	return append(row, postgres.Digest(compact)), nil
}

// lastIsList reads the last column, a list in JSON.
func lastIsList(row []any) ([]any, error) {
	last := len(row) - 1
	text, _ := row[last].(string)
	list := []string{}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		return nil, fmt.Errorf("a list cannot be read")
	}
	if list == nil { // JSON null
		list = []string{}
	}
	row[last] = list
	return row, nil
}

func token(row []any) ([]any, error) {
	issuer, _ := row[0].(string)
	jti, _ := row[1].(string)
	return []any{postgres.TokenKey(issuer, jti), row[2]}, nil
}
