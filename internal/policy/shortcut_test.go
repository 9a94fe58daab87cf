package policy_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestShortcutsDecideAsTheRulesDo: the short way and the rules themselves give the same decision on whatever message, while classes
// are learnt and forgotten: there is room for fewer than there are. SLUIS_CASES sets the number of cases.
func TestShortcutsDecideAsTheRulesDo(t *testing.T) {
	e := engine(t)
	e.LearnAtOnce(40)
	decideAlike(t, e, cases(t, 600))
}

// TestShortcutsOfOtherRules: the same for rules of an operator, who added an objection and the condition that goes with it.
func TestShortcutsOfOtherRules(t *testing.T) {
	own := ownRules(t, "sluis/eigen.rego", `package sluis.algemeen

bezwaar contains "doel-is-opsporing" if not niet_te_veel

niet_te_veel if count(input.vastgesteld.ontvanger.deelnemers) < 2
`)
	convenant := own["sluis/algemeen/convenant.rego"]
	convenant.Data = []byte(strings.Replace(string(convenant.Data), "\tgeen_opsporing\n", "\tgeen_opsporing\n\tniet_te_veel\n", 1))
	e, err := policy.New(context.Background(), own, vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	prepareAll(t, e)
	e.LearnAtOnce(100)
	decideAlike(t, e, cases(t, 150))
}

// TestNoShortcutPastTheAnswer: an operator who says something else about the answer itself gets no shortcuts.
func TestNoShortcutPastTheAnswer(t *testing.T) {
	f := signal(t, example(t))
	for name, change := range map[string]func(fstest.MapFS){
		"the file": func(own fstest.MapFS) {
			file := own["sluis/besluit/besluit.rego"]
			file.Data = []byte(strings.Replace(string(file.Data), "\ttoegestaan\n} else", "\ttoegestaan\n\tinput.vastgesteld.betrokkenen > 1\n} else", 1))
		},
		"a file more": func(own fstest.MapFS) {
			own["sluis/eigen.rego"] = &fstest.MapFile{Data: []byte("package sluis.besluit\n\nantwoord := weigering if input.vastgesteld.betrokkenen == 1\n")}
		},
	} {
		own := ownRules(t, "sluis/anders.rego", "package sluis.anders\n\nniets := 1\n")
		change(own)
		e, err := policy.New(context.Background(), own, vocabulary.Default())
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if d, err := e.Decide(context.Background(), f); d.Allow || err == nil {
				t.Errorf("%s: allowed %v, error %v", name, d.Allow, err)
			}
		}
	}
}

// TestShortcutsTogether: many at once, while classes are learnt and forgotten.
func TestShortcutsTogether(t *testing.T) {
	e := engine(t)
	e.LearnAtOnce(5)
	var all []policy.Facts
	var want []policy.Decision
	for _, c := range examples(t) {
		for _, f := range throughAll(t, c) {
			d, err := e.Fully(context.Background(), f)
			if err != nil {
				t.Fatal(err)
			}
			all, want = append(all, f), append(want, d)
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 3 {
				for i, f := range all {
					if got, err := e.Decide(context.Background(), f); err != nil || !cmp.Equal(got, want[i]) {
						t.Errorf("%v\n%s", err, cmp.Diff(want[i], got))
						return
					}
				}
			}
		})
	}
	wg.Wait()
}

// TestMostAllowedMessagesHaveAShortcut: it is there for what people do every day.
func TestMostAllowedMessagesHaveAShortcut(t *testing.T) {
	e := engine(t)
	e.LearnAtOnce(1000)
	quick, all := 0, 0
	for _, c := range examples(t) {
		for _, f := range throughAll(t, c) {
			taught(t, e, f)
			f.Established.Sender.Participant, f.Established.Case.ID = "a-2", "0192aaaa-0000-7000-8000-000000000002"
			all++
			if ok, _, _ := e.Quick(context.Background(), f); ok {
				quick++
			} else {
				t.Logf("%s: none for %s on %s", c.ID, f.Stated.Kind, f.Stated.Basis)
			}
		}
	}
	if quick*10 < all*9 {
		t.Errorf("a shortcut for %d of %d", quick, all)
	}
}
