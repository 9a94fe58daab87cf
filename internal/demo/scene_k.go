package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const measure vocabulary.Purpose = "uitvoering-maatregel"

// caseK is 2.3 of the handreiking, its good practice: the jeugdreclassering asks the school, after telling the parents, and they
// agree what each will do and tell. "Als de voortgang van de zaak van K. in het Veiligheidshuis wordt besproken, dan wordt de
// informatie afkomstig van de school hierbij betrokken (via de jeugdreclasseringsmedewerker of de leerplichtambtenaar)."
func (s *stage) caseK(ctx context.Context) {
	s.heading("K., veertien jaar (handreiking 2.3): de jeugdreclassering vraagt, de school antwoordt, en ze spreken af wie wat laat weten")
	sc := &scene{stage: s, ctx: ctx}
	question := attesting(letter("informatieverzoek", safety, to("stadscollege", "zorgcoordinator"), "k-vragen", "identiteit", "signaal"), "oudersGeinformeerd")
	question.Purpose = measure
	ask := sc.send("jeugdbescherming", "reclassering", "Jeugdreclassering vraagt het Stadscollege drie dingen; de ouders weten ervan", question)
	sc.receive("stadscollege", "zorg", "Zorgcoördinator opent de vragen", ask)
	sc.confirm("stadscollege", "zorg", "Stadscollege neemt de vragen op", ask, message.TakenOver)
	answers := attesting(letter("informatieantwoord", safety, to("jeugdbescherming", "medewerker"), "k-antwoorden",
		"identiteit", "verzuim", "schoolresultaten", "gedrag"), "oudersGeinformeerd")
	answers.Purpose, answers.Basis = measure, "avg-6-1-e"
	reply := sc.send("stadscollege", "zorg", "Stadscollege antwoordt: verzuim, resultaten en gedrag", answering(answers, ask))
	sc.receive("jeugdbescherming", "reclassering", "Jeugdreclassering opent het antwoord", reply)
	promises := attesting(letter("terugkoppeling", safety, to("jeugdbescherming", "medewerker"), "k-afspraken", "identiteit", "signaal"), "oudersGeinformeerd")
	promises.Purpose = measure
	agreed := sc.send("stadscollege", "zorg", "Stadscollege legt vast wat is afgesproken", answering(promises, ask))
	sc.receive("jeugdbescherming", "reclassering", "Jeugdreclassering leest de afspraken", agreed)
	sc.confirm("stadscollege", "zorg", "Stadscollege sluit de vraag", ask, message.Closed)
	s.progressOfK(sc)
}

// progressOfK is one message to the table of the Veiligheidshuis: each recipient is decided on apart, and all get it or none.
func (s *stage) progressOfK(sc *scene) {
	table := letter("signaal", safety, and(to("veiligheidshuis", "casusregisseur"), to("leerplicht", "leerplichtambtenaar"), to("rvdk", "casusregisseur")),
		"k-voortgang", "identiteit", "signaal")
	phase := 3
	table.Phase, table.Purpose = &phase, "voorkomen-strafbare-feiten"
	sent := sc.send("jeugdbescherming", "reclassering", "Jeugdreclassering informeert het Veiligheidshuis, leerplicht en de Raad in één bericht", table)
	for _, who := range []struct{ org, id, what string }{
		{"veiligheidshuis", "procesregie", "Veiligheidshuis opent het"},
		{"leerplicht", "ambtenaar", "Leerplicht opent het"},
		{"rvdk", "regie", "De Raad opent het, als laatste"},
	} {
		sc.receive(who.org, who.id, who.what, sent)
	}
	sc.confirm("veiligheidshuis", "procesregie", "Veiligheidshuis zet het op de agenda", sent, message.TakenOver)
}
