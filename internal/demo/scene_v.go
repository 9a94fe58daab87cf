package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// caseV is bijlage 4 of the handreiking: absence is reported from a threshold on, not before.
func (s *stage) caseV(ctx context.Context) {
	s.heading("V., zestien jaar (handreiking, bijlage 4): verzuim melden, vanaf de drempel")
	sc := &scene{stage: s, ctx: ctx}
	sc.refused("stadscollege", "verzuim", "Melden voordat een drempel is gehaald", "verzuim-onder-drempel", absenceOfV())
	sent := sc.send("stadscollege", "verzuim", "Verzuimcoördinator meldt negentien uur in vier weken", absenceOfV("verzuimdrempelGehaald"))
	sc.receive("leerplicht", "ambtenaar", "Leerplichtambtenaar opent de melding", sent)
	sc.confirm("leerplicht", "ambtenaar", "Leerplicht neemt het over", sent, message.TakenOver)
	back := sc.send("leerplicht", "ambtenaar", "Leerplicht laat weten wat er gebeurt",
		answering(letter("terugkoppeling", truancy, to("stadscollege", "verzuimcoordinator"), "v-terugkoppeling", "identiteit", "signaal"), sent))
	sc.receive("stadscollege", "verzuim", "Verzuimcoördinator leest het", back)
	sc.confirm("leerplicht", "ambtenaar", "Leerplicht sluit de melding", sent, message.Closed)
}

func absenceOfV(attested ...vocabulary.Statement) client.Draft {
	return attesting(letter("verzuimmelding", truancy, to("leerplicht", "leerplichtambtenaar"), "v-verzuim", "identiteit", "verzuim"), attested...)
}
