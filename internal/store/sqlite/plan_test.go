package sqlite

import (
	"path/filepath"
	"regexp"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

// TestNothingReadsWhatOnlyGrows: what is asked for each message, by each waiting inbox or at each beat reads no more rows when there are a
// hundred thousand messages. A plan that begins with all messages of a party, or with a whole table, does.
func TestNothingReadsWhatOnlyGrows(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	scan := regexp.MustCompile(`^SCAN (\w+)$|^SCAN (\w+) USING|\(party=\?\)$|recipient_party \(party=\? AND message>\?\)`)
	for name, q := range map[string]struct {
		text string
		args int
	}{
		"the standing of a party in a case": {selectMember, 2},
		"the answers of a party in a case":  {selectAnswered, 3},
		"what waits for a participant":      {selectInbox(message.Offered), 6},
		"what lapses":                       {selectLapsing, 2},
		"motivations that are due":          {selectMotivationsDue, 3},
		"days in use":                       {selectDaysInUse, 1},
		"uploads that were left":            {selectStagedBefore, 1},
		"whether a message is known":        {selectKnown, 2},
		"whether a message was decided on":  {selectDecided, 3},
		"a message":                         {selectMessage, 1},
		"a case":                            {selectCase, 1},
		"what somebody sent":                {selectSent, 4},
		"the decisions under a convenant":   {selectDecisionsUnder, 3},
		"what is at the end of its term":    {selectDue, 2},
		"who could read it":                 {selectReaders, 1},
	} {
		rows, err := s.readers.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+q.text, make([]any, q.args)...)
		must(t, err)
		plan, err := collect(rows, func(row scanner) (detail string, err error) {
			var id, parent, unused int
			return detail, row.Scan(&id, &parent, &unused, &detail)
		})
		must(t, err)
		for _, step := range plan {
			if scan.MatchString(step) {
				t.Errorf("%s: %s\nin %q", name, step, plan)
			}
		}
	}
}
