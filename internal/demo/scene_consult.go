package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
)

// consult asks for advice without a name: "eerst anoniem overleggen" is what Veilig Thuis and the Adviesteam of the Raad are for, and
// a message of this kind that counts a betrokkene is refused.
func (s *stage) consult(ctx context.Context) {
	s.heading("Een zorg zonder naam (handreiking, bijlage 1): de school vraagt Veilig Thuis om advies")
	sc := &scene{stage: s, ctx: ctx}
	sent := sc.send("debrug", "zorg", "ROC De Brug vraagt advies; er staat geen naam in, en geen nummer", adviceOnNobody())
	sc.receive("veiligthuis", "medewerker", "Veilig Thuis opent de vraag", sent)
	reply := answering(letter("consultadvies", national, to("debrug", "zorgcoordinator"), "x-consultadvies", "signaal"), sent)
	reply.Purpose = care
	advice := sc.send("veiligthuis", "medewerker", "Veilig Thuis geeft advies", reply)
	sc.receive("debrug", "zorg", "ROC De Brug leest het advies", advice)
}

func adviceOnNobody() client.Draft {
	d := letter("consultvraag", national, to("veiligthuis", "medewerker-veilig-thuis"), "x-consultvraag", "signaal")
	d.Purpose = care
	return d
}
