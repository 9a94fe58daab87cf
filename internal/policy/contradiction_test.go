package policy_test

import (
	"context"
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// ownRules gives the rules of the binary as a folder of an operator, with one file more.
func ownRules(t *testing.T, name, text string) fstest.MapFS {
	t.Helper()
	own := fstest.MapFS{name: {Data: []byte(text)}}
	err := fs.WalkDir(policies.FS, "sluis", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := policies.FS.ReadFile(path)
		own[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return own
}

// An operator who adds an objection, and forgets the short way to a yes, gets no yes: a rule that is written down is enforced.
func TestAnAddedObjectionIsNeverPassedOver(t *testing.T) {
	facts := signal(t, example(t))
	for name, text := range map[string]string{
		"general": "package sluis.algemeen\n\nbezwaar contains \"eigen-bezwaar\" if input.gesteld.soort == \"signaal\"\n",
		"of flow": "package sluis.stromen\n\nbezwaar[i] contains \"eigen-bezwaar\" if some i, _ in alle\n",
		"failing": "package sluis.algemeen\n\nbezwaar contains x if x := 1 / (input.vastgesteld.betrokkenen * 0)\n",
	} {
		e, err := policy.New(context.Background(), ownRules(t, "sluis/eigen.rego", text), vocabulary.Default())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		d, err := e.Decide(t.Context(), facts)
		if err == nil || d.Allow {
			t.Errorf("%s: allowed %v, %v", name, d.Allow, err)
		}
		if name != "failing" && !errors.Is(err, policy.ErrContradiction) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Other rules that do say the same twice are asked twice and agree.
func TestRulesThatAgreeWithThemselvesDecide(t *testing.T) {
	e, err := policy.New(context.Background(), ownRules(t, "sluis/eigen.rego", "package sluis.eigen\n\nniets := 1\n"), vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	if d, err := e.Decide(t.Context(), signal(t, example(t))); err != nil || !d.Allow {
		t.Errorf("allowed %v, %v", d.Allow, err)
	}
}
