package policy_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// oddRules are ways to look at a fact that a class leaves open (the case's number), by rules of an operator: whole objects, keys that
// are looked for, negation, else, default, lists that are collected, a value that two rules do not agree on.
var oddRules = map[string]string{
	"plain":               `eigen if input.vastgesteld.zaak.id == "zaak-1"`,
	"whole object":        `eigen if object.get(input.vastgesteld.zaak, "id", "") == "zaak-1"`,
	"whole established":   `eigen if object.get(input.vastgesteld, ["zaak", "id"], "") == "zaak-1"`,
	"whole input":         `eigen if object.get(input, ["vastgesteld", "zaak", "id"], "") == "zaak-1"`,
	"input by name":       "eigen if {\n\tf := input\n\tf.vastgesteld.zaak.id == \"zaak-1\"\n}",
	"object by name":      "eigen if {\n\tz := input.vastgesteld.zaak\n\tz.id == \"zaak-1\"\n}",
	"any key":             "eigen if {\n\tsome k\n\tinput.vastgesteld.zaak[k] == \"zaak-1\"\n}",
	"any part":            "eigen if {\n\tsome k\n\tinput.vastgesteld[k].id == \"zaak-1\"\n}",
	"some in":             "eigen if {\n\tsome v in input.vastgesteld.zaak\n\tv == \"zaak-1\"\n}",
	"member":              `eigen if "zaak-1" in input.vastgesteld.zaak`,
	"walk":                "eigen if {\n\twalk(input, [_, v])\n\tv == \"zaak-1\"\n}",
	"walk a part":         "eigen if {\n\twalk(input.vastgesteld.zaak, [_, v])\n\tv == \"zaak-1\"\n}",
	"text of it":          `eigen if contains(json.marshal(input.vastgesteld.zaak), "zaak-1")`,
	"count of found":      `eigen if count({v | some v in input.vastgesteld.zaak; v == "zaak-1"}) == 1`,
	"negated":             `eigen if not input.vastgesteld.zaak.id == "zaak-2"`,
	"negated rule":        "eigen if not vreemd\n\nvreemd if input.vastgesteld.zaak.id == \"zaak-2\"",
	"negated twice":       "eigen if not vreemd\n\nvreemd if not bekend\n\nbekend if input.vastgesteld.zaak.id == \"zaak-1\"",
	"else":                "eigen if oordeel == 1\n\noordeel := 2 if {\n\tinput.vastgesteld.zaak.id == \"zaak-2\"\n} else := 1",
	"default":             "eigen if oordeel == 1\n\ndefault oordeel := 1\n\noordeel := 2 if input.vastgesteld.zaak.id == \"zaak-2\"",
	"default function":    "eigen if oordeel(1) == 1\n\ndefault oordeel(_) := 1\n\noordeel(_) := 2 if input.vastgesteld.zaak.id == \"zaak-2\"",
	"set of its own":      "eigen if \"zaak-1\" in nummers\n\nnummers contains input.vastgesteld.zaak.id",
	"object of its own":   "eigen if nummers[\"zaak-1\"]\n\nnummers[input.vastgesteld.zaak.id] := true",
	"every":               "eigen if {\n\tevery v in [input.vastgesteld.zaak.id] {\n\t\tv == \"zaak-1\"\n\t}\n}",
	"every key":           "eigen if {\n\tevery k, v in input.vastgesteld.zaak {\n\t\tniet_twee(k, v)\n\t}\n}\n\nniet_twee(k, _) if k != \"id\"\n\nniet_twee(_, v) if v == \"zaak-1\"",
	"same facts":          `eigen if input.vastgesteld.zaak == object.union(input.vastgesteld.zaak, {"id": "zaak-1"})`,
	"with":                `eigen if input.vastgesteld.zaak.id == "zaak-1" with input.vastgesteld.zaak.nieuw as true`,
	"with the fact":       "eigen if {\n\tz := input.vastgesteld.zaak.id\n\tgelijk with input.gesteld.doel as z\n}\n\ngelijk if input.gesteld.doel == \"zaak-1\"",
	"not two values":      "eigen if oordeel\n\noordeel if input.vastgesteld.zaak.id != \"\"\n\noordeel := false if input.vastgesteld.zaak.id == \"zaak-2\"",
	"not two from a call": "eigen if oordeel(1)\n\noordeel(_) if input.vastgesteld.zaak.id != \"\"\n\noordeel(_) := false if input.vastgesteld.zaak.id == \"zaak-2\"",
	"an error":            "eigen if 1 / deler != 0\n\ndeler := count(input.vastgesteld.zaak.id) - 7",
	"an error beside":     "eigen if input.vastgesteld.zaak.id != \"\"\n\neigen if 1 / deler != 0\n\ndeler := count(input.vastgesteld.zaak.id) - 7",
	"a number":            `eigen if count(input.vastgesteld.zaak.id) == 6`,
	"key that is open":    `eigen if {"zaak-1": true}[input.vastgesteld.zaak.id]`,
	"key among rules":     "eigen if lijst[input.vastgesteld.zaak.id]\n\nlijst := {\"zaak-1\": true}",
}

// TestOddRulesOfOperators: what an operator's rules look at is looked at for each message, in whatever way they do it: a shortcut made
// of one case never decides about another.
func TestOddRulesOfOperators(t *testing.T) {
	f := signal(t, example(t))
	for name, rule := range oddRules {
		own := ownRules(t, "sluis/eigen.rego", "package sluis.algemeen\n\nbezwaar contains \"doel-is-opsporing\" if not eigen\n\n"+rule+"\n")
		convenant := own["sluis/algemeen/convenant.rego"]
		convenant.Data = []byte(strings.Replace(string(convenant.Data), "\tgeen_opsporing\n", "\tgeen_opsporing\n\teigen\n", 1))
		e, err := policy.New(context.Background(), own, vocabulary.Default())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		e.LearnAtOnce(100)
		f.Established.Case.ID = "zaak-1"
		taught(t, e, f)
		if d, err := e.Decide(context.Background(), f); err != nil || !d.Allow {
			t.Errorf("%s: allowed %v, error %v", name, d.Allow, err)
		}
		short := e.HasShortcut(f)
		for _, id := range []string{"zaak-2", "zaak-22", "zaak-1", ""} {
			f.Established.Case.ID = id
			want, wantErr := e.Fully(context.Background(), f)
			got, err := e.Decide(context.Background(), f)
			if (err == nil) != (wantErr == nil) || !cmp.Equal(want, got) {
				t.Errorf("%s: case %q, shortcut %v: %v, want %v\n%s", name, id, short, err, wantErr, cmp.Diff(want, got))
			}
		}
		t.Logf("%s: shortcut %v", name, short)
	}
}
