package house

import (
	"slices"
	"strings"
	"testing"
)

// pure rooms say what things are. They may import one another and nothing else of ours.
var pure = []string{"fault", "digest", "strictjson", "vocabulary", "jose", "message", "message/reference", "party", "convenant", "convenant/tell", "convenant/lint", "convenant/changes", "term", "tlog"}

// arrows are the rooms that a room may import besides the pure ones. A room that is missing here is not in the drawing.
var arrows = map[string][]string{
	// the gateway's side, from the bottom up
	"policy":            {},
	"casefile":          {"policy"},
	"audit":             {},
	"notify":            {},
	"auth":              {},
	"registry":          {"audit"},
	"relay":             {"audit", "auth", "policy", "registry"},
	"replay":            {"audit", "policy"},
	"store/sqlite":      {"audit", "auth", "registry", "relay", "replay"},
	"store/postgres":    {"audit", "auth", "registry", "relay", "replay"},
	"store/daykey":      {"relay"},
	"store/move":        {"audit", "store/postgres", "store/sqlite", "trailcheck"},
	"store/conformance": {"audit", "auth", "registry", "relay", "replay"},
	"api":               {"audit", "auth", "notify", "policy", "registry", "relay", "replay"},
	"gateway":           {"api", "audit", "auth", "notify", "policy", "registry", "relay", "replay", "store/sqlite", "store/postgres", "store/daykey", "store/move"},
	// the parties' side
	"client": {},
	// beside both
	"pki":        {},
	"shell":      {},
	"trailcheck": {},
	"demo":       {"client", "gateway", "pki", "shell", "trailcheck"},
	"advice":     {},
	"endurance":  {},
	"house":      {},
	"outsider":   {},
	// for tests only: nothing that ships imports them
	"message/messagetest":   {},
	"registry/registrytest": {"pki"},
	"api/apitest":           {"api"},
	"gateway/gatewaytest":   {"client", "freeport", "gateway", "pki", "api", "api/apitest", "store/postgres", "store/postgres/pgtest"},
	"freeport":              {},
	"store/postgres/pgtest": {"freeport"},
}

// testOnly are rooms that only tests may import.
var testOnly = []string{"message/messagetest", "registry/registrytest", "api/apitest", "gateway/gatewaytest", "store/conformance", "store/postgres/pgtest", "freeport"}

func TestImportsRunAsDrawn(t *testing.T) {
	for _, p := range packages(t) {
		room, ok := strings.CutPrefix(p.ImportPath, module+"/internal/")
		if !ok {
			continue // cmd and policies: see below
		}
		allowed, drawn := arrows[room]
		if !drawn && !slices.Contains(pure, room) {
			t.Errorf("room %s is not in the drawing", room)
		}
		for _, other := range p.rooms() {
			switch {
			case slices.Contains(pure, other), slices.Contains(allowed, other):
			default:
				t.Errorf("%s imports %s: no such arrow in the drawing", room, other)
			}
		}
	}
}

// TestTrailcheckIsIndependent: the verifier shares no code with the writer.
func TestTrailcheckIsIndependent(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != module+"/internal/trailcheck" {
			continue
		}
		for _, dep := range p.Deps {
			if strings.HasPrefix(dep, module) && dep != p.ImportPath {
				t.Errorf("trailcheck depends on %s: it must not trust what the writer trusts", dep)
			}
		}
		return
	}
	t.Error("there is no trailcheck package")
}

// TestPureRoomsStayPure looks at the whole closure of each pure room: none of our packages in it may reach for the world.
func TestPureRoomsStayPure(t *testing.T) {
	all := map[string]listed{}
	for _, p := range packages(t) {
		all[p.ImportPath] = p
	}
	world := []string{"os", "os/exec", "net", "net/http", "database/sql", "syscall"}
	for _, room := range pure {
		root, ok := all[module+"/internal/"+room]
		if !ok {
			t.Errorf("pure room %s does not exist", room)
			continue
		}
		for _, dep := range append(root.Deps, root.ImportPath) {
			p, ours := all[dep]
			if !ours {
				continue
			}
			if other, ok := strings.CutPrefix(dep, module+"/internal/"); ok && !slices.Contains(pure, other) {
				t.Errorf("pure room %s depends on %s", room, other)
			}
			for _, imp := range p.Imports {
				if slices.Contains(world, imp) {
					t.Errorf("pure room %s reaches %s through %s", room, imp, dep)
				}
			}
		}
	}
}

// TestLibrariesStayInTheirRoom: what is to be replaced one day (docs/decisions) is imported in one place.
func TestLibrariesStayInTheirRoom(t *testing.T) {
	rooms := map[string][]string{
		"github.com/lestrrat-go/jwx/v2":         {"jose"},
		"github.com/labstack/echo/v4":           {"api", "web"},
		"github.com/open-policy-agent/opa":      {"policy"},
		"modernc.org/sqlite":                    {"store/sqlite", "trailcheck"},
		"filippo.io/age":                        {"client", "relay", "message", "party"},
		"github.com/goccy/go-yaml":              {"convenant", "vocabulary", "gateway", "client", "api", "casefile"},
		"github.com/santhosh-tekuri/jsonschema": {"message", "convenant"},
	}
	for _, p := range packages(t) {
		room := strings.TrimPrefix(p.ImportPath, module+"/internal/")
		if slices.Contains(testOnly, room) {
			continue // what only tests import does not tie the binary to anything
		}
		for _, imp := range p.Imports {
			for lib, allowed := range rooms {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.Contains(allowed, room) {
					t.Errorf("%s imports %s: only %v may", room, imp, allowed)
				}
			}
		}
	}
}

func TestNothingThatShipsImportsTestRooms(t *testing.T) {
	for _, p := range packages(t) {
		room := strings.TrimPrefix(p.ImportPath, module+"/internal/")
		if slices.Contains(testOnly, room) {
			continue
		}
		for _, other := range p.rooms() {
			if slices.Contains(testOnly, other) {
				t.Errorf("%s imports %s, which is for tests", room, other)
			}
		}
	}
}
