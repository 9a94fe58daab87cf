package endurance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// planted is a message full of canaries.
type planted struct {
	from, to string // <party>/<id>
	draft    client.Draft
	words    []string
}

// letters makes one message of each of five kinds.
func (c *canaries) letters(t *testing.T, r *gatewaytest.Region) []*planted {
	t.Helper()
	wpg, phase := gatewaytest.WpgNumber, 2
	list := []*planted{
		c.letter(r, "informatieverzoek", "politie/wa-7", "school/vc-1", func(word func() string) map[string]any {
			return map[string]any{"betrokkenen": c.person(word), "redenVanDeVraag": "Omdat " + word() + ".",
				"vragen": []string{"Is " + word() + " op school?", "Met wie gaat " + word() + " om?"}}
		}),
		c.letter(r, "informatieantwoord", "school/vc-1", "politie/wa-7", func(word func() string) map[string]any {
			return map[string]any{"betrokkenen": c.person(word), "antwoorden": []map[string]any{
				{"gedrag": "Gezien met " + word()}, {"schoolresultaten": word(), "incident": "Op het plein: " + word()}}}
		}),
		c.letter(r, "signaal", "school/vc-1", "politie/wa-7", func(word func() string) map[string]any {
			return map[string]any{"betrokkenen": c.person(word), "thema": "wapens", "leefgebied": []string{"school"},
				"aard": word(), "zwaarte": "substantieel", "stapeling": true, "toelichtingStapeling": "Eerder: " + word(), "omschrijving": "Over " + word(),
				"incidenten":           []map[string]any{{"datum": "2026-11-17", "plaats": word(), "omschrijving": word()}},
				"gewensteReactie":      "Graag overleg over " + word(),
				"afweging":             map[string]any{"proportionaliteit": word(), "subsidiariteit": word(), "ouders": word()},
				"beschermendeFactoren": []string{word()}}
		}),
		c.letter(r, "crisismelding", "school/vc-1", "politie/wa-7", func(word func() string) map[string]any {
			return map[string]any{"betrokkenen": c.person(word), "gevaar": word() + " dreigt", "thema": "overig",
				"tijdstip": "2026-11-20T10:05:00+01:00", "plaats": word(), "watIsGedaan": word(), "watIsNodig": "Kom nu, " + word(), "alarmnummerGebeld": true}
		}),
		c.letter(r, "zorgmelding", "school/vc-1", "veilig-thuis/mw-1", func(word func() string) map[string]any {
			return map[string]any{"betrokkenen": c.person(word), "zorgen": "Zorgen over " + word(),
				"veiligheid": map[string]any{"acuutOnveilig": false, "structureelOnveilig": true, "toelichting": word()},
				"meldcode":   map[string]any{"collegiaalOverleg": word(), "gesprek": word(), "weging": word()},
				"ouders":     []map[string]any{{"naam": word(), "relatie": "ouder"}},
				"afweging":   map[string]any{"subsidiariteit": word(), "ouders": word()}}
		}),
	}
	request, answer, signal, crisis, care := list[0], list[1], list[2], list[3], list[4]
	request.draft.WpgDecision, request.draft.Categories = &wpg, []vocabulary.Category{"identiteit", "signaal"}
	answer.draft.Categories = []vocabulary.Category{"identiteit", "gedrag", "incident", "schoolresultaten"}
	signal.draft.Phase, signal.draft.Categories = &phase, []vocabulary.Category{"identiteit", "signaal", "incident"}
	signal.attach(t, c, 200, 300<<10) // so that the payload is staged in pieces
	crisis.draft.Basis, crisis.draft.Urgency, crisis.draft.Categories = "avg-6-1-d", vocabulary.Crisis, []vocabulary.Category{"identiteit", "incident", "signaal"}
	crisis.draft.Motivation = "Er was geen tijd, want " + c.word() + " is in gevaar."
	crisis.words = append(crisis.words, crisis.draft.Motivation)
	care.draft.Statements = map[vocabulary.Statement]bool{"proportioneel": true, "redelijkVermoeden": true, "meldcodeStap1": true,
		"meldcodeStap2": true, "meldcodeStap3": true, "meldcodeStap4": true, "meldcodeStap5": true}
	care.draft.Categories = []vocabulary.Category{"identiteit", "signaal", "contactgegevens-ouders", "thuissituatie"}
	return list
}

// letter makes a message of a kind, of which each word that build takes is a canary.
func (c *canaries) letter(r *gatewaytest.Region, kind vocabulary.Kind, from, to string, build func(word func() string) map[string]any) *planted {
	l := &planted{from: from, to: to}
	members := build(func() string {
		l.words = append(l.words, c.word())
		return l.words[len(l.words)-1]
	})
	l.words = append(l.words, c.bsn, c.born)
	text, err := json.Marshal(members)
	if err != nil {
		panic(err) // texts, numbers and lists can be written as JSON
	}
	receiver := r.Person(to)
	l.draft = client.Draft{
		Kind: kind, Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: r.Convenant.Version}, Body: text,
		Recipients: []client.To{{Party: receiver.Party.OIN, Function: receiver.Function, People: []string{receiver.ID}}},
		Statements: map[vocabulary.Statement]bool{"proportioneel": true, "subsidiair": true, "oudersGeinformeerd": true},
	}
	return l
}

// attach adds text files of so many bytes, full of a canary, which also stands in their names.
func (l *planted) attach(t *testing.T, c *canaries, lengths ...int) {
	t.Helper()
	var files []message.Attachment
	for _, n := range lengths {
		w := c.word()
		l.words = append(l.words, w)
		files = append(files, message.Attachment{Name: w + ".txt", Type: "text/plain", Categories: []vocabulary.Category{"incident"},
			Content: []byte(strings.Repeat(w+" ", n/len(w)))})
	}
	var err error
	l.draft.Body, err = message.WithAttachments(l.draft.Body, files)
	must(t, err)
}

// missing gives the canaries of a message that are not in a text.
func (l *planted) missing(text string) (list []string) {
	for _, w := range l.words {
		if !strings.Contains(text, w) {
			list = append(list, w)
		}
	}
	return list
}

// person is somebody whose name, number and birth date are canaries.
func (c *canaries) person(word func() string) []map[string]any {
	return []map[string]any{{"naam": word() + " " + word(), "geboortedatum": c.born, "bsn": c.bsn}}
}
