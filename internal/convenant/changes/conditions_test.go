package changes

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestWhichParameterLetsMoreThrough, both ways; what nobody can compare is both more and less.
func TestWhichParameterLetsMoreThrough(t *testing.T) {
	maximum := func(n float64, per string) any { return map[string]any{"aantal": n, "per": per} }
	for _, c := range []struct {
		code       vocabulary.Condition
		was, now   any
		more, less bool
	}{
		{"fase-minimaal", 2.0, 3.0, false, true},
		{"meldcode-stappen", 3.0, 5.0, false, true},
		{"gericht", 5.0, 3.0, false, true},
		{"leeftijdsgroep", []any{"12-17", "18-22"}, []any{"12-17"}, false, true},
		{"verzuimdrempel", []any{"luxe-verzuim"}, []any{"ziek-15-dagen"}, true, true},
		{"maximum", maximum(5, "P7D"), maximum(3, "P7D"), false, true},
		{"maximum", maximum(5, "P7D"), maximum(5, "P1D"), true, true},
		{"maximum", maximum(5, "P7D"), 3.0, true, true},
		{"nieuw", 1.0, 2.0, true, true},
		{"nieuw", "a", "b", true, true},
	} {
		if more, less := compareParameters(convenant.Condition{Code: c.code}, c.was, c.now); more != c.more || less != c.less {
			t.Errorf("%s from %v to %v: more %v, less %v", c.code, c.was, c.now, more, less)
		}
		if more, less := compareParameters(convenant.Condition{Code: c.code}, c.now, c.was); more != c.less || less != c.more {
			t.Errorf("%s from %v to %v: more %v, less %v", c.code, c.now, c.was, more, less)
		}
	}
}
