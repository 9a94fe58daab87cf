package relay_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestNobodyIsTheirOwnJudge: a motivation that only its writer can read lets a crisis go out that nobody ever looks at. One other
// privacy officer, of any of the parties, is enough.
func TestNobodyIsTheirOwnJudge(t *testing.T) {
	s := newSetting(t)
	school := s.Parties["school"]
	become := func(id string, functions ...vocabulary.Function) *registrytest.Person {
		p := school.Person(id)
		p.Card.Version++
		p.Card.Functions = functions
		_, err := s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, p))
		must(t, err)
		return p
	}
	writer := become("vc-1", "veiligheidscoordinator", vocabulary.FunctionPrivacyOfficer)
	colleague := school.Person("fg-1")
	crisis := func() *letter {
		return s.letter(t, func(l *letter) {
			s.from(t, l, "school", "vc-1", "halt", "hm-1")
			l.envelope.Urgency, l.envelope.Phase = vocabulary.Crisis, nil
			l.motivation = ageFile(t, []byte("x"), writer.Age.Recipient(), colleague.Age.Recipient())
		})
	}
	s.send(t, crisis())

	become("fg-1", "schoolleiding")
	alone := crisis()
	alone.motivation = ageFile(t, []byte("x"), writer.Age.Recipient())
	_, err := s.relay.Accept(t.Context(), alone.caller, alone.sign(t).upload())
	wantFault(t, err, "motivering")
	if _, err := s.store.Message(t.Context(), alone.envelope.ID); err == nil {
		t.Error("the message was kept")
	}
}
