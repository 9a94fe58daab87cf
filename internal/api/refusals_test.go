package api_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// TestRefusedMessages: each wrong message has its own status and code, and leaves nothing that a recipient can see.
func TestRefusedMessages(t *testing.T) {
	r := gatewaytest.Start(t)
	sender := r.Person("school/vc-1")
	signal := func(change func(*message.Envelope)) (string, []byte) {
		e := r.Signal("school/vc-1", "politie/wa-7")
		change(&e)
		return r.Seal(e, 10)
	}
	at := func(t time.Time) message.Time {
		return message.Time{Time: t, Text: t.UTC().Format(time.RFC3339)}
	}
	right, payload := signal(func(*message.Envelope) {})
	for _, tc := range []struct {
		name   string
		change func(*message.Envelope)
		status int
		code   string
		reason string // one of `redenen`
		place  string // one of `fouten`
	}{
		{"phase too low", func(e *message.Envelope) { one := 1; e.Phase = &one }, 403, "geweigerd", "fase-te-laag", ""},
		{"purpose opsporing", func(e *message.Envelope) { e.Purpose = "opsporing" }, 403, "geweigerd", "doel-is-opsporing", ""},
		{"category outside the flow", func(e *message.Envelope) { e.Categories = append(e.Categories, "verzuim") }, 403, "geweigerd", "categorie-niet-toegestaan", ""},
		{"unknown convenant", func(e *message.Envelope) { e.Convenant.ID = "elders" }, 403, "geweigerd", "onbekend-convenant", ""},
		{"clock 10 minutes back", func(e *message.Envelope) { e.Time = at(time.Now().Add(-10 * time.Minute)) }, 400, "verzoek-onjuist", "", "tijd"},
		{"clock 10 minutes ahead", func(e *message.Envelope) { e.Time = at(time.Now().Add(10 * time.Minute)) }, 400, "verzoek-onjuist", "", "tijd"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			envelope, payload := signal(tc.change)
			p := sent(t, sender.Send(envelope, payload)).refused(t, tc.status, tc.code)
			if tc.reason != "" && (len(p.Reasons) == 0 || p.Reasons[0].Code != tc.reason || p.Reasons[0].Text == "" ||
				p.Reasons[0].Recipient != string(r.Party("politie").OIN)+"/wijkagent") {
				t.Errorf("redenen: %+v", p.Reasons)
			}
			if tc.place != "" && p.places() != tc.place {
				t.Errorf("fouten: %+v", p.Faults)
			}
		})
	}
	t.Run("somebody else's envelope", func(t *testing.T) {
		sent(t, r.Person("school/zc-1").Send(right, payload)).refused(t, 403, "afzender-onjuist")
	})
	t.Run("another party's envelope", func(t *testing.T) {
		sent(t, r.Person("mbo/vc-2").Send(right, payload)).refused(t, 403, "afzender-onjuist")
	})
	t.Run("another payload", func(t *testing.T) {
		other := append([]byte(nil), payload...)
		other[len(other)-1] ^= 1
		sent(t, sender.Send(right, other)).refused(t, 400, "verzoek-onjuist")
		sent(t, sender.Send(right, payload[:len(payload)-1])).refused(t, 400, "verzoek-onjuist")
		sent(t, sender.Send(right, append(payload[:len(payload):len(payload)], 0))).refused(t, 400, "verzoek-onjuist")
	})
	t.Run("not an envelope", func(t *testing.T) {
		for _, text := range []string{"x", "a.b.c", right + "x", strings.Repeat("a", 16<<10)} {
			if p := sent(t, sender.Send(text, payload)).refused(t, 400, "verzoek-onjuist"); len(p.Faults) == 0 {
				t.Error("no faults are named")
			}
		}
		sent(t, sender.Send(strings.Repeat("a", 16<<10+1), payload)).refused(t, 413, "te-groot")
	})
	t.Run("nothing arrived", func(t *testing.T) {
		var list listAnswer
		get(t, r.Person("politie/wa-7").HTTP(), r.URL+"/v1/berichten?map=in").into(t, http.StatusOK, &list)
		if len(list.Messages) != 0 {
			t.Errorf("%d messages arrived", len(list.Messages))
		}
	})
	t.Run("a refusal does not use up the id", func(t *testing.T) {
		sent(t, sender.Send(right, payload)).is(t, http.StatusCreated)
	})
	t.Run("the same id for another message", func(t *testing.T) {
		u := r.Signal("school/vc-1", "politie/wa-7")
		first, payload := r.Seal(u, 10)
		sent(t, sender.Send(first, payload)).is(t, http.StatusCreated)
		three := 3
		u.Phase = &three
		second, payload := r.Seal(u, 10)
		sent(t, sender.Send(second, payload)).refused(t, 409, "bericht-bestaat-al")
	})
}

