package advice_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// letter is a message that can be asked about and sent: the world is such that the facts of it are true.
type letter struct {
	sender    *gatewaytest.Person
	cosigner  *gatewaytest.Person // nil: nobody signs with the sender
	envelope  message.Envelope
	motivated bool
}

// outcome is what asking or sending gave.
type outcome struct {
	allow   bool
	reasons []vocabulary.Reason // sorted
}

func (o outcome) equal(p outcome) bool {
	return o.allow == p.allow && slices.Equal(o.reasons, p.reasons)
}

func outcomeOf(d policy.Decision) outcome {
	var codes []vocabulary.Reason
	for _, r := range d.Reasons {
		codes = append(codes, r.Code)
	}
	slices.Sort(codes)
	return outcome{d.Allow, codes}
}

// reasons are as in `redenen`.
type reasons []struct {
	Code vocabulary.Reason `json:"code"`
}

func (r reasons) sorted() (codes []vocabulary.Reason) {
	for _, one := range r {
		codes = append(codes, one.Code)
	}
	slices.Sort(codes)
	return codes
}

// ask puts the question that the letter is the answer to.
func (w *world) ask(l letter) outcome {
	w.t.Helper()
	e := l.envelope
	question := map[string]any{
		"subject":  map[string]any{"type": "deelnemer", "id": string(e.Sender.Party) + "/" + e.Sender.Participant},
		"action":   map[string]any{"name": e.Kind},
		"resource": map[string]any{"type": "ontvanger", "id": string(e.Recipients[0].Party) + "/" + string(e.Recipients[0].Function)},
		"context": map[string]any{"convenant": e.Convenant, "doel": e.Purpose, "grondslag": e.Basis, "gegevens": e.Categories, "fase": e.Phase,
			"urgentie": e.Urgency, "aantalVragen": e.Questions, "betrokkenen": len(e.Subjects), "thema": e.Theme, "leeftijdsgroep": e.AgeGroup,
			"functie": e.Sender.Function, "wpgBesluit": e.WpgDecision, "zaak": e.Case, "antwoordOp": e.InReplyTo, "verklaringen": e.Statements},
	}
	body, err := json.Marshal(question)
	must(w.t, err)
	a := w.post(l.sender, "/access/v1/evaluation", "application/json", body)
	var said struct {
		Decision bool `json:"decision"`
		Context  struct {
			Reasons reasons `json:"redenen"`
		} `json:"context"`
	}
	if err := json.Unmarshal(a.body, &said); err != nil || a.status != 200 {
		w.t.Fatalf("asking gave %d %s for %s", a.status, a.body, body)
	}
	return outcome{said.Decision, said.Context.Reasons.sorted()}
}

// send sends the letter.
func (w *world) send(l letter) outcome {
	w.t.Helper()
	a := w.deliver(l)
	if a.status == 201 {
		return outcome{allow: true}
	}
	var problem struct {
		Reasons reasons `json:"redenen"`
	}
	if err := json.Unmarshal(a.body, &problem); err != nil || a.status != 403 || len(problem.Reasons) == 0 {
		w.t.Fatalf("sending gave %d %s for %+v", a.status, a.body, l.envelope)
	}
	return outcome{reasons: problem.Reasons.sorted()}
}

func (w *world) deliver(l letter) answer {
	w.t.Helper()
	payload := w.one
	if len(l.envelope.Recipients[0].Participants) == 2 { // sealed for as many as are named; more are refused before it is looked at
		payload = w.two
	}
	l.envelope.Payload = message.Content{Digest: digest.Of(payload), Length: int64(len(payload))}
	if l.motivated { // for the officers of both parties
		l.envelope.Motivation = &message.Content{Digest: digest.Of(w.two), Length: int64(len(w.two))}
	}
	signed, err := message.SignEnvelope(l.envelope, l.sender.Key)
	must(w.t, err)
	parts := []gatewaytest.Part{{Name: "envelop", Type: "application/jose", Data: []byte(signed.Compact())}}
	if l.cosigner != nil {
		parts = append(parts, w.cosigned(l, signed))
	}
	if l.motivated {
		parts = append(parts, gatewaytest.Part{Name: "motivering", Type: "application/octet-stream", Data: w.two})
	}
	parts = append(parts, gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	body, contentType := gatewaytest.Form(parts...)
	return w.post(l.sender, "/v1/berichten", contentType, body)
}

// records gives the records about a message that its sender's party sees, oldest first, without those of looking.
func (w *world) records(l letter) []tlog.Record {
	w.t.Helper()
	cursor, found := "", []tlog.Record(nil)
	for {
		a := w.do(someone(l.sender.Party, officer), "GET", "/v1/auditregels?logdoel=interne-controle"+cursor, "", nil)
		var page struct {
			Records []tlog.Record `json:"auditregels"`
			Cursor  *string       `json:"cursor"`
		}
		if err := json.Unmarshal(a.body, &page); err != nil || a.status != 200 {
			w.t.Fatalf("looking into the trail gave %d %s", a.status, a.body)
		}
		for _, r := range page.Records {
			if r.Message != nil && *r.Message == l.envelope.ID {
				found = append(found, r)
			}
		}
		// The message is the newest of all but the looks: one page tells.
		if page.Cursor == nil || len(found) > 0 {
			break
		}
		cursor = "&cursor=" + *page.Cursor
	}
	slices.SortFunc(found, func(a, b tlog.Record) int { return int(a.Nr - b.Nr) })
	return found
}

// tags are as many as there are persons, and mean nothing to anybody.
func tags(n int) []string {
	all := make([]string, n)
	for i := range all {
		tag := make([]byte, 32)
		_, _ = rand.Read(tag) // never fails
		all[i] = base64.RawURLEncoding.EncodeToString(tag)
	}
	return all
}

// inFunction gives so many people of a party in a function.
func (w *world) inFunction(p *gatewaytest.Party, f vocabulary.Function, n int) []*gatewaytest.Person {
	var all []*gatewaytest.Person
	for _, one := range p.People {
		if one.Function == f && len(all) < n {
			all = append(all, one)
		}
	}
	for len(all) < n {
		all = append(all, w.hire(p, f))
	}
	return all
}

func (w *world) hire(p *gatewaytest.Party, f vocabulary.Function) *gatewaytest.Person {
	*w.hired++
	return p.Hire("nieuw-"+strconv.Itoa(*w.hired), f)
}

func addressed(people []*gatewaytest.Person, to party.OIN, f vocabulary.Function) message.Recipient {
	r := message.Recipient{Party: to, Function: f}
	for _, one := range people {
		r.Participants = append(r.Participants, message.Addressee{ID: one.ID, Card: one.Participant.Version})
	}
	return r
}
