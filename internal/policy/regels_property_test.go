package policy_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// drawRules gives rules of any kind that compile.
func drawRules(t *rapid.T) string {
	conditions := []string{"input.gesteld.fase == 2", "input.gesteld.fase < 3", `"incident" in input.gesteld.gegevens`, "not input.vastgesteld.motivering",
		"input.gesteld.verklaringen.proportioneel", `input.vastgesteld.ontvanger.rol == "politie"`, "count(input.gesteld.gegevens) > 1", "1 == 2"}
	rules := "package convenant\n"
	for i := range rapid.IntRange(1, 4).Draw(t, "rules") {
		body := rapid.SliceOfN(rapid.SampledFrom(conditions), 1, 3).Draw(t, "body")
		rules += fmt.Sprintf("\nweiger contains \"zin %d\" if {\n\t%s\n}\n", i, strings.Join(body, "\n\t"))
	}
	return rules
}

// Whatever a convenant brings, it allows nothing that was refused, and takes away no reason: it can only refuse more.
func TestOwnRulesOnlyRefuse(t *testing.T) {
	e, plain := fresh(t), example(t)
	refused, left := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		c, err := convenant.ParseYAML([]byte(withRules(rules)))
		if err != nil {
			t.Fatal(err)
		}
		trial, err := e.With(c)
		if err != nil {
			t.Fatal(err)
		}
		f := drawFacts(t, plain)
		without, err := e.Decide(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		f.Established.Convenant.Digest, f.Established.Convenant.Rules = c.Digest().String(), true
		with, err := inTime(trial, f)
		if err != nil {
			t.Fatal(err)
		}
		own := slices.ContainsFunc(with.Reasons, func(r policy.Reason) bool { return r.Code == "regel-van-het-convenant" })
		others := slices.DeleteFunc(slices.Clone(with.Reasons), func(r policy.Reason) bool { return r.Code == "regel-van-het-convenant" })
		if with.Allow && !without.Allow || with.Allow == own && own || without.Allow && !own && !with.Allow {
			t.Fatalf("without %+v, with %+v", without, with)
		}
		if !slices.Equal(others, without.Reasons) || !reflect.DeepEqual(with.AllowedCategories, without.AllowedCategories) {
			t.Fatalf("other reasons: without %+v, with %+v", without, with)
		}
		if own {
			refused++
		} else {
			left++
		}
	})
	if refused == 0 || left == 0 {
		t.Errorf("refused %d, left alone %d: one never happened", refused, left)
	}
}

// More convenants than stand compiled at once, asked from many sides at the same time: each is decided by its own rules.
func TestOwnRulesAtTheSameTime(t *testing.T) {
	e := fresh(t)
	var all []*convenant.Convenant
	for i := range 160 {
		c := bringing(t, fmt.Sprintf("package convenant\n\nweiger contains \"regel %d\"", i))
		if err := e.Prepare(c); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	f := signal(t, all[0])
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := range all {
				i = (i*7 + worker*40) % len(all)
				own := f
				own.Established.Convenant.Digest = all[i].Digest().String()
				d, err := inTime(e, own)
				if err != nil || len(d.Reasons) != 1 || !strings.HasSuffix(d.Reasons[0].Text, fmt.Sprintf(": regel %d.", i)) {
					t.Errorf("convenant %d: %+v, %v", i, d, err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// FuzzOwnRules: whatever a municipality writes, it is refused with faults in the rules or decides in time, and never allows.
func FuzzOwnRules(f *testing.F) {
	f.Add(notToday)
	f.Add("package convenant\n\nhulp contains x if some x in input.gesteld.gegevens\n\nweiger contains \"x\" if count(hulp) > 2")
	f.Add("package convenant\n\nf(x) := y if {\n\ty := x + 1\n} else := 2\n\nweiger contains \"x\" if f(1) == 2")
	f.Add("package convenant\n\nweiger contains \"x\" if every g in input.gesteld.gegevens {\n\tg != \"gezondheid\"\n}")
	f.Add(`package convenant; weiger contains "x" if {some i; input[i]; {y: 1 | y := i}}`)
	e, plain := fresh(f), example(f)
	refused := signal(f, plain)
	refused.Stated.Purpose = "hulp-en-zorg"
	f.Fuzz(func(t *testing.T, rules string) {
		c, err := convenant.ParseYAML([]byte(withRules(rules)))
		if err != nil {
			return
		}
		trial, err := e.With(c)
		if err != nil {
			var faults fault.List
			if !errors.As(err, &faults) || faults[0].Place != "regels" {
				t.Fatalf("no faults: %v", err)
			}
			return
		}
		facts := refused
		facts.Established.Convenant.Digest, facts.Established.Convenant.Rules = c.Digest().String(), true
		if d, err := trial.Decide(context.Background(), facts); err == nil && (d.Allow || len(d.Reasons) == 0) {
			t.Fatalf("allowed: %+v", d)
		}
	})
}
