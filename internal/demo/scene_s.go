package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const care vocabulary.Purpose = "hulp-en-zorg"

// caseS is what the CORV does between police and Veilig Thuis (handreiking, bijlage 1), and then what it does not: Veilig Thuis asks
// the school whether it knows the child before it says anything about it (hit/no-hit), and asks on after a hit only.
func (s *stage) caseS(ctx context.Context) {
	s.heading("S., twaalf jaar (handreiking, bijlage 1): zorgmelding van de politie bij Veilig Thuis")
	sc := &scene{stage: s, ctx: ctx}
	report := attesting(letter("zorgmelding", national, to("veiligthuis", "medewerker-veilig-thuis"), "s-zorgmelding-politie",
		"identiteit", "signaal", "thuissituatie"), "gegevensWpg8of13")
	report.Purpose = care
	sent := sc.send("politie", "jeugd", "Jeugdcoördinator van de politie doet een zorgmelding", report)
	sc.receive("veiligthuis", "medewerker", "Veilig Thuis opent de zorgmelding", sent)
	sc.confirm("veiligthuis", "medewerker", "Veilig Thuis neemt het over", sent, message.TakenOver)
	s.knownAtSchool(sc, sent)
	feedback := answering(letter("terugkoppeling", national, to("politie", "jeugdcoordinator"), "s-terugkoppeling", "identiteit", "signaal"), sent)
	feedback.Purpose = care
	told := sc.send("veiligthuis", "medewerker", "Veilig Thuis laat de politie weten wie zicht houdt op de veiligheid", feedback)
	sc.receive("politie", "jeugd", "Jeugdcoördinator leest de terugkoppeling", told)
	sc.confirm("veiligthuis", "medewerker", "Veilig Thuis sluit de melding", sent, message.Closed)
}

func (s *stage) knownAtSchool(sc *scene, report client.Sent) {
	ask := func(kind vocabulary.Kind, text string, categories ...vocabulary.Category) client.Draft {
		d := letter(kind, national, to("stadscollege", "zorgcoordinator"), text, categories...)
		d.Purpose, d.Case = care, report.Case
		return d
	}
	sc.refused("veiligthuis", "medewerker", "Veilig Thuis vraagt de school meteen naar inhoud", "geen-hit",
		ask("informatieverzoek", "s-vragen", "identiteit", "signaal"))
	check := sc.send("veiligthuis", "medewerker", "Veilig Thuis vraagt eerst alleen of het Stadscollege S. kent", ask("check-op-bekendheid", "s-check", "identiteit"))
	sc.receive("stadscollege", "zorg", "Zorgcoördinator opent de vraag", check)
	hit := answering(attesting(letter("check-op-bekendheid-uitslag", national, to("veiligthuis", "medewerker-veilig-thuis"), "s-uitslag", "identiteit"),
		"redelijkVermoeden"), check)
	hit.Purpose = care
	known := sc.send("stadscollege", "zorg", "Stadscollege: bekend, en bij wie", hit)
	sc.receive("veiligthuis", "medewerker", "Veilig Thuis leest de uitslag", known)
	content := sc.send("veiligthuis", "medewerker", "Nu mag Veilig Thuis de twee vragen stellen", ask("informatieverzoek", "s-vragen", "identiteit", "signaal"))
	sc.receive("stadscollege", "zorg", "Zorgcoördinator opent de twee vragen", content)
}
