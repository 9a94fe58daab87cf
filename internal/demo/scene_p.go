package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

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
	s.correctionAboutP(sc, answer)
}

// correctionAboutP: "een onterechte beschuldiging kan grote schade veroorzaken". Who told something wrong tells it right to everybody
// who got it, and each of them signs that it arrived.
func (s *stage) correctionAboutP(sc *scene, wrong client.Sent) {
	right := letter("correctie", school, to("politie", "wijkagent"), "p-correctie", "identiteit", "signaal", "incident")
	right.Body, right.Case = about(right.Body, wrong.ID), wrong.Case
	sent := sc.send("stadscollege", "veiligheid", "Stadscollege corrigeert: de klacht ging niet over P.", right)
	sc.receive("politie", "wijkagent", "Wijkagent opent de correctie", sent)
	sc.confirm("politie", "wijkagent", "Wijkagent past zijn gegevens aan", sent, message.TakenOver)
}

func questionsAboutP() client.Draft {
	decision := wpgNumber
	return client.Draft{Kind: "informatieverzoek", Convenant: school, Recipients: to("stadscollege", "veiligheidscoordinator"),
		Body: body("p-vragen"), Categories: []vocabulary.Category{"identiteit", "signaal"},
		Purpose: "veilige-school", Basis: "wpg-20", WpgDecision: &decision,
		Statements: attests("proportioneel", "subsidiair")}
}

func answerAboutP() client.Draft {
	return client.Draft{Kind: "informatieantwoord", Convenant: school, Recipients: to("politie", "wijkagent"),
		Body: body("p-antwoorden"), Categories: []vocabulary.Category{"identiteit", "gedrag", "incident", "schoolresultaten"},
		Purpose: "veilige-school", Basis: "avg-6-1-e", Statements: attests("proportioneel", "subsidiair")}
}
