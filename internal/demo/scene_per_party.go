package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
)

// perParty shows a convenant that holds for whoever signed: a school joins the national roads, is reached along them, and leaves again.
// The others notice nothing of it.
func (s *stage) perParty(ctx context.Context) {
	s.heading("Landelijke wegen (inwerking: per partij): een school doet mee vanaf haar handtekening, tot zij die intrekt")
	sc := &scene{stage: s, ctx: ctx}
	late := find("havenvakschool")
	sc.refused("veiligthuis", "medewerker", "Veilig Thuis vraagt iets aan de Havenvakschool, die nog niet tekende", "convenant-niet-van-kracht", checkAtHarbour())
	sc.step("De Havenvakschool leest het convenant en tekent", "van kracht voor haar; voor de anderen verandert er niets", func() error {
		return s.verdict(ctx, late, national, convenant.Agreed)
	})
	sent := sc.send("veiligthuis", "medewerker", "Nu kan Veilig Thuis het vragen", checkAtHarbour())
	sc.receive("havenvakschool", "veiligheid", "Havenvakschool opent de vraag", sent)
	sc.step("De Havenvakschool trekt haar handtekening in", "dat mag, en het staat in het auditspoor", func() error {
		return s.verdict(ctx, late, national, convenant.Withdrawn)
	})
	sc.refused("veiligthuis", "medewerker", "Veilig Thuis probeert het nog eens", "convenant-niet-van-kracht", checkAtHarbour())
}

func checkAtHarbour() client.Draft {
	d := letter("check-op-bekendheid", national, to("havenvakschool", "veiligheidscoordinator"), "s-check", "identiteit")
	d.Purpose, d.Basis = care, "avg-6-1-e"
	return d
}

// verdict has a party read a convenant and say what it thinks of it.
func (s *stage) verdict(ctx context.Context, o organisation, ref message.ConvenantRef, v convenant.Verdict) error {
	own, err := s.people.at(o.folder, o.lead().id)
	if err != nil {
		return err
	}
	c, err := own.FetchConvenant(ctx, ref)
	if err != nil {
		return err
	}
	return s.sign(ctx, o, c, v)
}
