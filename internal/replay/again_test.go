package replay_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestDecideAgainIsTheSame(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	for phase, want := range map[int]string{1: "geweigerd", 2: "toegestaan"} {
		r, err := replay.Decide(context.Background(), recorded(t, e, 3, signal(c, phase)), e.Bundle(), nil)
		must(t, err)
		if !r.Same || r.Now.Decision != want || r.Nr != 3 || r.Bundle != e.Digest() {
			t.Errorf("phase %d: %+v", phase, r)
		}
	}
}

// A record that was changed after its decision comes out otherwise, or names rules that there are not.
func TestDecideAgainFindsWhatWasChanged(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	for name, change := range map[string]func(*tlog.Record){
		"yes into no":    func(r *tlog.Record) { *r.Decision = "geweigerd" },
		"another reason": func(r *tlog.Record) { r.Reasons = []string{"kaart-verlopen"} },
		"another phase":  func(r *tlog.Record) { r.Facts = []byte(strings.Replace(string(r.Facts), `"fase":2`, `"fase":1`, 1)) },
		"another purpose": func(r *tlog.Record) {
			r.Facts = []byte(strings.Replace(string(r.Facts), "veilige-school\",\"fase", "opsporing\",\"fase", 1))
		},
	} {
		record := recorded(t, e, 1, signal(c, 2))
		before := string(record.Facts) + *record.Decision + strings.Join(record.Reasons, "")
		change(&record)
		if before == string(record.Facts)+*record.Decision+strings.Join(record.Reasons, "") {
			t.Fatalf("%s: nothing was changed", name)
		}
		if r, err := replay.Decide(context.Background(), record, e.Bundle(), nil); err != nil || r.Same {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestDecideAgainRefuses(t *testing.T) {
	c, e := example(t, same), engineOf(t, vocabulary.Default(), "", "")
	newer := engineOf(t, vocabulary.Default(), "sluis/eigen.rego", "package sluis.eigen\n\nanders := true\n")
	for name, change := range map[string]struct {
		record func(*tlog.Record)
		rules  policy.Bundle
		want   error
	}{
		"other rules":         {func(*tlog.Record) {}, newer.Bundle(), replay.ErrOtherRules},
		"another digest":      {func(r *tlog.Record) { digest := newer.Digest(); r.Policy = &digest }, e.Bundle(), replay.ErrOtherRules},
		"no decision":         {func(r *tlog.Record) { r.Kind = tlog.Offered }, e.Bundle(), replay.ErrNoDecision},
		"facts that are gone": {func(r *tlog.Record) { r.Facts = nil }, e.Bundle(), replay.ErrNoDecision},
		"facts that are null": {func(r *tlog.Record) { r.Facts = []byte("null") }, e.Bundle(), replay.ErrNoDecision},
		"another convenant": {func(r *tlog.Record) {
			r.Facts = []byte(strings.ReplaceAll(string(r.Facts), c.Digest().String(), "sha-256=:x:"))
		}, e.Bundle(), replay.ErrOtherRules},
		"rules nobody gave it": {func(r *tlog.Record) {
			r.Facts = []byte(strings.Replace(string(r.Facts), `"regels":false`, `"regels":true`, 1))
		}, e.Bundle(), replay.ErrOtherRules},
	} {
		record := recorded(t, e, 1, signal(c, 2))
		change.record(&record)
		if r, err := replay.Decide(context.Background(), record, change.rules, nil); !errors.Is(err, change.want) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

// A vocabulary of another day is another bundle; with its own the decision is the same.
func TestDecideAgainWithAnotherVocabulary(t *testing.T) {
	c := example(t, same)
	tree := fstest.MapFS{}
	for path, text := range vocabulary.Default().Texts() {
		tree[path] = &fstest.MapFile{Data: []byte(text + "# van toen\n")}
	}
	words, err := vocabulary.Load(tree)
	must(t, err)
	then, now := engineOf(t, words, "", ""), engineOf(t, vocabulary.Default(), "", "")
	record := recorded(t, then, 1, signal(c, 2))
	if _, err := replay.Decide(context.Background(), record, now.Bundle(), nil); !errors.Is(err, replay.ErrOtherRules) {
		t.Errorf("with the vocabulary of now: %v", err)
	}
	kept, err := policy.ParseBundle(then.Bundle().Canonical())
	must(t, err)
	if r, err := replay.Decide(context.Background(), record, kept, nil); err != nil || !r.Same {
		t.Errorf("with its own: %+v, %v", r, err)
	}
}

// A convenant that brings rules decides with them, and with no other version's.
func TestDecideAgainWithTheConvenantsOwnRules(t *testing.T) {
	const rules = "\nregels: |\n  package convenant\n\n  weiger contains \"Niet in fase 2.\" if {\n    input.gesteld.fase == 2\n  }\n"
	c, other, e := example(t, func(s string) string { return s + rules }), example(t, same), engineOf(t, vocabulary.Default(), "", "")
	with, err := e.With(c)
	must(t, err)
	record := recorded(t, with, 1, signal(c, 2))
	if len(record.Reasons) == 0 {
		t.Fatal("the rules of the convenant did not refuse")
	}
	for name, given := range map[string]*convenant.Convenant{"none": nil, "another version": other} {
		if _, err := replay.Decide(context.Background(), record, e.Bundle(), given); !errors.Is(err, replay.ErrOtherRules) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r, err := replay.Decide(context.Background(), record, e.Bundle(), c); err != nil || !r.Same || r.Now.Decision != "geweigerd" {
		t.Errorf("with its own: %+v, %v", r, err)
	}
}
