package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/message"
)

// twoSchools is action 3 of the Rotterdam action plan: an incident that goes beyond one school goes to the expert wijkveiligheid, with
// the partners that can act. Nobody is named: it is about a place and a moment.
func (s *stage) twoSchools(ctx context.Context) {
	s.heading("Rotterdam (Veilig in en om het onderwijs, actie 3): een incident dat over twee scholen gaat, wordt opgeschaald")
	sc := &scene{stage: s, ctx: ctx}
	phase := 2
	escalation := letter("opschaling", city, and(to("gemeente-rotterdam", "expert-wijkveiligheid"), to("politie-rotterdam", "wijkagent"),
		to("havenvakschool", "veiligheidscoordinator")), "r-opschaling", "incident", "signaal")
	escalation.Phase, escalation.Purpose = &phase, "handhaven-openbare-orde"
	sent := sc.send("maascollege", "veiligheid", "Maascollege schaalt op naar de gemeente, de politie en de andere school", escalation)
	sc.receive("havenvakschool", "veiligheid", "Havenvakschool opent de opschaling", sent)
	sc.receive("politie-rotterdam", "wijkagent", "Wijkagent opent haar", sent)
	sc.receive("gemeente-rotterdam", "expert", "Expert wijkveiligheid opent haar, als laatste", sent)
	sc.confirm("gemeente-rotterdam", "expert", "Expert wijkveiligheid neemt de regie", sent, message.TakenOver)
	sc.confirm("gemeente-rotterdam", "expert", "Expert wijkveiligheid sluit de opschaling na de week", sent, message.Closed)
}
