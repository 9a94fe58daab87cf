package policy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
)

// What a rule of a convenant cannot be is refused when it is published, with its line and column in the YAML.
func TestOwnRulesAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		rules string // §: the place that is told
		want  string
	}{
		"network":             {`weiger contains "x" if §http.send({"method": "get", "url": "http://localhost"}).status_code == 200`, "functie"},
		"clock":               {`weiger contains "x" if §time.now_ns() > 1`, "functie"},
		"chance":              {`weiger contains "x" if §rand.intn("x", 2) == 1`, "functie"},
		"environment":         {`weiger contains "x" if §opa.runtime().env.HOME`, "functie"},
		"print":               {`weiger contains "x" if §print(input)`, "`print`"},
		"trace":               {`weiger contains "x" if §trace("x")`, "functie"},
		"name server":         {`weiger contains "x" if §net.lookup_ip_addr("localhost")`, "functie"},
		"keys":                {`weiger contains "x" if §io.jwt.decode("x")`, "functie"},
		"a long text":         {`weiger contains "x" if §sprintf("%999999d", 1) == "x"`, "functie"},
		"a long number":       {`weiger contains "x" if §bits.lsh(1, 999999999) == 2`, "functie"},
		"many addresses":      {`weiger contains "x" if §net.cidr_expand("::/0")`, "functie"},
		"texts in a tree":     {`weiger contains "x" if §walk(input, [[], 1])`, "functie"},
		"product":             {`weiger contains "x" if §999999999 * 999999999 == 1`, "functie"},
		"other rules":         {`weiger contains "x" if §data.sluis.besluit.toegestaan`, "`data`"},
		"vocabulary":          {`weiger contains "x" if §data.vocabulaire.soorten`, "`data`"},
		"all data":            {`weiger contains "x" if some y in §data`, "`data`"},
		"import":              {"§import data.sluis.wpg\n\n" + `weiger contains "x" if wpg.gedekt`, "import"},
		"other facts":         {`weiger contains "x" if input.gesteld.fase == 1 §with input.gesteld.fase as 1`, "`with`"},
		"other function":      {`weiger contains "x" if count([1]) == 1 §with count as 1`, "`with`"},
		"other package":       {"PAKKET sluis.besluit\n\n" + `weiger contains "x"`, "package convenant"},
		"package inside":      {"PAKKET convenant.x\n\n" + `weiger contains "x"`, "package convenant"},
		"no refusal":          {"PAKKET convenant\n\nhulp if input.gesteld.fase == 1", "geen regel"},
		"a sentence of facts": {`§weiger contains input.gesteld.soort`, "`weiger contains"},
		"a variable sentence": {`§weiger contains x if some x in input.gesteld.gegevens`, "`weiger contains"},
		"a sentence put together": {
			`§weiger contains $"x {input.gesteld.soort}"`, "`weiger contains"},
		"refusal with a value":       {`§weiger := {"x"}`, "`weiger contains"},
		"refusal by name":            {`§weiger["x"] := 1`, "`weiger contains"},
		"refusal as a function":      {`§weiger(x) if x == 1`, "`weiger contains"},
		"default refusal":            {`§default weiger := false`, "`weiger contains"},
		"refusal below":              {`§weiger.a contains "x"`, "`weiger contains"},
		"long sentence":              {`weiger contains §"` + strings.Repeat("x", 301) + `"`, "300 tekens"},
		"empty sentence":             {`weiger contains §""`, "300 tekens"},
		"sentence of two lines":      {`weiger contains §"a\nb"`, "300 tekens"},
		"sentence turned around":     {`weiger contains §"a\u202eb"`, "300 tekens"},
		"helper with a dot":          {"§hulp.a := 1\n\nweiger contains \"x\" if hulp.a == 1", "gewone naam"},
		"helper with brackets":       {"§hulp[x] := 1 if some x in [1]\n\nweiger contains \"x\" if hulp[1] == 1", "gewone naam"},
		"list of what was found":     {`weiger contains "x" if count(§[input.gesteld.soort]) == 1`, "vaste woorden"},
		"doubling":                   {"a := [1]\n\nb := §[a, a]\n\nweiger contains \"x\" if b == 1", "vaste woorden"},
		"list in a list":             {`weiger contains "x" if count([§["a"] | true]) == 1`, "losse woorden"},
		"long digits":                {`weiger contains "x" if input.gesteld.fase == §12345678901`, "9 cijfers"},
		"fact that does not exist":   {`weiger contains "x" if §input.gesteld.fasen == 1`, "feit bestaat niet"},
		"statement that is not":      {`weiger contains "x" if §input.gesteld.verklaringen.proportionel`, "feit bestaat niet"},
		"fact of a flow that is not": {"weiger contains \"x\" if {\n\tsome s in input.vastgesteld.convenant.stromen\n\t§s.naam == \"x\"\n}", "feit bestaat niet"},
		"number and text":            {`weiger contains "x" if §input.vastgesteld.betrokkenen = "1"`, "nooit gelijk"},
		"unused":                     {"weiger contains \"x\" if {\n\t§y := input.gesteld.fase\n}", "niet gebruikt"},
		"unsafe":                     {`weiger contains "x" if §y > 1`, "krijgt nergens"},
		"itself":                     {"§a if b\n\nb if a\n\nweiger contains \"x\" if a", "zichzelf"},
		"long body":                  {"weiger contains \"x\" if {" + strings.Repeat("\n\t1 == 1", 50) + "\n\t§1 == 1\n}", "50 voorwaarden"},
		"not Rego":                   {"weiger contains \"x\" if §{", "leesbare Rego"},
		"deep":                       {"weiger contains \"x\" if " + strings.Repeat("(", 5000), "diep"},
	} {
		t.Run(name, func(t *testing.T) {
			rules := c.rules
			if strings.HasPrefix(rules, "PAKKET") {
				rules = strings.Replace(rules, "PAKKET", "§package", 1)
			} else {
				rules = "package convenant\n\n" + rules
			}
			before, after, marked := strings.Cut(rules, "§")
			written := bringing(t, before+after)
			var faults fault.List
			if err := fresh(t).Prepare(written); !errors.As(err, &faults) {
				t.Fatalf("error %v", err)
			}
			line, column := written.RulesPosition(1+strings.Count(before, "\n"), 1+len(before)-(strings.LastIndex(before, "\n")+1))
			for _, f := range faults {
				if strings.Contains(f.Message, c.want) && f.Place == "regels" && (!marked || f.Line == line && f.Column == column) {
					return
				}
			}
			t.Errorf("faults %v; want %q at line %d, column %d", faults, c.want, line, column)
		})
	}
}

// Ten sentences may be told; the eleventh is one too many.
func TestOwnRulesHaveTenSentences(t *testing.T) {
	rules := "package convenant\n"
	for i := range 11 {
		if err := fresh(t).Prepare(bringing(t, rules+"\nweiger contains \"altijd\"")); (err != nil) != (i > 9) {
			t.Errorf("%d sentences: %v", i+1, err)
		}
		rules += fmt.Sprintf("\nweiger contains \"zin %d\" if input.gesteld.fase == %d\n", i, i)
	}
}

// A convenant that was read from its canonical form has no lines to tell; it says all the same that it is in the rules.
func TestOwnRulesWithoutLines(t *testing.T) {
	c, err := convenant.ParseCanonical(bringing(t, "package convenant\n\nweiger contains x").Canonical())
	if err != nil {
		t.Fatal(err)
	}
	var faults fault.List
	if err := fresh(t).Prepare(c); !errors.As(err, &faults) || faults[0].Place != "regels" || faults[0].Line != 0 {
		t.Errorf("error %v", err)
	}
}
