package client

import (
	"context"
	"slices"

	"github.com/sluis-gateway/sluis/internal/message"
)

// Case gives the time line of a case, as far as it consists of messages that the own party sent or received.
func (c *Client) Case(ctx context.Context, id string) ([]Entry, error) {
	if err := checkID("zaak", id); err != nil {
		return nil, err
	}
	var body struct {
		ID      string      `json:"id"`
		Entries []entryJSON `json:"berichten"`
	}
	if err := c.get(ctx, "/v1/zaken/"+id, nil, &body); err != nil {
		return nil, err
	}
	list, err := entries(body.Entries)
	if err != nil {
		return nil, err
	}
	seen := make(map[string]bool, len(list))
	for _, e := range list {
		if body.ID != id || e.Case != id || seen[e.ID] {
			return nil, badAnswer(nil)
		}
		seen[e.ID] = true
	}
	return list, nil
}

// speaksOf reports whether a line says of a message what its envelope says.
func (line Entry) speaksOf(e message.Envelope) bool {
	return e.ID == line.ID && e.Kind == line.Kind && e.Case == line.Case && e.Sender.Party == line.Party && e.Sender.Participant == line.Person
}

// anotherMessage refuses a message that a line did not speak of.
func anotherMessage() error {
	return falseEnvelope(nil, "Dit is een ander bericht dan in de lijst stond.")
}

// CaseMessage is a message of a case.
type CaseMessage struct {
	Line     Entry // as the gateway lists it; where Err is not set only its Status is the gateway's word
	Followed       // zero when Err is set
	Err      error

	stored Stored
}

// CaseFile gives a case with every message of it verified and followed, in the order in which they were accepted. A message that does
// not hold stands in the list with a *Refusal: it must not hide the others.
func (c *Client) CaseFile(ctx context.Context, id string) ([]CaseMessage, error) {
	list, err := c.caseMessages(ctx, id, nil)
	if err != nil {
		return nil, err
	}
	for i := range list {
		m := &list[i]
		if m.Err != nil {
			continue
		}
		m.Followed, m.Err = c.followAlone(ctx, m.stored)
		if m.Err != nil && !untrusted(m.Err) {
			return nil, m.Err
		}
		for _, other := range list {
			if m.Err == nil && other.stored.Envelope.Envelope().ID != "" {
				m.Followed.link(other.stored)
			}
		}
	}
	return list, nil
}

// caseMessages gets the messages of a case; known are those that the caller has already.
func (c *Client) caseMessages(ctx context.Context, id string, known map[string]Stored) ([]CaseMessage, error) {
	entries, err := c.Case(ctx, id)
	if err != nil {
		return nil, err
	}
	list := make([]CaseMessage, len(entries))
	for i, e := range entries {
		m := CaseMessage{Line: e}
		if s, ok := known[e.ID]; ok {
			m.stored = s
		} else if m.stored, m.Err = c.Message(ctx, e.ID); m.Err != nil && !untrusted(m.Err) {
			return nil, m.Err
		}
		switch {
		case m.Err != nil:
		case m.stored.Envelope.Envelope().Case != id:
			m.Err = falseEnvelope(nil, "Dit bericht hoort bij een andere zaak dan de sluis zegt.")
		case !e.speaksOf(m.stored.Envelope.Envelope()):
			m.Err = anotherMessage()
		default:
			m.Line.Time = m.stored.accepted()
		}
		list[i] = m
	}
	slices.SortStableFunc(list, func(a, b CaseMessage) int { return a.Line.Time.Compare(b.Line.Time) })
	return list, nil
}
