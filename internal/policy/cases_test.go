package policy_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// exampleCase is one of cases.yaml: what is stated, and the decision that must follow.
type exampleCase struct {
	Name       string                 `yaml:"naam"`
	Source     string                 `yaml:"bron"` // the sentence that asks for this case
	From       string                 `yaml:"van"`
	To         string                 `yaml:"naar"`
	Kind       vocabulary.Kind        `yaml:"soort"`
	Purpose    vocabulary.Purpose     `yaml:"doel"`
	Basis      vocabulary.Basis       `yaml:"grondslag"`
	Categories []vocabulary.Category  `yaml:"gegevens"`
	Phase      *int                   `yaml:"fase"`
	Urgency    vocabulary.Urgency     `yaml:"urgentie"`
	Statements []vocabulary.Statement `yaml:"verklaringen"`
	Questions  *int                   `yaml:"aantalVragen"`
	Motivated  bool                   `yaml:"motivering"`
	Wpg        bool                   `yaml:"wpgBesluit"`
	InReplyTo  vocabulary.Kind        `yaml:"antwoordOp"`
	People     int                    `yaml:"mensen"`
	Subjects   *int                   `yaml:"betrokkenen"`
	AgeGroup   *vocabulary.AgeGroup   `yaml:"leeftijdsgroep"`
	Checked    bool                   `yaml:"checkBeantwoord"`
	Sent       []vocabulary.Kind      `yaml:"gestuurd"`
	SentData   []vocabulary.Category  `yaml:"gestuurdeGegevens"`
	Other      map[string]any         `yaml:"anders"`
	Flow       string                 `yaml:"stroom"`
	Reasons    []vocabulary.Reason    `yaml:"redenen"`
	Trail      []string               `yaml:"spoor"`
	Only       string                 `yaml:"alleenInProces"`
	CoSigned   *bool                  `yaml:"medeondertekening"`
	Before     int                    `yaml:"eerderVerstuurd"`
}

func TestExampleCases(t *testing.T) {
	e := engine(t)
	for _, c := range examples(t) {
		t.Run(c.ID, func(t *testing.T) {
			yes, no := 0, 0
			for _, k := range readCases(t, c.ID) {
				t.Run(k.Name, func(t *testing.T) { k.play(t, e, c) })
				if k.Flow != "" {
					yes++
				} else {
					no++
				}
			}
			if yes < 5 || no < 5 {
				t.Errorf("only %d cases that are allowed and %d that are not", yes, no)
			}
		})
	}
}

func readCases(t *testing.T, id string) []exampleCase {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + id + "/gevallen/cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Parties map[string]any `yaml:"partijen"`
		Cases   []exampleCase  `yaml:"gevallen"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return file.Cases
}

// play decides on a case, and looks at how the decision is told.
func (k exampleCase) play(t *testing.T, e *policy.Engine, c *convenant.Convenant) {
	d, err := e.Decide(context.Background(), k.facts(t, c))
	if err != nil {
		t.Fatal(err)
	}
	if d.Allow != (k.Flow != "") || d.Flow != k.Flow {
		t.Errorf("allow %v by flow %q, want flow %q", d.Allow, d.Flow, k.Flow)
	}
	var codes []vocabulary.Reason
	for _, r := range d.Reasons {
		codes = append(codes, r.Code)
		if strings.ContainsAny(r.Text+r.Advice, "{}[]…") || r.Text == "" {
			t.Errorf("%s is not told well: %q %q", r.Code, r.Text, r.Advice)
		}
	}
	slices.Sort(codes)
	slices.Sort(k.Reasons)
	if diff := cmp.Diff(k.Reasons, codes); diff != "" {
		t.Error(diff)
	}
}

func (k exampleCase) facts(t *testing.T, c *convenant.Convenant) policy.Facts {
	t.Helper()
	stated := policy.Stated{Kind: k.Kind, Purpose: k.Purpose, Basis: k.Basis, Categories: k.Categories, Phase: k.Phase,
		Urgency: k.Urgency, Questions: k.Questions, AgeGroup: k.AgeGroup, Statements: map[vocabulary.Statement]bool{}}
	if stated.Urgency == "" {
		stated.Urgency = vocabulary.Regular
	}
	for _, s := range k.Statements {
		stated.Statements[s] = true
	}
	f := between(c, parseSide(t, c, k.From), parseSide(t, c, k.To), stated)
	f.Established.Motivated = k.Motivated
	f.Established.Case.Checked, f.Established.Case.Sent = k.Checked, k.Sent
	if f.Established.Case.SentCategories = k.SentData; k.SentData == nil {
		f.Established.Case.SentCategories = k.Categories
	}
	if k.Subjects != nil {
		f.Established.Subjects = *k.Subjects
	}
	if k.Wpg {
		f.Established.Wpg = wpgDecision(c)
	}
	if k.InReplyTo != "" {
		f.Established.InReplyTo = &policy.ReplyFacts{Known: true, Kind: k.InReplyTo, Convenant: c.ID}
	}
	for range k.People - 1 {
		f.Established.Recipient.People = append(f.Established.Recipient.People, f.Established.Recipient.People[0])
	}
	return changed(t, f, k.Other)
}
