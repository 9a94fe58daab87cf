package client

import (
	"context"
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
	for _, e := range list {
		if body.ID != id || e.Case != id {
			return nil, badAnswer(nil)
		}
	}
	return list, nil
}

// CaseMessage is a message of a case.
type CaseMessage struct {
	Line     Entry // as the gateway lists it
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
		if m.Err == nil && m.stored.Envelope.Envelope().Case != id {
			m.Err = falseEnvelope(nil, "Dit bericht hoort bij een andere zaak dan de sluis zegt.")
		}
		list[i] = m
	}
	return list, nil
}
