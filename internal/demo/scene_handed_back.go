package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// handedBack shows the rule that nobody lets go before somebody else has taken over: "Laat pas los als er zekerheid bestaat dat een
// ander het van je heeft overgenomen" (handreiking).
func (s *stage) handedBack(ctx context.Context) {
	s.heading("M., veertien jaar (handreiking, bijlage 5 artikel 7): teruggegeven met advies, en doorgestuurd")
	sc := &scene{stage: s, ctx: ctx}
	first := sc.send("stadscollege", "veiligheid", "Stadscollege stuurt de wijkagent een signaal over vernielde fietsen",
		signalAboutM("wijkagent", "politie", "m-signaal", "identiteit", "signaal", "incident"))
	sc.receive("politie", "wijkagent", "Wijkagent opent het signaal", first)
	sc.handBack("politie", "wijkagent", "Wijkagent geeft het terug, met het advies: dit is iets voor Halt", first,
		message.Advice{Party: find("halt").oin, Function: "medewerker"})
	on := signalAboutM("medewerker", "halt", "m-signaal-halt", "identiteit", "signaal")
	on.Case = first.Case
	second := sc.send("stadscollege", "veiligheid", "Stadscollege stuurt het in dezelfde zaak aan Halt", on)
	sc.receive("halt", "medewerker", "Halt opent het signaal", second)
	sc.confirm("halt", "medewerker", "Halt neemt het over: nu kan de school loslaten", second, message.TakenOver)
	sc.confirm("politie", "wijkagent", "Wijkagent sluit zijn kant", first, message.Closed)
	sc.confirm("halt", "medewerker", "Halt sluit de zaak na het gesprek met M. en de ouders", second, message.Closed)
}

func signalAboutM(function vocabulary.Function, org, text string, categories ...vocabulary.Category) client.Draft {
	phase := 2
	return client.Draft{Kind: "signaal", Convenant: school, Recipients: to(org, function), Body: body(text), Categories: categories,
		Phase: &phase, Statements: attests("oudersGeinformeerd", "proportioneel", "subsidiair")}
}
