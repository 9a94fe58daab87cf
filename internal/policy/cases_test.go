package policy_test

import (
	"context"
	"encoding/json"
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
	Other      map[string]any         `yaml:"anders"`
	Flow       string                 `yaml:"stroom"`
	Reasons    []vocabulary.Reason    `yaml:"redenen"`
}

func TestExampleCases(t *testing.T) {
	text, err := policies.FS.ReadFile(exampleFolder + "/cases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []exampleCase `yaml:"gevallen"`
	}
	if err := yaml.UnmarshalWithOptions(text, &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) < 25 {
		t.Fatalf("only %d cases", len(file.Cases))
	}
	c, e := example(t), engine(t)
	for _, k := range file.Cases {
		t.Run(k.Name, func(t *testing.T) {
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
		})
	}
}

func (k exampleCase) facts(t *testing.T, c *convenant.Convenant) policy.Facts {
	t.Helper()
	stated := policy.Stated{Kind: k.Kind, Purpose: k.Purpose, Basis: k.Basis, Categories: k.Categories, Phase: k.Phase,
		Urgency: k.Urgency, Questions: k.Questions, Statements: map[vocabulary.Statement]bool{}}
	if stated.Urgency == "" {
		stated.Urgency = vocabulary.Regular
	}
	for _, s := range k.Statements {
		stated.Statements[s] = true
	}
	f := between(c, parseSide(t, c, k.From), parseSide(t, c, k.To), stated)
	f.Established.Motivated = k.Motivated
	if k.Wpg {
		f.Established.Wpg = wpgDecision(c)
	}
	if k.InReplyTo != "" {
		f.Established.InReplyTo = &policy.ReplyFacts{Known: true, Kind: k.InReplyTo}
	}
	for range k.People - 1 {
		f.Established.Recipient.People = append(f.Established.Recipient.People, f.Established.Recipient.People[0])
	}
	return changed(t, f, k.Other)
}

// changed gives the facts with other values at places such as vastgesteld/zaak/nieuw.
func changed(t testing.TB, f policy.Facts, other map[string]any) policy.Facts {
	t.Helper()
	if len(other) == 0 {
		return f
	}
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	for place, value := range other {
		if !set(tree, strings.Split(place, "/"), value) {
			t.Fatalf("%s is no place in the facts", place)
		}
	}
	if data, err = json.Marshal(tree); err != nil {
		t.Fatal(err)
	}
	var out policy.Facts
	if err := json.Unmarshal(data, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func set(tree any, place []string, value any) bool {
	switch tree := tree.(type) {
	case map[string]any:
		if _, there := tree[place[0]]; !there {
			return false
		}
		if len(place) == 1 {
			tree[place[0]] = value
			return true
		}
		return set(tree[place[0]], place[1:], value)
	case []any:
		return place[0] == "0" && len(tree) > 0 && len(place) > 1 && set(tree[0], place[1:], value)
	}
	return false
}
