package policy

import (
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// formOf is the shape of the facts of each Form. When this test fails, the facts have another form: add 1 to Form, and a line here. Then
// processes of the version before go on with their own rules, instead of following rules that ask for facts which they do not establish.
var formOf = map[int]string{
	1: "0da7f13fa727acaae0a031d31bdd6ba264e62e08094ec9cb0c64b4717ab2590e",
}

func TestFormIsThatOfTheFacts(t *testing.T) {
	var b strings.Builder
	describe(&b, reflect.TypeFor[Facts](), map[reflect.Type]bool{})
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(b.String()))); got != formOf[Form] {
		t.Errorf("facts of form %d have shape %s, and were %s", Form, got, formOf[Form])
	}
}

// describe writes the names and kinds that JSON shows of a type.
func describe(b *strings.Builder, t reflect.Type, seen map[reflect.Type]bool) {
	if seen[t] {
		fmt.Fprintf(b, "(%s)", t.Name())
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fmt.Fprintf(b, "%s of ", t.Kind())
		describe(b, t.Elem(), seen)
	case reflect.Struct:
		seen[t] = true
		fmt.Fprintf(b, "{")
		for _, f := range reflect.VisibleFields(t) {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() || name == "-" {
				continue
			}
			fmt.Fprintf(b, "%s:", name)
			describe(b, f.Type, seen)
		}
		fmt.Fprintf(b, "}")
	default:
		fmt.Fprintf(b, "%s ", t.Kind())
	}
}
