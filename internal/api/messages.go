package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const (
	maxWait  = 30 * time.Second // `wacht`
	pageSize = 50
	// connection is the function of a party's own software, which sees what is addressed to any of its people.
	connection vocabulary.Function = "aansluiting"
)

// line is a message in a list.
type line struct {
	ID     string          `json:"id"`
	Kind   vocabulary.Kind `json:"soort"`
	Status message.Status  `json:"status"`
	Time   string          `json:"tijd"`
	Case   string          `json:"zaak"`
	Sender lineSender      `json:"afzender"`
}

type lineSender struct {
	Party       string `json:"partij"`
	Participant string `json:"deelnemer"`
}

func lines(list []relay.Stored) []line {
	out := make([]line, len(list))
	for i, m := range list {
		out[i] = line{m.ID, m.Kind, m.Status(), utc(m.Time), m.Case, lineSender{string(m.SenderOIN), m.SenderID}}
	}
	return out
}

// utc writes a moment as answers have it: RFC 3339, UTC, whole seconds dropped to what is known (NL API Design Rules, date-time).
func utc(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// getMessages gives the messages to the caller (map=in) or of its party (map=uit), and waits for some when asked to.
func (s *server) getMessages(k *call) error {
	q, wait, err := s.messageQuery(k)
	if err != nil {
		return err
	}
	list, cursor, err := s.awaitMessages(k, q, wait)
	if q.After != "" && errors.Is(err, relay.ErrNotFound) { // of another party, or pruned: whoever kept it for years must know how to go on
		return malformed(fault.List{{Place: "cursor", Message: "is er niet meer of is niet van uw organisatie; begin opnieuw, zonder cursor"}})
	}
	if err != nil {
		return err
	}
	var next *string
	if cursor == "" {
		cursor = q.After
	}
	if cursor != "" {
		next = &cursor
	}
	return k.json(http.StatusOK, struct {
		Messages []line  `json:"berichten"`
		Cursor   *string `json:"cursor"`
	}{lines(list), next})
}

// awaitMessages looks, and when there is nothing looks again at each wake-up until the time is over.
func (s *server) awaitMessages(k *call, q relay.Query, wait time.Duration) ([]relay.Stored, string, error) {
	ctx, cancel := context.WithTimeout(k.Request().Context(), wait)
	defer cancel()
	for {
		woken := s.Hub.Wait(string(q.Party)) // before looking: a wake-up in between is not lost
		list, cursor, err := s.Relay.Messages(k.Request().Context(), k.caller, q)
		if err != nil || len(list) > 0 || wait == 0 {
			return list, cursor, err
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return nil, "", nil // an expired wait is 200 with an empty list
		case <-s.Stopping:
			return nil, "", nil
		}
	}
}

// inbox is what is addressed to the caller; to anybody of the party when the caller is its software.
func (s *server) inbox(k *call) relay.Query {
	q := relay.Query{Party: k.caller.OIN(), Inbox: true, Limit: pageSize}
	if !slices.Contains(k.caller.Participant.Participant().Functions, connection) {
		q.Person = k.caller.ID()
	}
	return q
}

func (s *server) messageQuery(k *call) (relay.Query, time.Duration, error) {
	var faults fault.List
	q := relay.Query{Party: k.caller.OIN(), Limit: pageSize}
	switch box, given := k.query["map"]; {
	case box == "in":
		q = s.inbox(k)
	case box == "uit":
	case given:
		faults.Add("map", "moet in of uit zijn")
	default:
		faults.Add("map", "ontbreekt; kies in of uit")
	}
	if text, given := k.query["status"]; given {
		if q.Status = message.Status(text); !slices.Contains(statuses, q.Status) {
			faults.Add("status", "is geen bekende status")
		}
	}
	var wait time.Duration
	if text, given := k.query["wacht"]; given {
		seconds, err := strconv.ParseUint(text, 10, 8)
		if wait = time.Duration(seconds) * time.Second; err != nil || wait > maxWait {
			faults.Add("wacht", "moet een geheel getal zijn van 0 tot en met %d", int(maxWait.Seconds()))
		}
	}
	if text, given := k.query["cursor"]; given {
		if q.After = text; !message.ValidID(text) {
			faults.Add("cursor", "moet de cursor uit een vorig antwoord zijn")
		}
	}
	if len(faults) > 0 {
		return q, 0, malformed(faults)
	}
	return q, wait, nil
}

var statuses = []message.Status{
	message.Offered, message.Lapsed, message.Status(message.Received), message.Status(message.Unreadable),
	message.Status(message.TakenOver), message.Status(message.HandedBack), message.Status(message.Closed),
}

// getMessage gives one message without its payload.
func (s *server) getMessage(k *call) error {
	id, err := k.id()
	if err != nil {
		return err
	}
	m, receipt, err := s.Relay.Message(k.Request().Context(), k.caller, id)
	if err != nil {
		return err
	}
	type state struct {
		Party    string         `json:"partij"`
		Function string         `json:"functie"`
		Status   message.Status `json:"status"`
		Until    string         `json:"tot"`
	}
	states := make([]state, len(m.Recipients))
	for i, r := range m.Recipients {
		states[i] = state{string(r.Party), string(r.Function), r.Status, utc(r.Deadline)}
	}
	return k.json(http.StatusOK, struct {
		ID           string         `json:"id"`
		Envelope     string         `json:"envelop"`
		Status       message.Status `json:"status"`
		PerRecipient []state        `json:"perOntvanger"`
		Confirmed    []string       `json:"bevestigingen"`
		Receipt      tlog.Receipt   `json:"ontvangst"`
	}{m.ID, m.Envelope, m.Status(), states, listed(m.Confirmed), receipt})
}

// getCase gives the time line of a case, as far as the caller's party took part in it.
func (s *server) getCase(k *call) error {
	id, err := k.id()
	if err != nil {
		return err
	}
	list, err := s.Relay.Case(k.Request().Context(), k.caller, id)
	if err != nil {
		return err
	}
	return k.json(http.StatusOK, struct {
		ID       string `json:"id"`
		Messages []line `json:"berichten"`
	}{id, lines(list)})
}

// listed makes an empty list of no list: JSON lists are never null here.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
