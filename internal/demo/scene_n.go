package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// caseN is 2.2: the security of a ROC sees a girl of 17 where deals are made; the school signals to the police.
func (s *stage) caseN(ctx context.Context) {
	s.heading("N., zeventien jaar (handreiking 2.2): de school meldt een signaal bij de politie")
	sc := &scene{stage: s, ctx: ctx}
	signal := sc.send("debrug", "veiligheid", "ROC De Brug stuurt een signaal, fase 3, ouders geïnformeerd", signalAboutN(3))
	sc.receive("politie", "schoolagent", "Schoolcontactpersoon opent het signaal", signal)
	sc.confirm("politie", "schoolagent", "Politie neemt het over: de school kan loslaten", signal, message.TakenOver)
	sc.confirm("politie", "schoolagent", "Politie sluit het signaal", signal, message.Closed)
}

func signalAboutN(phase int) client.Draft {
	return client.Draft{Kind: "signaal", Convenant: school, Recipients: to("politie", "schoolcontactpersoon"),
		Body: body("n-signaal"), Categories: []vocabulary.Category{"identiteit", "signaal", "incident"}, Phase: &phase,
		Purpose: "veilige-school", Basis: "avg-6-1-e",
		Statements: attests("oudersGeinformeerd", "proportioneel", "subsidiair")}
}
