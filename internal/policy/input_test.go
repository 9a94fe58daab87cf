package policy

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The facts that are kept in the record are JSON; the rules see terms that were built apart. They are the same value, whatever
// is nil, empty or zero, also when the flows come from the cache.
func TestInputIsTheRecord(t *testing.T) {
	e := &Engine{}
	rapid.Check(t, func(t *rapid.T) {
		f := Facts{Established: drawEstablished(t), Stated: drawStated(t)}
		data, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		want, err := ast.ValueFromReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := e.input(f)
			if err != nil {
				t.Fatal(err)
			}
			if got.Compare(want) != 0 {
				t.Fatalf("the rules see\n%v\nthe record says\n%v", got, want)
			}
		}
	})
}

func text[T ~string](t *rapid.T, label string) T {
	return T(rapid.SampledFrom([]string{"", "school", "politie", "wpg-20", "signaal", "ë"}).Draw(t, label))
}

func list[T ~string](t *rapid.T, label string) []T {
	if rapid.Bool().Draw(t, label+" nil") {
		return nil
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) T { return text[T](t, label) }), 0, 3).Draw(t, label)
}

func maybe[T any](t *rapid.T, label string, draw func() T) *T {
	if rapid.Bool().Draw(t, label+" null") {
		return nil
	}
	v := draw()
	return &v
}

func drawFlow(t *rapid.T) convenant.Flow {
	conditions := [][]convenant.Condition{nil, {}, {{Code: "vaste-contactpersoon"}}, {{Code: "fase-minimaal", Parameter: 2.0}, {Code: "x", Parameter: []any{"a", map[string]any{"b": true}}}}}
	return convenant.Flow{
		ID: text[string](t, "id"), Article: text[string](t, "artikel"), Kind: text[vocabulary.Kind](t, "soort"),
		From:     convenant.Side{Role: text[vocabulary.Role](t, "rol"), SchoolTypes: list[vocabulary.SchoolType](t, "onderwijs"), Functions: list[vocabulary.Function](t, "functies")},
		To:       convenant.Side{Role: text[vocabulary.Role](t, "rol"), Functions: list[vocabulary.Function](t, "functies")},
		Purposes: list[vocabulary.Purpose](t, "doelen"), Bases: list[vocabulary.Basis](t, "grondslagen"), Categories: list[vocabulary.Category](t, "gegevens"),
		Conditions: rapid.SampledFrom(conditions).Draw(t, "voorwaarden"), ReactionTerm: text[string](t, "reactie"), TransitTerm: text[string](t, "doorvoer"), MaxPeople: rapid.IntRange(0, 5).Draw(t, "max"),
	}
}

func drawEstablished(t *rapid.T) Established {
	truth := func(label string) bool { return rapid.Bool().Draw(t, label) }
	var flows []convenant.Flow
	if truth("stromen") {
		flows = rapid.SliceOfN(rapid.Custom(drawFlow), 0, 2).Draw(t, "stromen")
	}
	school := func() vocabulary.SchoolType { return text[vocabulary.SchoolType](t, "onderwijs") }
	return Established{
		Time: text[string](t, "tijd"),
		Convenant: ConvenantFacts{ID: text[string](t, "id"), Version: rapid.IntRange(0, 9).Draw(t, "versie"), Known: truth("bekend"), InForce: truth("kracht"),
			ReplacedBy: maybe(t, "vervangen", func() int { return rapid.IntRange(1, 9).Draw(t, "door") }),
			Digest:     text[string](t, "digest"), Alliance: text[string](t, "verband"), Rules: truth("regels"), Purposes: list[vocabulary.Purpose](t, "doelen"), Flows: flows},
		Sender: PersonFacts{Party: text[party.OIN](t, "oin"), Role: text[vocabulary.Role](t, "rol"), SchoolType: maybe(t, "school", school), Member: truth("lid"),
			Pinned: truth("gepind"), CardValid: truth("geldig"), Signed: truth("getekend"), Participant: text[string](t, "wie"), Function: text[vocabulary.Function](t, "functie"), OnCard: truth("kaart")},
		Recipient: RecipientFacts{Party: text[party.OIN](t, "oin"), SchoolType: maybe(t, "school", school), Pinned: truth("gepind"), Signed: truth("getekend"),
			People: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) AddresseeFacts {
				return AddresseeFacts{ID: text[string](t, "id"), OnCard: rapid.Bool().Draw(t, "kaart")}
			}), 0, 2).Draw(t, "mensen")},
		InReplyTo: maybe(t, "antwoord", func() ReplyFacts {
			return ReplyFacts{Known: truth("bekend"), Kind: text[vocabulary.Kind](t, "soort"), Convenant: text[string](t, "convenant")}
		}),
		Case: CaseFacts{ID: text[string](t, "zaak"), New: truth("nieuw"), Member: truth("lid"), Checked: truth("check"), Sent: list[vocabulary.Kind](t, "gestuurd"), SentCategories: list[vocabulary.Category](t, "gegevens")},
		Wpg: maybe(t, "wpg", func() WpgFacts {
			one := func() string { return text[string](t, "zaak") }
			return WpgFacts{Number: text[string](t, "nummer"), Known: truth("bekend"), Case: maybe(t, "zaak", one), Convenant: maybe(t, "convenant", one),
				Recipients: list[party.OIN](t, "ontvangers"), Purposes: list[vocabulary.Purpose](t, "doelen")}
		}),
		Office: truth("kantooruren"), Subjects: rapid.IntRange(0, 40).Draw(t, "betrokkenen"), Motivated: truth("motivering"),
		CoSigned: maybe(t, "medeondertekening", func() CoSignerFacts {
			return CoSignerFacts{Participant: text[string](t, "wie"), Other: truth("ander"), CardValid: truth("geldig")}
		}),
		Sent: rapid.SampledFrom([][]CountFacts{nil, {}, {{Per: "P1D", Count: 3}}, {{Per: "P1D"}, {Per: "P7D", Count: 12}}}).Draw(t, "verstuurd"),
	}
}

func drawStated(t *rapid.T) Stated {
	number := func() int { return rapid.IntRange(0, 60).Draw(t, "getal") }
	return Stated{
		Kind: text[vocabulary.Kind](t, "soort"), Purpose: text[vocabulary.Purpose](t, "doel"), Basis: text[vocabulary.Basis](t, "grondslag"),
		Categories: list[vocabulary.Category](t, "gegevens"), Phase: maybe(t, "fase", number), Questions: maybe(t, "vragen", number),
		Theme:      maybe(t, "thema", func() vocabulary.Theme { return text[vocabulary.Theme](t, "thema") }),
		AgeGroup:   maybe(t, "leeftijd", func() vocabulary.AgeGroup { return text[vocabulary.AgeGroup](t, "leeftijd") }),
		Statements: rapid.SampledFrom([]map[vocabulary.Statement]bool{nil, {}, {"proportioneel": true, "toestemming": false}}).Draw(t, "verklaringen"),
	}
}
