package demo

import (
	"context"
	"errors"
	"slices"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// growth is the file that the school sends along. What is in it does not matter here; that it arrives as it was, does.
var growth = message.Attachment{Name: "observaties-mentor.txt", Type: "text/plain", Categories: list("signaal"),
	Content: []byte("Week 44: zonder jas, twee dagen. Week 45: geen brood mee, vier dagen. Week 46: viel in slaap in de les.\n")}

// reportP is a school's report by the meldcode: no consent needed (Wmo 2015, article 5.2.6), the five steps are.
func (s *stage) reportP(ctx context.Context) {
	s.heading("P., weken later (meldcode): de school doet een zorgmelding bij Veilig Thuis, met een bijlage")
	sc := &scene{stage: s, ctx: ctx}
	hasty := careReport("redelijkVermoeden", "meldcodeStap1", "meldcodeStap2")
	sc.refused("stadscollege", "zorg", "Melden na twee van de vijf stappen", "meldcode-onvolledig", hasty)
	report := careReport("redelijkVermoeden", "meldcodeStap1", "meldcodeStap2", "meldcodeStap3", "meldcodeStap4", "meldcodeStap5")
	text, err := message.WithAttachments(report.Body, []message.Attachment{growth})
	if err != nil {
		s.wrong("De bijlage gaat niet mee: %v", err)
		return
	}
	report.Body = text
	sent := sc.send("stadscollege", "zorg", "Zorgcoördinator meldt volgens de meldcode, met de observaties van de mentor erbij", report)
	got := sc.receive("veiligthuis", "medewerker", "Veilig Thuis opent de melding", sent)
	sc.step("De bijlage kwam aan zoals hij verstuurd is", growth.Name, func() error {
		files, err := message.Attachments(got.Body)
		if err != nil {
			return err
		}
		if len(files) != 1 || files[0].Name != growth.Name || !slices.Equal(files[0].Content, growth.Content) {
			return errors.New("the attachment is not what was sent")
		}
		return nil
	})
	sc.confirm("veiligthuis", "medewerker", "Veilig Thuis neemt het over; de termijn is vijf werkdagen", sent, message.TakenOver)
}

func careReport(attested ...vocabulary.Statement) client.Draft {
	d := attesting(letter("zorgmelding", national, to("veiligthuis", "medewerker-veilig-thuis"), "p-zorgmelding",
		"identiteit", "signaal", "ondersteuning", "thuissituatie"), attested...)
	d.Purpose = care
	return d
}
