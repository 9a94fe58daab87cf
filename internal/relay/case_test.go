package relay_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// from makes the letter one of a participant to another, each in their first function.
func (s *setting) from(t testing.TB, l *letter, party, id, to, toID string) {
	t.Helper()
	l.caller, l.key = s.caller(t, party, id), s.Parties[party].Person(id)
	receiver := s.Parties[to].Person(toID)
	l.envelope.Sender = message.Sender{Party: s.Parties[party].OIN, Participant: id, Function: l.key.Card.Functions[0]}
	l.envelope.Recipients = []message.Recipient{{
		Party: receiver.Card.OIN, Function: receiver.Card.Functions[0], Participants: []message.Addressee{{ID: toID, Card: receiver.Card.Version}},
	}}
	l.payload = ageFile(t, []byte("vraag"), receiver.Age.Recipient())
}

// questions is what the police asks in case P.: targeted questions under a decision of article 20 of the Wpg.
func (s *setting) questions(t testing.TB) *letter {
	return s.letter(t, func(l *letter) {
		s.from(t, l, "politie", "wa-7", "school", "vc-1")
		number, two := "2026/17", 2
		l.envelope.Kind, l.envelope.Basis, l.envelope.WpgDecision, l.envelope.Questions = "informatieverzoek", "wpg-20", &number, &two
		l.envelope.Categories = []vocabulary.Category{"identiteit", "signaal"}
		l.envelope.Phase = nil
	})
}

// refusedFor sends and wants a refusal for a reason.
func (s *setting) refusedFor(t testing.TB, l *letter, reason string) {
	t.Helper()
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	var denied *relay.Denied
	if !errors.As(err, &denied) {
		t.Fatalf("error is %v, want a refusal for %s", err, reason)
	}
	if !slices.ContainsFunc(denied.Reasons, func(r relay.RecipientReason) bool { return string(r.Code) == reason }) {
		t.Errorf("reasons are %+v, none is %s", denied.Reasons, reason)
	}
}

// TestCaseP: the police asks, the school answers; only with the decision, only in that case, only to who asked.
func TestCaseP(t *testing.T) {
	s := newSetting(t)
	police := s.Parties["politie"]
	s.refusedFor(t, s.questions(t), "wpg-besluit-ontbreekt") // it names one that nobody registered
	_, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, police.SignWpgDecision(t, s.WpgDecision("2026/17")))
	must(t, err)
	s.refusedFor(t, s.letter(t, func(l *letter) {
		*l = *s.questions(t)
		l.envelope.WpgDecision = nil
	}), "wpg-besluit-ontbreekt")
	question := s.questions(t)
	s.send(t, question)

	answer := func(change ...func(*letter)) *letter {
		return s.letter(t, func(l *letter) {
			s.from(t, l, "school", "vc-1", "politie", "wa-7")
			l.envelope.Kind, l.envelope.InReplyTo, l.envelope.Case = "informatieantwoord", &question.envelope.ID, question.envelope.Case
			l.envelope.Categories = []vocabulary.Category{"gedrag", "identiteit"}
			for _, f := range change {
				f(l)
			}
		})
	}
	s.refusedFor(t, answer(func(l *letter) { l.envelope.Case = message.NewID() }), "antwoord-op-onbekend-bericht")
	s.refusedFor(t, answer(func(l *letter) { s.from(t, l, "mbo", "vc-1", "politie", "wa-7") }), "antwoord-op-onbekend-bericht")
	s.refusedFor(t, answer(func(l *letter) { s.from(t, l, "mbo", "vc-1", "politie", "wa-7") }), "zaak-niet-van-u")
	s.send(t, answer())
	for party, want := range map[string]int{"school": 2, "politie": 2} {
		list, err := s.relay.Case(t.Context(), s.caller(t, party, "fg-1"), question.envelope.Case)
		if err != nil || len(list) != want || list[0].ID != question.envelope.ID {
			t.Errorf("%s sees %d messages in the case, want %d (%v)", party, len(list), want, err)
		}
	}
}

func TestX25519WhereTheConvenantAllowsIt(t *testing.T) {
	s := newSetting(t)
	lead := s.Parties["gemeente"].OIN
	yaml := bytes.Replace(s.ConvenantYAML(t), []byte("versie: 1\n"), []byte("versie: 2\nx25519: toegestaan\n"), 1)
	c, _, err := s.registry.PublishConvenant(t.Context(), lead, yaml)
	must(t, err)
	for _, p := range s.Parties {
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now()))
		must(t, err)
	}
	x25519, err := age.GenerateX25519Identity()
	must(t, err)
	file := ageFile(t, []byte("x"), x25519.Recipient())
	s.send(t, s.letter(t, func(l *letter) { l.envelope.Convenant.Version, l.payload = 2, file }))
	s.send(t, s.letter(t, func(l *letter) { l.envelope.Convenant.Version = 2 })) // hybrid keys are always right
}
