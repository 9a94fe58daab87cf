package policy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Limits of what the rules of one convenant can say.
const (
	maxSentences     = 10  // different ones
	maxSentenceRunes = 300 // of one
	maxDigits        = 9   // of a number
	maxExpressions   = 50  // in one body: putting thousands in the order in which they can be worked out takes the compiler half a minute
)

// checkForm notes what the rules of a convenant may not be, beside what does not compile:
//   - their only ending is `weiger contains "zin" if {…}`, with a sentence that stands there: it cannot repeat a fact;
//   - they look at the facts alone: no import, no other package, no `with` that changes what is looked at;
//   - they cannot grow out of hand in one step, which no term stops: no list that holds what was found, and no long number. What lists
//     are made of at all is looked at while they are made: see [loose].
func checkForm(m *ast.Module) []located {
	f := form{sentences: map[string]bool{}}
	if !m.Package.Path.Equal(ownPackage) {
		f.fault(m.Package.Location, "begin met `package convenant`: een ander pakket kan een convenant niet meebrengen")
	}
	for _, i := range m.Imports {
		if !i.Path.Value.(ast.Ref).Equal(regoV1) {
			f.fault(i.Location, "laat `import` weg: een regel van een convenant kijkt alleen naar de feiten van het bericht (`input`)")
		}
	}
	for _, rule := range m.Rules {
		for r := rule; r != nil; r = r.Else {
			f.rule(r, r != rule)
		}
	}
	if len(f.sentences) == 0 && len(f.faults) == 0 {
		f.fault(m.Package.Location, "er is geen regel `weiger contains \"zin\" if {…}`; zonder zo'n regel doet dit niets")
	}
	return f.faults
}

type located struct {
	at      *ast.Location
	message string
}

type form struct {
	sentences map[string]bool
	faults    []located
}

func (f *form) fault(at *ast.Location, message string) {
	f.faults = append(f.faults, located{at, message})
}

func (f *form) rule(r *ast.Rule, other bool) {
	if len(r.Head.Reference) == 1 && r.Head.Name == refuses || len(r.Head.Reference) > 1 && r.Head.Reference[0].Equal(ast.VarTerm(string(refuses))) {
		f.refusal(r, other)
	} else if len(r.Head.Reference) > 1 {
		f.fault(r.Location, "geef een hulpregel een gewone naam, zonder punt of haken: `naam`, `naam(x)` of `naam contains x`")
	}
	f.terms(r)
}

func (f *form) refusal(r *ast.Rule, other bool) {
	var sentence ast.String
	ok := len(r.Head.Reference) == 1 && r.Head.Key != nil && r.Head.Value == nil && len(r.Head.Args) == 0 && !r.Default && !other
	if ok {
		sentence, ok = r.Head.Key.Value.(ast.String)
	}
	if !ok {
		f.fault(r.Location, "schrijf elke weigering als `weiger contains \"zin\" if {…}`, met een zin die vaststaat")
		return
	}
	text := string(sentence)
	if n := utf8.RuneCountInString(text); n > maxSentenceRunes || strings.TrimSpace(text) == "" || strings.ContainsFunc(text, unprintable) {
		f.fault(r.Head.Key.Location, "een zin heeft 1 tot en met 300 tekens die te lezen zijn, op één regel")
	}
	if f.sentences[text] = true; len(f.sentences) == maxSentences+1 {
		f.fault(r.Head.Key.Location, "hoogstens 10 verschillende zinnen: voeg weigeringen samen")
	}
}

func unprintable(c rune) bool { return !unicode.IsPrint(c) }

// terms looks at everything that stands in a rule.
func (f *form) terms(r *ast.Rule) {
	alone := *r
	alone.Else = nil // has its own turn
	ast.NewGenericVisitor(func(x any) bool {
		switch x := x.(type) {
		case *ast.With:
			f.fault(x.Location, "laat `with` weg: een regel kan de feiten niet veranderen")
		case ast.Body:
			if len(x) > maxExpressions {
				f.fault(x[maxExpressions].Location, "hoogstens 50 voorwaarden bij elkaar: maak er hulpregels van")
			}
		case *ast.Expr:
			if x.IsCall() && x.Operator().Equal(printing) { // the compiler would leave it out without a word
				f.fault(x.Location, "laat `print` weg: wat een regel ziet blijft binnen")
			}
		case *ast.Term:
			f.term(x)
		}
		return false
	}).Walk(&alone)
}

func (f *form) term(t *ast.Term) {
	switch v := t.Value.(type) {
	case ast.Ref:
		if len(v) > 0 && v[0].Equal(ast.DefaultRootDocument) {
			f.fault(t.Location, "laat `data` weg: een regel van een convenant kijkt alleen naar de feiten van het bericht (`input`)")
		}
	case ast.Number:
		if strings.Trim(string(v), "0123456789-") != "" || len(strings.TrimPrefix(string(v), "-")) > maxDigits {
			f.fault(t.Location, "gebruik een geheel getal van hoogstens 9 cijfers")
		}
	case *ast.Array, ast.Set, ast.Object:
		if !constant(t) {
			f.fault(t.Location, "in een lijst tussen haken horen alleen vaste woorden en getallen; gebruik `[x | …]` of `naam contains x if {…}` voor wat u zoekt")
		}
	case *ast.ArrayComprehension:
		f.element(v.Term)
	case *ast.SetComprehension:
		f.element(v.Term)
	case *ast.ObjectComprehension:
		f.element(v.Key)
		f.element(v.Value)
	}
}

// element is what a list is made of: one loose value each time.
func (f *form) element(t *ast.Term) {
	switch t.Value.(type) {
	case *ast.Array, ast.Set, ast.Object, *ast.ArrayComprehension, *ast.SetComprehension, *ast.ObjectComprehension:
		f.fault(t.Location, "een lijst bestaat uit losse woorden en getallen, niet uit andere lijsten")
	}
}

// constant reports whether a term is written out.
func constant(t *ast.Term) bool {
	all := true
	check := func(t *ast.Term) { all = all && constant(t) }
	switch v := t.Value.(type) {
	case ast.Null, ast.Boolean, ast.Number, ast.String:
	case *ast.Array:
		v.Foreach(check)
	case ast.Set:
		v.Foreach(check)
	case ast.Object:
		v.Foreach(func(k, v *ast.Term) { check(k); check(v) })
	default:
		all = false
	}
	return all
}
