package convenant_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
)

const rulesText = "package convenant\n\nweiger contains \"nee\" if {\n\tinput.gesteld.fase == 1\n}"

// The rules are part of what is signed, and come back from the canonical form as they were.
func TestRulesAreSigned(t *testing.T) {
	without := parse(t, small)
	c := parse(t, small+"regels: |\n  "+strings.ReplaceAll(rulesText, "\n", "\n  ")+"\n")
	if c.Rules != rulesText {
		t.Errorf("rules %q", c.Rules)
	}
	if without.Rules != "" || strings.Contains(string(without.Canonical()), "regels") || c.Digest() == without.Digest() {
		t.Error("the rules are not what makes the difference")
	}
	again, err := convenant.ParseCanonical(c.Canonical())
	if err != nil || again.Rules != c.Rules || again.Digest() != c.Digest() {
		t.Errorf("read again: %v", err)
	}
	if line, column := again.RulesPosition(3, 1); line != 0 || column != 0 {
		t.Errorf("a canonical form has no lines, but line %d, column %d", line, column)
	}
}

// A place in the rules is a place in the YAML, however the block was written.
func TestRulesPosition(t *testing.T) {
	for name, c := range map[string]struct {
		head   string // up to the first line of the rules
		indent string
		known  bool
	}{
		"block":             {"regels: |\n", "  ", true},
		"deeper":            {"regels: |\n", "      ", true},
		"kept newlines":     {"regels: |+\n", "  ", true},
		"stripped newlines": {"regels: |-\n", "  ", true},
		"comment behind":    {"regels: |  # eigen regels\n", "  ", true},
		"blank line first":  {"regels: |\n\n", "  ", true},
		"on a line below":   {"regels:\n  |\n", "  ", true},
		"given indentation": {"regels: |2\n", "  ", true},
		"folded":            {"regels: >\n", "  ", false},
	} {
		t.Run(name, func(t *testing.T) {
			text := small + c.head + c.indent + strings.ReplaceAll(rulesText, "\n", "\n"+c.indent) + "\n"
			got := parse(t, text)
			line, column := got.RulesPosition(lineOf(got.Rules, "weiger"), 8)
			if !c.known {
				if line != 0 || column != 0 {
					t.Errorf("line %d, column %d of a text whose lines are others", line, column)
				}
				return
			}
			if want := lineOf(text, "weiger"); line != want || column != 8+len(c.indent) {
				t.Errorf("line %d, column %d, want %d, %d", line, column, want, 8+len(c.indent))
			}
		})
	}
}

func lineOf(text, word string) int { return 1 + strings.Count(text[:strings.Index(text, word)], "\n") }

// What people cannot see they cannot sign: it is refused, at its place.
func TestRulesThatCannotBeSeenAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		rules        string
		line, column int // in the rules; 0: at the field
	}{
		"turned around": {"package convenant\n# \u202eredro", 2, 3},
		"no width":      {"package convenant\n\nab\u200bc", 3, 3},
		"too long":      {strings.Repeat("# lang\n", 3000), 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := convenant.ParseYAML([]byte(small + "regels: |\n  " + strings.ReplaceAll(c.rules, "\n", "\n  ") + "\n"))
			var faults fault.List
			if !errors.As(err, &faults) || faults[0].Place != "regels" {
				t.Fatalf("error %v", err)
			}
			top := 1 + strings.Count(small, "\n")
			if c.line > 0 && (faults[0].Line != top+c.line || faults[0].Column != c.column+2) {
				t.Errorf("line %d, column %d, want %d, %d", faults[0].Line, faults[0].Column, top+c.line, c.column+2)
			}
		})
	}
	for name, text := range map[string]string{"a number": "regels: 1", "a list": "regels: [a]", "empty": `regels: ""`, "nothing": "regels:"} {
		if _, err := convenant.ParseYAML([]byte(small + text + "\n")); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
