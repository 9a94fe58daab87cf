package policy_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// bringing gives the example convenant with rules of its own.
func bringing(t testing.TB, rules string) *convenant.Convenant {
	t.Helper()
	c, err := convenant.ParseYAML([]byte(withRules(rules)))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// withRules gives the text of the example convenant with rules of its own.
func withRules(rules string) string {
	text, err := policies.FS.ReadFile("convenanten/" + denBosch + "/convenant.yaml")
	if err != nil {
		panic(err)
	}
	return string(text) + "regels: |\n  " + strings.ReplaceAll(rules, "\n", "\n  ") + "\n"
}

// fresh gives an engine of this test alone: what is prepared stays.
func fresh(t testing.TB) *policy.Engine {
	t.Helper()
	e, err := policy.New(context.Background(), policies.FS, vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func prepared(t testing.TB, rules string) (*policy.Engine, *convenant.Convenant) {
	t.Helper()
	e, c := fresh(t), bringing(t, rules)
	if err := e.Prepare(c); err != nil {
		t.Fatal(err)
	}
	return e, c
}

func decided(t testing.TB, e *policy.Engine, f policy.Facts) policy.Decision {
	t.Helper()
	d, err := inTime(e, f)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// inTime decides, and again when the machine did something else for half a second: what own rules may take is counted on the clock on the
// wall, and a decision that was not made within it is an error, never a yes.
func inTime(e *policy.Engine, f policy.Facts) (d policy.Decision, err error) {
	for range 20 {
		if d, err = e.Decide(context.Background(), f); !errors.Is(err, policy.ErrRulesTooSlow) {
			break
		}
	}
	return d, err
}

const notToday = `package convenant

weiger contains "Niet in fase 2" if input.gesteld.fase == 2

weiger contains "Niet over incidenten." if "incident" in input.gesteld.gegevens
`

// A rule turns a yes into a no, with its sentence; where it does not hold nothing changes.
func TestOwnRulesRefuse(t *testing.T) {
	e, c := prepared(t, notToday)
	f := signal(t, c)
	f.Stated.Categories = []vocabulary.Category{"signaal"}
	d := decided(t, e, f)
	if d.Allow || len(d.Reasons) != 1 || d.Reasons[0].Code != "regel-van-het-convenant" || len(d.Obligations) > 0 || d.Flow != "" {
		t.Fatalf("decision %+v", d)
	}
	if got := d.Reasons[0]; !strings.HasSuffix(got.Text, ": Niet in fase 2.") || got.Article != "convenant, regels" || got.Advice == "" {
		t.Errorf("reason %+v", got)
	}
	three := 3
	f.Stated.Phase = &three
	if d := decided(t, e, f); !d.Allow {
		t.Errorf("refused where no rule holds: %+v", d.Reasons)
	}
}

// All is told at once: what the other rules have against it, and what the convenant's own have.
func TestOwnRulesAddToARefusal(t *testing.T) {
	e, c := prepared(t, notToday)
	f := signal(t, c)
	f.Stated.Categories = []vocabulary.Category{"incident", "gezondheid"}
	d := decided(t, e, f)
	var codes []string
	for _, r := range d.Reasons {
		codes = append(codes, string(r.Code))
		if r.Code == "regel-van-het-convenant" && !strings.HasSuffix(r.Text, ": Niet in fase 2. Niet over incidenten.") {
			t.Errorf("sentence %q", r.Text)
		}
	}
	if got := strings.Join(codes, " "); got != "categorie-niet-toegestaan regel-van-het-convenant" {
		t.Errorf("reasons %s", got)
	}
}

// Without the rules nothing is decided, and nobody can leave them out by not saying that they are there.
func TestOwnRulesCannotBeLeftOut(t *testing.T) {
	c := bringing(t, notToday)
	if d, err := fresh(t).Decide(context.Background(), signal(t, c)); !errors.Is(err, policy.ErrRulesNotPrepared) || d.Allow {
		t.Errorf("not prepared: %+v, %v", d, err)
	}
	e, c := prepared(t, notToday)
	f := signal(t, c)
	f.Established.Convenant.Rules = false
	if d, err := e.Decide(context.Background(), f); !errors.Is(err, policy.ErrRulesUnannounced) || d.Allow {
		t.Errorf("not announced: %+v, %v", d, err)
	}
}

// What a convenant brings is its own: another version of the same convenant, and another convenant, do not see it.
func TestOwnRulesAreApart(t *testing.T) {
	e, strict := prepared(t, "package convenant\n\nhulp if true\n\nweiger contains \"nooit\" if hulp")
	mild := bringing(t, "package convenant\n\nhulp if false\n\nweiger contains \"soms\" if hulp")
	if err := e.Prepare(mild); err != nil {
		t.Fatal(err)
	}
	if d := decided(t, e, signal(t, mild)); !d.Allow {
		t.Errorf("the rules of another convenant refused: %+v", d.Reasons)
	}
	if d := decided(t, e, signal(t, example(t))); !d.Allow {
		t.Errorf("the rules of another convenant refused: %+v", d.Reasons)
	}
	if d := decided(t, e, signal(t, strict)); d.Allow {
		t.Error("the rules do not refuse any more")
	}
}

// A draft is tried without a trace.
func TestWithKeepsNothing(t *testing.T) {
	e, c := prepared(t, notToday)
	draft := bringing(t, "package convenant\n\nweiger contains \"nooit\"")
	trial, err := e.With(draft)
	if err != nil {
		t.Fatal(err)
	}
	if decided(t, trial, signal(t, draft)).Allow || decided(t, trial, signal(t, c)).Allow {
		t.Error("a trial does not know the draft, or not what is in force")
	}
	if _, err := e.Decide(context.Background(), signal(t, draft)); !errors.Is(err, policy.ErrRulesNotPrepared) {
		t.Errorf("the engine knows what was only tried: %v", err)
	}
	if _, err := e.With(bringing(t, "package convenant\n\nweiger contains x")); err == nil {
		t.Error("a draft that does not compile was tried")
	}
}

// A rule that does not come to an end is an error, in time, and never a yes.
func TestOwnRulesEndInTime(t *testing.T) {
	const digits = "cijfers := [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]"
	nine, all := "", "0"
	for _, name := range strings.Split("abcdefghi", "") {
		nine += "\tsome " + name + " in cijfers\n"
		all += " + " + name
	}
	for name, rules := range map[string]string{
		"loop":          "weiger contains \"nee\" if {\n" + nine + "\t" + all + " == 99\n}",
		"comprehension": "weiger contains \"nee\" if count([1 |\n" + nine + "]) == 5",
		"every":         "weiger contains \"nee\" if every _ in cijfers {\n" + strings.Repeat("every _ in cijfers {\n", 9) + "1 == 1\n" + strings.Repeat("}", 10),
		"helper":        "h(x) if {\n" + nine + "\t" + all + " == x\n}\n\nweiger contains \"nee\" if h(99)",
		"whole input":   "weiger contains \"nee\" if {\n" + strings.Repeat("\tinput[_][_][_]\n", 12) + "\tsome x in cijfers\n\tx == 99\n}",
	} {
		t.Run(name, func(t *testing.T) {
			e, c := prepared(t, "package convenant\n\n"+digits+"\n\n"+rules)
			start := worked(t)
			d, err := e.Decide(context.Background(), signal(t, c))
			if !errors.Is(err, policy.ErrRulesTooSlow) || d.Allow {
				t.Errorf("decision %+v, error %v", d, err)
			}
			if took := worked(t) - start; took > 3*time.Second {
				t.Errorf("stopped after %v", took)
			}
		})
	}
}
