package advice_test

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// officer reads sealed motivations, and stands in no flow: whoever must not be on the card in a function is this one.
const officer vocabulary.Function = "privacyfunctionaris"

func exampleIDs(t *testing.T) []string {
	t.Helper()
	folders, err := fs.ReadDir(policies.FS, "convenanten")
	must(t, err)
	var ids []string
	for _, f := range folders {
		ids = append(ids, f.Name())
	}
	return ids
}

func exampleText(t *testing.T, id string) []byte {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + id + "/convenant.yaml")
	must(t, err)
	return text
}

// exampleFiles gives the files of cases, by their path.
func exampleFiles(t *testing.T) map[string]casefile.File {
	t.Helper()
	names, err := fs.Glob(policies.FS, "convenanten/*/gevallen/*.yaml")
	must(t, err)
	all := map[string]casefile.File{}
	for _, name := range names {
		text, err := policies.FS.ReadFile(name)
		must(t, err)
		if all[name], err = casefile.Parse(text); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return all
}

func convenantOf(file string) string { return path.Base(path.Dir(path.Dir(file))) }

// allAgreed gives the examples as they are, by id.
func allAgreed(t *testing.T) map[string]*convenant.Convenant {
	t.Helper()
	all := map[string]*convenant.Convenant{}
	for _, id := range exampleIDs(t) {
		c, err := convenant.ParseYAML(exampleText(t, id))
		must(t, err)
		all[id] = c
	}
	return all
}

// agreedRole gives the role that the examples agree on for a party.
func agreedRole(t *testing.T, oin party.OIN) (vocabulary.Role, bool) {
	t.Helper()
	for _, c := range allAgreed(t) {
		if m, ok := c.Member(oin); ok {
			return m.Role, true
		}
	}
	return "", false
}

// everybody gives all parties of the examples, with people in every function that a convenant or case names, and for each role one
// party that no convenant names.
func everybody(t *testing.T) []gatewaytest.Joining {
	t.Helper()
	roles, schools, functions := map[party.OIN]vocabulary.Role{}, map[party.OIN]vocabulary.SchoolType{}, map[party.OIN][]vocabulary.Function{}
	byRole := map[vocabulary.Role][]vocabulary.Function{}
	agreed := allAgreed(t)
	for _, id := range slices.Sorted(maps.Keys(agreed)) {
		c := agreed[id]
		for _, f := range c.Flows {
			byRole[f.From.Role] = append(byRole[f.From.Role], f.From.Functions...)
			byRole[f.To.Role] = append(byRole[f.To.Role], f.To.Functions...)
		}
		for _, m := range c.Parties {
			roles[m.OIN] = m.Role
			if m.Role == "school" && schools[m.OIN] == "" {
				schools[m.OIN] = "vo"
			}
		}
	}
	files := exampleFiles(t)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f := files[name]
		for _, p := range f.Parties {
			if p.SchoolType != nil {
				schools[p.OIN] = *p.SchoolType
			}
		}
		for _, c := range f.Cases {
			for _, s := range []casefile.Side{c.From, c.To} {
				functions[s.OIN] = append(functions[s.OIN], s.Function)
			}
		}
	}
	var all []gatewaytest.Joining
	join := func(oin party.OIN, role vocabulary.Role, also []vocabulary.Function) {
		all = append(all, gatewaytest.Joining{Short: string(oin), OIN: oin, Role: role, SchoolType: schools[oin],
			People: people(append(append([]vocabulary.Function{"convenantbeheerder"}, byRole[role]...), also...), role)})
	}
	for _, oin := range slices.Sorted(maps.Keys(roles)) {
		join(oin, roles[oin], functions[oin])
	}
	for n, role := range slices.Sorted(maps.Keys(byRole)) {
		oin := party.OIN(fmt.Sprintf("000000990009%04d0000", n+1))
		if role == "school" {
			schools[oin] = "vo"
		}
		join(oin, role, nil)
	}
	return all
}

// people gives an officer, and for each function of a role somebody.
func people(functions []vocabulary.Function, role vocabulary.Role) map[string][]vocabulary.Function {
	all := map[string][]vocabulary.Function{"a-officier": {officer}}
	for _, f := range functions {
		if !slices.Contains(vocabulary.Default().FunctionsOf(role), string(f)) {
			continue
		}
		all[string(f)+"-1"] = []vocabulary.Function{f}
	}
	return all
}

// token is somebody's, made now by the clock of this world.
func (w *world) token(who *gatewaytest.Person) string {
	return who.Token(func(c *jose.TokenClaims) {
		c.IssuedAt = w.clock.Now()
		c.Expires = c.IssuedAt.Add(jose.MaxTokenLife - time.Second)
	})
}
