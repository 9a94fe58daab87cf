package trailcheck_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// reviewed has two messages with a motivation under review; of the second the motivation was erased, and the payload was not.
func reviewed(commit keep) {
	for _, id := range []string{"m0", "m1"} {
		m := relay.Stored{
			ID: id, Kind: "signaal", Time: time.Now(), SenderOIN: "A", Envelope: "e" + id, HasMotive: true,
			Recipients: []relay.RecipientState{{Party: "B", Function: "f", Status: message.Offered}},
		}
		from := &tlog.Actor{Party: "A"}
		commit([]audit.Write{
			relay.AcceptWrite{Message: m, RecordIndex: 1, Day: "2026-11-21",
				Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("lading"), relay.MotivationPart: []byte("motivering")}},
			relay.ReviewWrite{Message: id, Party: "B", Cause: relay.CauseMotivation, RecordIndex: 2, Due: time.Now()},
		},
			tlog.Record{Kind: tlog.Decided, Message: &id, Sender: from, Recipients: []tlog.Target{{Party: "B"}}, Decision: ptr(audit.Allowed)},
			tlog.Record{Kind: tlog.Offered, Message: &id, Sender: from, Recipients: []tlog.Target{{Party: "B"}}, JWS: &m.Envelope},
			tlog.Record{Kind: tlog.Review, Message: &id, Sender: from, Recipients: []tlog.Target{{Party: "B"}}, Reasons: []string{"motivering"}},
		)
	}
	commit([]audit.Write{relay.EraseWrite{Message: "m1", Part: relay.MotivationPart}}, tlog.Record{Kind: tlog.Erased, Message: ptr("m1"),
		Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}, Facts: json.RawMessage(`{"deel":"motivering"}`)})
}

// What is said of a motivation is not taken for something about the payload, and a review is held against its record.
func TestTamperingWithReviewsIsFound(t *testing.T) {
	dir, verifier := trailOf(t, reviewed)
	if report, err := trailcheck.Verify(t.Context(), dir, verifier); err != nil || report.Held != 2 {
		t.Fatalf("%+v, %v", report, err)
	}
	for name, statements := range map[string][]string{
		"a motivation gone": {`DELETE FROM chunk WHERE content IN (SELECT id FROM content WHERE part = 'motivering')`,
			`DELETE FROM content WHERE part = 'motivering'`},
		"a motivation come back":    {`INSERT INTO content (message, part, day) SELECT nr, 'motivering', '2026-11-21' FROM message WHERE id = 'm1'`},
		"a payload gone":            {`DELETE FROM chunk WHERE content IN (SELECT c.id FROM content c JOIN message m ON m.nr = c.message WHERE m.id = 'm1')`, `DELETE FROM content WHERE message = (SELECT nr FROM message WHERE id = 'm1')`},
		"a review gone":             {`DELETE FROM review WHERE opened = 2`},
		"a review of another":       {`UPDATE review SET party = 'C' WHERE opened = 2`},
		"a review for another":      {`UPDATE review SET cause = 'niet-conform' WHERE opened = 2`},
		"a review added":            {`INSERT INTO review SELECT message, 'A', cause, 3, due_ms, NULL FROM review WHERE opened = 2`},
		"a review of other message": {`DELETE FROM review WHERE opened = 5`, `UPDATE review SET message = (SELECT nr FROM message WHERE id = 'm1')`},
	} {
		var untrue *trailcheck.False
		if err := tampered(t, dir, verifier, statements...); !errors.As(err, &untrue) || untrue.Nr < 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}
