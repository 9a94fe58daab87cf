package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/message"
)

// caseT is the CORV's oldest road: the municipality asks the Raad for an inquiry, and hears which measure there is. The institution
// that carries it out hears it in the same message.
func (s *stage) caseT(ctx context.Context) {
	s.heading("T., vijftien jaar (CORV): verzoek tot onderzoek aan de Raad, en bericht over de maatregel")
	sc := &scene{stage: s, ctx: ctx}
	request := letter("verzoek-tot-onderzoek", national, to("rvdk", "raadsonderzoeker"), "t-verzoek",
		"identiteit", "signaal", "ondersteuning", "thuissituatie")
	sent := sc.send("gemeente", "jeugd", "Gemeente vraagt de Raad om onderzoek", request)
	sc.receive("rvdk", "onderzoek", "Raadsonderzoeker opent het verzoek", sent)
	sc.confirm("rvdk", "onderzoek", "De Raad neemt het verzoek aan", sent, message.TakenOver)
	news := letter("notificatie", national, and(to("gemeente", "toegang-jeugd"), to("jeugdbescherming", "casusregisseur")), "t-notificatie",
		"identiteit", "justitiele-maatregel")
	news.Case, news.Purpose = sent.Case, "bescherming-jeugdige"
	told := sc.send("rvdk", "onderzoek", "De Raad meldt gemeente en jeugdbescherming de opgelegde maatregel", news)
	sc.receive("gemeente", "jeugd", "Gemeente leest de notificatie", told)
	sc.receive("jeugdbescherming", "casusregie", "Jeugdbescherming leest haar ook", told)
	sc.confirm("jeugdbescherming", "casusregie", "Jeugdbescherming voert de maatregel uit", told, message.TakenOver)
	sc.confirm("rvdk", "onderzoek", "De Raad sluit het verzoek", sent, message.Closed)
}
