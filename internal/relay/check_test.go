package relay_test

import (
	"bytes"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// checkFlows let Veilig Thuis ask the schools whether a youngster is known, and after the answer for content.
const checkFlows = `
  - id: check
    artikel: "1"
    soort: check-op-bekendheid
    van: {rol: veilig-thuis, functies: [medewerker-veilig-thuis]}
    naar: {rol: school, functies: [veiligheidscoordinator]}
    doelen: [hulp-en-zorg]
    grondslagen: [avg-6-1-e]
    gegevens: [identiteit]
    voorwaarden: []
  - id: uitslag
    artikel: "1"
    soort: check-op-bekendheid-uitslag
    van: {rol: school, functies: [veiligheidscoordinator]}
    naar: {rol: veilig-thuis, functies: [medewerker-veilig-thuis]}
    doelen: [hulp-en-zorg]
    grondslagen: [avg-6-1-e]
    gegevens: [identiteit]
    voorwaarden: []
  - id: vraag
    artikel: "1"
    soort: informatieverzoek
    van: {rol: veilig-thuis, functies: [medewerker-veilig-thuis]}
    naar: {rol: school, functies: [veiligheidscoordinator]}
    doelen: [hulp-en-zorg]
    grondslagen: [avg-6-1-e]
    gegevens: [identiteit]
    voorwaarden: [na-hit]
bewaartermijnAudit:`

// agree puts the example convenant with the flows of a check in force, with a change of its text.
func (s *setting) agree(t *testing.T, old, new string) {
	t.Helper()
	yaml := bytes.Replace(s.ConvenantYAML(t), []byte(old), []byte(new), 1)
	yaml = bytes.Replace(yaml, []byte("\nbewaartermijnAudit:"), []byte(checkFlows), 1)
	c, _, err := s.registry.PublishConvenant(t.Context(), s.Parties["gemeente"].OIN, yaml)
	must(t, err)
	for _, p := range s.Parties {
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now()))
		must(t, err)
	}
}

// TestContentOnlyAfterACheck: na-hit rests on what the gateway itself passed on, between these two parties, in this case.
func TestContentOnlyAfterACheck(t *testing.T) {
	s := newSetting(t)
	s.agree(t, "versie: 1\n", "versie: 2\n")
	matter := message.NewID()
	between := func(kind vocabulary.Kind, from, fromID, to, toID string) *letter {
		return s.letter(t, func(l *letter) {
			s.from(t, l, from, fromID, to, toID)
			l.envelope.Convenant.Version, l.envelope.Kind, l.envelope.Case, l.envelope.Phase = 2, kind, matter, nil
			l.envelope.Purpose, l.envelope.Categories = "hulp-en-zorg", []vocabulary.Category{"identiteit"}
		})
	}
	content := func(to string) *letter { return between("informatieverzoek", "veilig-thuis", "vt-1", to, "vc-1") }

	s.refusedFor(t, content("school"), "geen-hit")
	for _, school := range []string{"school", "mbo"} {
		s.send(t, between("check-op-bekendheid", "veilig-thuis", "vt-1", school, "vc-1"))
	}
	s.refusedFor(t, content("school"), "geen-hit") // asked is not answered
	list, err := s.relay.Case(t.Context(), s.caller(t, "school", "vc-1"), matter)
	must(t, err)
	answer := func() *letter {
		l := between("check-op-bekendheid-uitslag", "school", "vc-1", "veilig-thuis", "vt-1")
		l.envelope.InReplyTo = &list[0].ID
		return l
	}
	// The same flow of another convenant is no way around what this one asks of who asks.
	s.agree(t, "convenant: denbosch-school-en-veiligheid\n", "convenant: een-ander\n")
	elsewhere := answer()
	elsewhere.envelope.Convenant = message.ConvenantRef{ID: "een-ander", Version: 1}
	s.refusedFor(t, elsewhere, "antwoord-onder-ander-convenant")
	s.send(t, answer())

	s.send(t, content("school"))
	s.refusedFor(t, content("mbo"), "geen-hit") // somebody else's answer is not the answer
	matter = message.NewID()
	s.refusedFor(t, content("school"), "geen-hit") // nor is the answer in another case
}
