package client

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Entry is a line of a list of messages. The gateway wrote it: nothing in it is proven until the message was received.
type Entry struct {
	ID     string
	Kind   vocabulary.Kind
	Status message.Status
	Time   time.Time // accepted
	Case   string
	Party  party.OIN // of the sender
	Person string    // the sender's participant id
}

// Query asks for a list.
type Query struct {
	Sent   bool           // what the own party sent; else what came in
	Status message.Status // "" for all
	Wait   time.Duration  // at most 30 s: how long to wait until there is something
	Cursor string         // from the page before; "" for the beginning
}

// Page is a part of a list, in the order in which the messages were accepted.
type Page struct {
	Entries []Entry
	Cursor  string // to go on with, also when nothing more is there now
}

// List gives messages to the participant, or sent by the party. An empty page after a wait means that nothing came.
func (c *Client) List(ctx context.Context, q Query) (Page, error) {
	values := url.Values{"map": {"in"}}
	if q.Sent {
		values.Set("map", "uit")
	}
	if q.Status != "" {
		values.Set("status", string(q.Status))
	}
	if q.Cursor != "" {
		values.Set("cursor", q.Cursor)
	}
	if q.Wait > 0 {
		values.Set("wacht", strconv.Itoa(int(q.Wait.Round(time.Second)/time.Second)))
	}
	a, err := c.do(ctx, request{method: "GET", path: "/v1/berichten", query: values, timeout: callTimeout + q.Wait, repeatable: true})
	if err != nil {
		return Page{}, err
	}
	var body struct {
		Entries []entryJSON `json:"berichten"`
		Cursor  *string     `json:"cursor"`
	}
	if err := a.decode(&body); err != nil {
		return Page{}, err
	}
	page := Page{Cursor: q.Cursor}
	if body.Cursor != nil {
		page.Cursor = *body.Cursor
	}
	page.Entries, err = entries(body.Entries)
	return page, err
}

type entryJSON struct {
	ID     string    `json:"id"`
	Kind   string    `json:"soort"`
	Status string    `json:"status"`
	Time   time.Time `json:"tijd"`
	Case   string    `json:"zaak"`
	Sender struct {
		Party       string `json:"partij"`
		Participant string `json:"deelnemer"`
	} `json:"afzender"`
}

// entries refuses what could not be an id or a code: these end up in paths and on screens.
func entries(in []entryJSON) ([]Entry, error) {
	out := make([]Entry, 0, len(in))
	for _, e := range in {
		oin, err := party.ParseOIN(e.Sender.Party)
		if err != nil || !message.ValidID(e.ID) || !message.ValidID(e.Case) ||
			!validID(e.Kind) || !validID(e.Status) || !validID(e.Sender.Participant) {
			return nil, badAnswer(err)
		}
		out = append(out, Entry{
			ID: e.ID, Kind: vocabulary.Kind(e.Kind), Status: message.Status(e.Status), Time: e.Time,
			Case: e.Case, Party: oin, Person: e.Sender.Participant,
		})
	}
	return out, nil
}
