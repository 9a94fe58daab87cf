package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/sluis-gateway/sluis/internal/digest"
)

// rules are the texts of the Rego files that decide, by path.
type rules struct {
	names []string // sorted
	texts map[string]string
}

// maxRules bounds a folder given by an operator, in files and in bytes of one file.
const (
	maxRules     = 500
	maxRuleBytes = 1 << 20
)

// readRules reads every *.rego below the root but the tests.
func readRules(fsys fs.FS) (rules, error) {
	r := rules{texts: map[string]string{}}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if len(text) > maxRuleBytes || len(r.names) == maxRules {
			return fmt.Errorf("%s: too long, or too many files", name)
		}
		r.names, r.texts[name] = append(r.names, name), string(text)
		return nil
	})
	if err != nil {
		return rules{}, err
	}
	if len(r.names) == 0 {
		return rules{}, errors.New("there are no *.rego files")
	}
	slices.Sort(r.names)
	return r, nil
}

func (r rules) digest() digest.SHA256 {
	parts := make([]string, 0, 2*len(r.names))
	for _, name := range r.names {
		parts = append(parts, name, digest.Of([]byte(r.texts[name])).String())
	}
	return digestOf(parts...)
}

// compile gives an error with file and line for what does not parse, does not compile, or asks for a built-in that looks outside
// the facts.
func (r rules) compile() (*ast.Compiler, error) {
	capabilities := pureCapabilities()
	modules := make(map[string]*ast.Module, len(r.names))
	for _, name := range r.names {
		module, err := ast.ParseModuleWithOpts(name, r.texts[name], ast.ParserOptions{ProcessAnnotation: true, Capabilities: capabilities})
		if err != nil {
			return nil, err
		}
		modules[name] = module
	}
	compiler := ast.NewCompiler().WithCapabilities(capabilities).WithStrict(true)
	if compiler.Compile(modules); compiler.Failed() {
		return nil, compiler.Errors
	}
	return compiler, nil
}

// pureCapabilities leaves out every built-in function whose answer depends on more than its arguments (http.send, time.now_ns,
// rand.intn, opa.runtime, …), those that print or trace, and those that fetch schemas or keys: a decision must be the same when
// it is made again, and rules must not be able to carry facts outside.
func pureCapabilities() *ast.Capabilities {
	all := ast.CapabilitiesForThisVersion()
	all.AllowNet = []string{}
	all.Builtins = slices.DeleteFunc(all.Builtins, func(b *ast.Builtin) bool {
		return b.Nondeterministic || b.Name == "trace" || b.Name == "print" || b.Name == "internal.print"
	})
	return all
}
