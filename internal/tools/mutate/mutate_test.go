package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
)

const rules = `package a

default mag := false

mag if {
	input.x > 1
	not input.y
}

mag if input.z

namen contains n if {
	some n in input.namen
	every m in input.andere {
		m != n
	}
}

soort := "een" if {
	input.x == 1
} else := "ander"
`

// Every place is spoilt once, each in a copy of its own.
func TestMutantsOf(t *testing.T) {
	m := ast.MustParseModule(rules)
	before := m.String()
	var got []string
	for _, mutant := range mutantsOf("a.rego", m) {
		got = append(got, strings.TrimSpace(strings.Split(rules, "\n")[mutant.line-1])+": "+mutant.what)
		if mutant.module.String() == before {
			t.Errorf("line %d, %s: nothing changed", mutant.line, mutant.what)
		}
	}
	want := []string{
		"default mag := false: rule removed", "default mag := false: default turned around",
		"mag if {: rule removed", "input.x > 1: condition removed", "input.x > 1: bound moved", "not input.y: condition removed", "not input.y: `not` removed",
		"mag if input.z: rule removed", "mag if input.z: condition removed",
		"namen contains n if {: rule removed", "some n in input.namen: condition removed", "every m in input.andere {: condition removed",
		"m != n: condition removed", "m != n: bound moved",
		"soort := \"een\" if {: rule removed", "} else := \"ander\": `else` removed", "input.x == 1: condition removed", "input.x == 1: bound moved",
	}
	if !slices.Equal(got, want) {
		t.Errorf("mutants\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if m.String() != before {
		t.Error("the rules themselves were changed")
	}
}

// What the tests do not hold is told, with its line, and ends the run with 1; what they hold is not.
func TestRun(t *testing.T) {
	const held = "package a_test\n\nimport data.a\n\ntest_mag if a.mag with input as {\"x\": 2}\n\ntest_nooit if a.mag == false with input as {}\n"
	const full = held + "\ntest_y if not a.mag with input as {\"x\": 2, \"y\": true}\n\ntest_x if not a.mag with input as {\"x\": 1}\n"
	const short = "package a\n\ndefault mag := false\n\nmag if {\n\tinput.x > 1\n\tnot input.y\n}\n"
	for name, c := range map[string]struct {
		tests string
		code  int
		says  string
	}{
		"held":     {full, 0, "No mutant survived."},
		"not held": {held, 1, "policies/a.rego:7: condition removed"},
		"failing":  {"package a_test\n\ntest_mag if data.a.mag\n", 2, ""},
		"no tests": {"package a_test\n", 2, ""},
	} {
		t.Run(name, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "policies")
			document := filepath.Join(t.TempDir(), "mutaties.md")
			for path, text := range map[string]string{"a.rego": short, "a_test.rego": c.tests} {
				if err := os.MkdirAll(folder, 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(folder, path), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var out, errs bytes.Buffer
			if code := run(context.Background(), []string{folder, document}, &out, &errs); code != c.code {
				t.Fatalf("code %d, want %d\n%s%s", code, c.code, &out, &errs)
			}
			if c.says == "" {
				return
			}
			text, err := os.ReadFile(document)
			if err != nil || !strings.Contains(string(text), c.says) {
				t.Errorf("no %q in\n%s (%v)", c.says, text, err)
			}
		})
	}
	if code := run(context.Background(), nil, &bytes.Buffer{}, &bytes.Buffer{}); code != 2 {
		t.Errorf("code %d without arguments", code)
	}
}
