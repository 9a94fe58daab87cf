package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// to is one recipient in one function.
func to(org string, function vocabulary.Function) []client.To {
	return []client.To{{Party: find(org).oin, Function: function}}
}

// attests gives the statements that a sender signs.
func attests(names ...vocabulary.Statement) map[vocabulary.Statement]bool {
	all := map[vocabulary.Statement]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}

// caseP is 2.1 of the handreiking: "De wijkagent wil weten of de school kennis heeft van de problemen en over aanvullende
// informatie beschikt."
func (s *stage) caseP(ctx context.Context) {
	s.heading("P., dertien jaar (handreiking 2.1): de wijkagent stelt de school gerichte vragen")
	sc := &scene{stage: s, ctx: ctx}
	ask := sc.send("politie", "wijkagent", "Wijkagent vraagt het Stadscollege drie dingen, onder Wpg-besluit "+wpgNumber, questionsAboutP())
	sc.receive("stadscollege", "veiligheid", "Veiligheidscoördinator opent de vragen", ask)
	sc.confirm("stadscollege", "veiligheid", "Stadscollege neemt de zaak op", ask, message.TakenOver)
	d := answerAboutP()
	d.Case, d.InReplyTo = ask.Case, &ask.ID
	answer := sc.send("stadscollege", "veiligheid", "Stadscollege antwoordt: gedrag, incident en resultaten, meer niet", d)
	sc.receive("politie", "wijkagent", "Wijkagent opent het antwoord", answer)
	sc.confirm("politie", "wijkagent", "Wijkagent neemt de zaak over", answer, message.TakenOver)
	sc.confirm("politie", "wijkagent", "Wijkagent sluit de zaak", answer, message.Closed)
	sc.confirm("stadscollege", "veiligheid", "Stadscollege sluit de zaak", ask, message.Closed)
}

func questionsAboutP() client.Draft {
	decision := wpgNumber
	return client.Draft{Kind: "informatieverzoek", Convenant: school, Recipients: to("stadscollege", "veiligheidscoordinator"),
		Body: bodyQuestions, Categories: []vocabulary.Category{"identiteit", "signaal"},
		Purpose: "veilige-school", Basis: "wpg-20", WpgDecision: &decision,
		Statements: attests("proportioneel", "subsidiair")}
}

func answerAboutP() client.Draft {
	return client.Draft{Kind: "informatieantwoord", Convenant: school, Recipients: to("politie", "wijkagent"),
		Body: bodyAnswers, Categories: []vocabulary.Category{"identiteit", "gedrag", "incident", "schoolresultaten"},
		Purpose: "veilige-school", Basis: "avg-6-1-e", Statements: attests("proportioneel", "subsidiair")}
}

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
		Body: bodySignal, Categories: []vocabulary.Category{"identiteit", "signaal", "incident"}, Phase: &phase,
		Purpose: "veilige-school", Basis: "avg-6-1-e",
		Statements: attests("oudersGeinformeerd", "proportioneel", "subsidiair")}
}

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
