package tlog_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestEveryKindIsListed reads the constants of type RecordKind from the text of this package.
func TestEveryKindIsListed(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var declared []tlog.RecordKind
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			group, ok := d.(*ast.GenDecl)
			if !ok || group.Tok != token.CONST {
				continue
			}
			for _, s := range group.Specs {
				v := s.(*ast.ValueSpec)
				if of, ok := v.Type.(*ast.Ident); !ok || of.Name != "RecordKind" {
					continue
				}
				text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				declared = append(declared, tlog.RecordKind(text))
			}
		}
	}
	listed := slices.Clone(tlog.Kinds)
	slices.Sort(declared)
	slices.Sort(listed)
	if len(declared) < 18 || !slices.Equal(declared, listed) {
		t.Errorf("declared %v, listed %v", declared, listed)
	}
}