// TestHostileFormsOverHTTP: what TestHostileForms shows of the reader holds for the whole gateway.
func TestHostileFormsOverHTTP(t *testing.T) {
	r := gatewaytest.Start(t)
	sender := r.Person("school/vc-1")
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10)
	part := func(name, contentType string, data []byte) gatewaytest.Part {
		return gatewaytest.Part{Name: name, Type: contentType, Data: data}
	}
	first, last := part("envelop", "application/jose", []byte(envelope)), part("lading", "application/octet-stream", payload)
	for _, tc := range []struct {
		name   string
		parts  []gatewaytest.Part
		status int
		code   string
	}{
		{"a part after the payload", []gatewaytest.Part{first, last, last}, 400, "verzoek-onjuist"},
		{"payload first", []gatewaytest.Part{last, first}, 400, "verzoek-onjuist"},
		{"no payload", []gatewaytest.Part{first}, 400, "verzoek-onjuist"},
		{"second signature that is empty", []gatewaytest.Part{first, part("medeondertekening", "application/jose", nil), last}, 400, "verzoek-onjuist"},
		{"motivation that the envelope does not name", []gatewaytest.Part{first, part("motivering", "application/octet-stream", []byte("x")), last}, 400, "verzoek-onjuist"},
		{"wrong type", []gatewaytest.Part{first, part("lading", "text/plain", payload)}, 415, "inhoudstype-onjuist"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			body, contentType := gatewaytest.Form(tc.parts...)
			a := call(t, context.Background(), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", contentType, body)
			a.refused(t, tc.status, tc.code)
		})
	}
	t.Run("broken off", func(t *testing.T) {
		body, contentType := gatewaytest.Form(first, last)
		a := call(t, context.Background(), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", contentType, body[:len(body)-100])
		a.refused(t, 400, "verzoek-onjuist")
	})
	t.Run("packed", func(t *testing.T) {
		body, contentType := gatewaytest.Form(first, last)
		a := call(t, apitest.Invalid(context.Background()), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", contentType, body, "Content-Encoding", "gzip")
		a.refused(t, 415, "inhoudstype-onjuist")
	})
	t.Run("no form", func(t *testing.T) {
		a := call(t, apitest.Invalid(context.Background()), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", "application/json", []byte("{}"))
		a.refused(t, 415, "inhoudstype-onjuist")
	})
}

// TestOutdatedCard: who encrypted for a card that has moved on is told which card there is now.
func TestOutdatedCard(t *testing.T) {
	r := gatewaytest.Start(t)
	police, agent := r.Party("politie"), r.Person("politie/wa-7")
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10)
	next := agent.Participant
	next.Version = 2
	card, err := party.SignParticipant(next, police.Admin)
	if err != nil {
		t.Fatal(err)
	}
	post(t, police.HTTP(), r.URL+"/v1/kaarten", "application/jose", card).is(t, http.StatusCreated)
	p := sent(t, r.Person("school/vc-1").Send(envelope, payload)).refused(t, http.StatusConflict, "kaart-verouderd")
	if p.Card["partij"] != string(police.OIN) || p.Card["deelnemer"] != "wa-7" || p.Card["versie"] != 2.0 {
		t.Errorf("kaart: %v", p.Card)
	}
	if bytes.Contains([]byte(p.Detail), []byte("wa-7")) {
		t.Error("the detail names a person")
	}
}
