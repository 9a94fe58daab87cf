package policy_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// answering is a rule that answers with what the test wants.
func answering(body string) fstest.MapFS {
	return fstest.MapFS{"regels/antwoord.rego": {Data: []byte("package sluis.besluit\n\n" + body + "\n")}}
}

const (
	yes = `antwoord := {"toegestaan": true, "stroom": 0, "redenen": [], "gegevens": [], "verplichtingen": []}` + "\n\ntegenspraak := set()"
	no  = `antwoord := {"toegestaan": false, "stroom": null, "redenen": [{"code": "fase-te-laag", "wet": "", "stroom": false, "gegevens": {}}], "gegevens": [], "verplichtingen": []}`
)

// Rules that do not compile are refused at the start, with file and line.
func TestNewRefuses(t *testing.T) {
	cases := map[string]struct {
		rules fs.FS
		want  string
	}{
		"no rules":             {fstest.MapFS{"x.yaml": {Data: []byte("a: 1")}}, "no *.rego"},
		"only tests":           {fstest.MapFS{"x_test.rego": {Data: []byte("package x")}}, "no *.rego"},
		"syntax":               {answering("antwoord := {"), "regels/antwoord.rego:4"},
		"unknown variable":     {answering("antwoord := onbekend"), "regels/antwoord.rego:3"},
		"unused local":         {answering("antwoord if { x := 1 }"), "regels/antwoord.rego:3"},
		"network":              {answering(`antwoord := http.send({"method": "get", "url": "http://localhost"})`), "regels/antwoord.rego:3"},
		"clock":                {answering("antwoord := time.now_ns()"), "regels/antwoord.rego:3"},
		"environment":          {answering("antwoord := opa.runtime()"), "regels/antwoord.rego:3"},
		"chance":               {answering(`antwoord := rand.intn("x", 2)`), "regels/antwoord.rego:3"},
		"recursion":            {answering("antwoord := antwoord"), "regels/antwoord.rego:3"},
		"too long":             {fstest.MapFS{"x.rego": {Data: []byte(strings.Repeat("# x\n", 1<<19))}}, "too long"},
		"conflicting packages": {fstest.MapFS{"a.rego": {Data: []byte("package a.b\n\nc := 1")}, "b.rego": {Data: []byte("package a\n\nb := 1")}}, "a.rego"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := policy.New(context.Background(), c.rules, vocabulary.Default())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// Whatever goes wrong while deciding is an error without a permission.
func TestDecideFailsClosed(t *testing.T) {
	cases := map[string]string{
		"undefined":          "antwoord := 1 if input.niets",
		"no object":          "antwoord := true",
		"only a truth":       `antwoord := {"toegestaan": true}`,
		"text for truth":     strings.Replace(yes, "true", `"true"`, 1),
		"yes with reasons":   strings.Replace(no, "false", "true", 1),
		"no without reasons": strings.Replace(yes, "true", "false", 1),
		"flow that is not":   strings.Replace(yes, `"stroom": 0`, `"stroom": 99`, 1),
		"yes without flow":   strings.Replace(yes, `"stroom": 0`, `"stroom": null`, 1),
		"negative flow":      strings.Replace(yes, `"stroom": 0`, `"stroom": -1`, 1),
		"half a flow":        strings.Replace(yes, `"stroom": 0`, `"stroom": 0.5`, 1),
		"unknown reason":     strings.Replace(no, "fase-te-laag", "zomaar", 1),
		"category a number":  strings.Replace(yes, `"gegevens": []`, `"gegevens": [1]`, 1),
		"reasons a text":     strings.Replace(yes, `"redenen": []`, `"redenen": "geen"`, 1),
		"values a list":      strings.Replace(no, `"gegevens": {}`, `"gegevens": []`, 1),
		"division by zero":   strings.Replace(yes, "true", "1 / (input.vastgesteld.betrokkenen - 1) > 0", 1),
		"two answers":        yes + "\n\n" + no,
		"wrong type":         strings.Replace(yes, "true", `startswith(input.vastgesteld.betrokkenen, "x")`, 1),
	}
	c := example(t)
	for name, rules := range cases {
		t.Run(name, func(t *testing.T) {
			e, err := policy.New(context.Background(), answering(rules), vocabulary.Default())
			if err != nil {
				t.Fatal(err)
			}
			d, err := e.Decide(context.Background(), signal(t, c))
			if err == nil || d.Allow {
				t.Errorf("decision %+v, error %v: must be an error and no permission", d, err)
			}
		})
	}
}

func TestDecideStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if d, err := engine(t).Decide(ctx, signal(t, example(t))); err == nil || d.Allow {
		t.Errorf("decision %+v, error %v after the caller went away", d, err)
	}
}

// The digest tells apart whatever decided: a rule, the vocabulary, the convenant; and not the tests beside the rules.
func TestDigest(t *testing.T) {
	decide := func(rules fs.FS, digest string) (string, string) {
		e, err := policy.New(context.Background(), rules, vocabulary.Default())
		if err != nil {
			t.Fatal(err)
		}
		f := signal(t, example(t))
		f.Established.Convenant.Digest = digest
		d, err := e.Decide(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		return e.Digest(), d.Policy
	}
	one := answering(yes)
	withTest := answering(yes)
	withTest["regels/x_test.rego"] = &fstest.MapFile{Data: []byte("package x_test")}
	other := answering(yes + " # anders")
	rulesDigest, decided := decide(one, "a")
	if again, policyAgain := decide(withTest, "a"); again != rulesDigest || policyAgain != decided {
		t.Error("a test changed the digest")
	}
	if changed, _ := decide(other, "a"); changed == rulesDigest {
		t.Error("a changed rule did not change the digest")
	}
	if _, policyOther := decide(one, "b"); policyOther == decided {
		t.Error("another convenant did not change the digest of what decided")
	}
	embedded, err := policy.New(context.Background(), policies.FS, vocabulary.Default())
	if err != nil || embedded.Digest() == rulesDigest {
		t.Errorf("other rules with the same digest, or %v", err)
	}
}
