package api

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
)

const (
	typeEvents = "text/event-stream"
	// A stream lives no longer than a token: whose card is withdrawn hears no more than a caller would. The program on the other
	// side opens it again with a new token and the last id, which loses nothing.
	streamLife = jose.MaxTokenLife
	heartbeat  = 15 * time.Second // so that neither side, nor what is between, takes silence for the end
	offered    = "nl.sluis.bericht-aangeboden.v1"
)

// event is a CloudEvent (1.0, structured JSON) that says that there is a message, and nothing about it or anybody (WIRE,
// "Notifications": "no `subject`, no personal data").
type event struct {
	SpecVersion string    `json:"specversion"`
	ID          string    `json:"id"`
	Source      string    `json:"source"`
	Type        string    `json:"type"`
	Time        string    `json:"time"`
	ContentType string    `json:"datacontenttype"`
	Data        eventData `json:"data"`
}

type eventData struct {
	Message string `json:"bericht"`
}

// getEvents tells a participant of each message that is offered to him, as server-sent events (HTML, "Server-sent events"): first
// those that wait already, or that came after Last-Event-ID, then each one as it comes.
func (s *server) getEvents(k *call) error {
	after := k.Request().Header.Get("Last-Event-ID")
	if after != "" && !message.ValidID(after) {
		var faults fault.List
		faults.Add("Last-Event-ID", "moet het id van een eerdere gebeurtenis zijn; laat de kop weg om opnieuw te beginnen")
		return malformed(faults)
	}
	q := offerQuery{Query: s.inbox(k)}
	q.Status, q.After = message.Offered, after
	// Looked at before the answer begins: what is wrong can then still be told.
	woken := s.Hub.Wait(string(q.Party))
	list, q, err := s.offers(k, q)
	if err != nil {
		return err
	}
	leave, ok := s.streams.enter(string(q.Party) + "/" + k.caller.ID())
	if !ok {
		return &refusal{code: tooMany, retryAfter: retryLater, detail: "U heeft al te veel van deze verbindingen open. Sluit er een."}
	}
	defer leave()
	k.Response().Header().Set("Content-Type", typeEvents)
	k.Response().WriteHeader(http.StatusOK)
	if _, err := fmt.Fprintf(k.Response(), "retry: %d\n\n", time.Second.Milliseconds()); err != nil {
		return nil // gone: there is nobody to tell
	}
	end, beat := time.NewTimer(streamLife), time.NewTicker(heartbeat)
	defer end.Stop()
	defer beat.Stop()
	for {
		if err := s.tell(k.Response(), list); err != nil {
			return nil
		}
		k.Response().Flush()
		list = nil
		if q.more {
			if list, q, err = s.offers(k, q); err != nil {
				return err
			}
			continue
		}
		select {
		case <-woken:
			woken = s.Hub.Wait(string(q.Party)) // before looking: a wake-up in between is not lost
			if list, q, err = s.offers(k, q); err != nil {
				return err
			}
		case <-beat.C:
			if _, err := io.WriteString(k.Response(), ": \n\n"); err != nil {
				return nil
			}
		case <-end.C:
			return nil
		case <-s.Stopping:
			return nil
		case <-k.Request().Context().Done():
			return nil
		}
	}
}

// offerQuery is a query that remembers whether its last page was full.
type offerQuery struct {
	relay.Query
	more bool
}

// offers gives the next page of what is offered to the caller, and the query for the page after that.
func (s *server) offers(k *call, q offerQuery) ([]relay.Stored, offerQuery, error) {
	list, cursor, err := s.Relay.Messages(k.Request().Context(), k.caller, q.Query)
	if err != nil {
		return nil, q, err
	}
	q.After, q.more = cursor, len(list) == q.Limit
	return list, q, nil
}

// tell writes an event for each message. The id of the event is the id of the message, which is the cursor of lists too.
func (s *server) tell(w io.Writer, list []relay.Stored) error {
	for _, m := range list {
		data, err := json.Marshal(event{"1.0", m.ID, s.Origin, offered, utc(m.Time), typeJSON, eventData{m.ID}})
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "id: %s\nevent: %s\ndata: %s\n\n", m.ID, offered, data); err != nil {
			return err
		}
	}
	return nil
}
