package client

import (
	"context"
	"encoding/json"
	"iter"
	"net/url"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// HoldReasons are why a case may be held back from pruning; the gateway takes no others, and no explanation.
var HoldReasons = []string{"bezwaar", "klacht", "inzageverzoek", "onderzoek"}

// Hold is a case that the own party holds back from pruning, as the gateway lists it.
type Hold struct {
	Case   string
	Reason string
	Since  time.Time
}

// Hold keeps a case from being pruned, in the name of the own party, and gives its record, whose receipt was verified. It is for a
// privacyfunctionaris of a party that is part of the case.
func (c *Client) Hold(ctx context.Context, caseID, reason string) (tlog.Record, error) {
	return c.changeHold(ctx, caseID, "vasthoudingen", tlog.Held, reason)
}

// Release ends a hold of the own party.
func (c *Client) Release(ctx context.Context, caseID, reason string) (tlog.Record, error) {
	return c.changeHold(ctx, caseID, "vrijgaven", tlog.Released, reason)
}

func (c *Client) changeHold(ctx context.Context, caseID, what string, kind tlog.RecordKind, reason string) (tlog.Record, error) {
	if err := checkID("zaak", caseID); err != nil {
		return tlog.Record{}, err
	}
	body, err := json.Marshal(map[string]string{"reden": reason})
	if err != nil {
		return tlog.Record{}, err
	}
	a, err := c.post(ctx, "/v1/zaken/"+caseID+"/"+what, "application/json", body, request{})
	if err != nil {
		return tlog.Record{}, err
	}
	var answer struct {
		Receipt json.RawMessage `json:"ontvangst"`
	}
	if err := a.decode(&answer); err != nil {
		return tlog.Record{}, err
	}
	record, _, err := c.verifyReceipt(ctx, answer.Receipt)
	if err != nil {
		return tlog.Record{}, err
	}
	if record.Kind != kind || record.Case == nil || *record.Case != caseID || !slices.Equal(record.Reasons, []string{reason}) ||
		record.Sender == nil || record.Sender.Party != string(c.profile.OIN) {
		return tlog.Record{}, falseReceipt(nil)
	}
	return record, nil
}

// Holds gives what the own party holds, the oldest first, page by page. It is for a privacyfunctionaris; anybody else gets a *Problem with
// status 403. The iteration ends after an error.
func (c *Client) Holds(ctx context.Context) iter.Seq2[Hold, error] {
	return func(yield func(Hold, error) bool) {
		asked := walked{}
		for query := (url.Values{}); ; {
			asked[query.Get("cursor")] = true
			var page struct {
				Holds  []holdJSON `json:"vasthoudingen"`
				Cursor *string    `json:"cursor"`
			}
			if err := c.get(ctx, "/v1/vasthoudingen", query, &page); err != nil {
				yield(Hold{}, err)
				return
			}
			for _, line := range page.Holds {
				if h, err := line.read(); !yield(h, err) || err != nil {
					return
				}
			}
			if page.Cursor == nil {
				return
			}
			if !asked.leadsOn(*page.Cursor) || len(page.Holds) == 0 {
				yield(Hold{}, badAnswer(nil)) // a list that does not end, or that ends before it says so
				return
			}
			query = url.Values{"cursor": {*page.Cursor}}
		}
	}
}

type holdJSON struct {
	Case   string    `json:"zaak"`
	Reason string    `json:"reden"`
	Since  time.Time `json:"sinds"`
}

// read refuses what could not be an id or a code: these end up in paths and on screens.
func (h holdJSON) read() (Hold, error) {
	if !message.ValidID(h.Case) || !validID(h.Reason) {
		return Hold{}, badAnswer(nil)
	}
	return Hold(h), nil
}
