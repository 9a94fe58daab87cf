package house

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

const module = "github.com/sluis-gateway/sluis"

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath, Dir, Doc string
	Name                 string
	Imports, Deps        []string
	GoFiles, TestGoFiles []string
	XTestGoFiles         []string
}

// rooms gives the internal packages of ours that a package imports (tests left out), by their path below internal/.
func (p listed) rooms() []string {
	var out []string
	for _, imp := range p.Imports {
		if room, ok := strings.CutPrefix(imp, module+"/internal/"); ok {
			out = append(out, room)
		}
	}
	return out
}

var list = sync.OnceValues(func() ([]listed, error) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,Doc,Name,Imports,Deps,GoFiles,TestGoFiles,XTestGoFiles", module+"/...")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
})

func packages(t *testing.T) []listed {
	t.Helper()
	all, err := list()
	if err != nil {
		t.Fatalf("listing packages: %v", err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages listed: the test looks at the wrong place", len(all))
	}
	return all
}
