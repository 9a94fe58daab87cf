package relay_test

import (
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestRefusals: what the convenant does not allow is refused with a reason, recorded like a permission, and leaves no ciphertext:
// the payload is not even asked for.
func TestRefusals(t *testing.T) {
	s := newSetting(t)
	for _, c := range []struct {
		name   string
		change func(*letter)
		reason string
	}{
		{"phase too low", func(l *letter) { *l.envelope.Phase = 1 }, "fase-te-laag"},
		{"parents not informed", func(l *letter) { delete(l.envelope.Statements, "oudersGeinformeerd") }, "ouders-niet-geinformeerd"},
		{"purpose of investigation", func(l *letter) { l.envelope.Purpose = "opsporing" }, "doel-is-opsporing"},
		{"category outside the flow", func(l *letter) {
			l.envelope.Categories = append(slices.Clone(l.envelope.Categories), "verzuim")
		}, "categorie-niet-toegestaan"},
		{"unknown convenant", func(l *letter) { l.envelope.Convenant.Version = 2 }, "onbekend-convenant"},
		{"unknown party", func(l *letter) { l.envelope.Recipients[0].Party = "00000099000000990000" }, "partij-niet-in-convenant"},
		{"unknown participant", func(l *letter) { l.envelope.Recipients[0].Participants[0].ID = "wa-99" }, "geen-vaste-contactpersoon"},
		{"function not on the card", func(l *letter) { l.envelope.Sender.Function = "schoolleiding" }, "functie-niet-bevoegd"},
		{"answer to nothing", func(l *letter) {
			id := message.NewID()
			l.envelope.Kind, l.envelope.InReplyTo = "informatieantwoord", &id
		}, "antwoord-op-onbekend-bericht"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, size := s.letter(t), s.size(t)
			c.change(l)
			up := l.sign(t).upload()
			up.Payload = func() (io.Reader, error) { t.Error("the payload of a refused message was asked for"); return nil, nil }
			_, err := s.relay.Accept(t.Context(), l.caller, up)
			var denied *relay.Denied
			if !errors.As(err, &denied) {
				t.Fatalf("error is %v, want a refusal", err)
			}
			if !slices.ContainsFunc(denied.Reasons, func(r relay.RecipientReason) bool { return string(r.Code) == c.reason && r.Text != "" }) {
				t.Errorf("reasons are %+v, none is %s", denied.Reasons, c.reason)
			}
			s.notKept(t, l.envelope.ID)
			rec := s.record(t, size)
			if rec.Kind != tlog.Decided || *rec.Decision != "geweigerd" || !slices.Contains(rec.Reasons, c.reason) ||
				len(rec.Facts) == 0 || *rec.Policy == "" || *rec.JWS != l.compact {
				t.Errorf("recorded as %+v", rec)
			}
		})
	}
}

func TestRefusalDoesNotUseUpTheID(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t, func(l *letter) { *l.envelope.Phase = 1 })
	var denied *relay.Denied
	if _, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload()); !errors.As(err, &denied) {
		t.Fatalf("error is %v, want a refusal", err)
	}
	*l.envelope.Phase = 2
	s.send(t, l)
}

// TestOneRefusalRefusesAll: "all are allowed, or none gets it", and whoever would have been allowed does not see it.
func TestOneRefusalRefusesAll(t *testing.T) {
	s := newSetting(t)
	size := s.size(t)
	l := s.letter(t, func(l *letter) {
		l.envelope.Recipients = append(l.envelope.Recipients, message.Recipient{
			Party: s.Parties["gi"].OIN, Function: "medewerker", Participants: []message.Addressee{{ID: "gm-1", Card: 1}},
		})
	})
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	var denied *relay.Denied
	if !errors.As(err, &denied) {
		t.Fatalf("error is %v, want a refusal", err)
	}
	for _, r := range denied.Reasons {
		if r.Recipient != string(s.Parties["gi"].OIN)+"/medewerker" {
			t.Errorf("a reason about %s, who was allowed", r.Recipient)
		}
	}
	s.notKept(t, l.envelope.ID)
	allowed, refused := s.record(t, size), s.record(t, size+1)
	if *allowed.Decision != "toegestaan" || !slices.Equal(allowed.Reasons, []string{string(relay.ReasonOtherRefused)}) || *refused.Decision != "geweigerd" {
		t.Errorf("recorded as %v %v and %v", *allowed.Decision, allowed.Reasons, *refused.Decision)
	}
	records, err := s.store.Search(t.Context(), audit.Query{Party: string(s.Parties["politie"].OIN), Limit: 5})
	must(t, err)
	for _, data := range records {
		if rec, err := tlog.ParseRecord(data); err != nil || rec.Message != nil && *rec.Message == l.envelope.ID {
			t.Error("a recipient sees an attempt that was refused")
		}
	}
}

// TestRoleOnTheCardMustBeTheConvenants: a school that writes another role on its own card is no longer a party.
func TestRoleOnTheCardMustBeTheConvenants(t *testing.T) {
	s := newSetting(t)
	gi := s.Parties["gi"]
	gi.Card.Version, gi.Card.Role = 2, vocabulary.Role("halt")
	_, err := s.registry.PublishCard(t.Context(), gi.OIN, gi.Sign(t))
	must(t, err)
	l := s.letter(t, func(l *letter) {
		l.envelope.Categories = []vocabulary.Category{"signaal"}
		l.envelope.Recipients = []message.Recipient{{Party: gi.OIN, Function: "medewerker", Participants: []message.Addressee{{ID: "gm-1", Card: 1}}}}
	})
	_, err = s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	var denied *relay.Denied
	if !errors.As(err, &denied) || denied.Reasons[0].Code != "partij-niet-in-convenant" {
		t.Errorf("error is %v, want a refusal: halt in name only", err)
	}
}
