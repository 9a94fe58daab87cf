package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// refusals are four messages that nobody may send.
func (s *stage) refusals(ctx context.Context) {
	s.heading("Wat niet mag, gaat niet door, en Sluis zegt waarom")
	sc := &scene{stage: s, ctx: ctx}
	sc.refused("debrug", "veiligheid", "Een signaal aan de politie in fase 1", "fase-te-laag", signalAboutN(1))

	bare := questionsAboutP()
	bare.WpgDecision = nil
	sc.refused("politie", "wijkagent", "De politie schrijft een school zonder Wpg-besluit", "wpg-besluit-ontbreekt", bare)

	hunt := questionsAboutP()
	hunt.Purpose = "opsporing"
	sc.refused("politie", "wijkagent", "De politie vraagt voor de opsporing", "doel-is-opsporing", hunt)

	more := signalAboutN(3)
	more.Categories = append([]vocabulary.Category{"gezondheid"}, more.Categories...)
	sc.refused("debrug", "veiligheid", "Een signaal met gezondheidsgegevens erbij", "categorie-niet-toegestaan", more)
}
