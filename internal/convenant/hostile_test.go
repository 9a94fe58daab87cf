package convenant_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// The cost of the YAML parser grows with the square of some texts. What would make it long is refused before it begins: the
// longest text of any such kind takes moments, not minutes.
func TestHostileTextsAreCheap(t *testing.T) {
	const moments = 5 * time.Second // of the processor, with its rubbish collected; the slowest takes a tenth of a second
	units := []string{"a: b\n", `"`, "'", "{", "[", "a:", "- ", "-\n", "#", "# \n", " ", "\n", "|\n", ">\n", "a\n", "a b ", "@", ",", "{a: b},",
		": ", "a: |\n  b\n", "a: >\n\n", "---\n", "é", "\"a\n", "a:\n b:\n", "[a,", " a: b\n", "- a: b\n  c: d\n", "a:\n- b\n", "? ", "\\"}
	texts := map[string]string{}
	for _, unit := range units {
		texts[fmt.Sprintf("%q", unit)] = strings.Repeat(unit, convenant.MaxSource/len(unit))
	}
	texts["flow map"] = "x: {" + strings.Repeat("a: b, ", convenant.MaxSource/8) + "}"
	texts["flow list"] = "x: [" + strings.Repeat("a, ", convenant.MaxSource/4) + "]"
	texts["staircase"] = staircase()
	for name, text := range texts {
		began := worked(t)
		if _, err := convenant.ParseYAML([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		} else if len(err.Error()) > 20_000 {
			t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
		}
		if took := worked(t) - began; took > moments {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

// worked is how much processor time this process has taken. What others on the machine do does not count.
func worked(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// staircase is a map in a map in a map, one step a line.
func staircase() string {
	var text strings.Builder
	for i := 0; text.Len() < convenant.MaxSource-1000; i++ {
		text.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return text.String()
}

// A convenant as large as the schema allows is not hostile.
func TestLargeConvenant(t *testing.T) {
	var parties, flows strings.Builder
	for i := range 490 {
		fmt.Fprintf(&parties, "- {oin: \"000000990001%08d\", rol: school, kaartsleutel: \"sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\"}\n", i)
	}
	for i := range 200 {
		fmt.Fprintf(&flows, "  - id: stroom-%d\n    artikel: \"3\"\n    soort: signaal\n    van: {rol: school, functies: [veiligheidscoordinator]}\n"+
			"    naar: {rol: politie, functies: [wijkagent]}\n    doelen: [veilige-school]\n    grondslagen: [avg-6-1-e]\n    gegevens: [signaal]\n    voorwaarden: []\n", i)
	}
	text := strings.Replace(strings.Replace(small, "  - {oin", "- {oin", 3), "doelen:\n", parties.String()+"doelen:\n", 1)
	c := parse(t, strings.Replace(text, "bewaartermijn", flows.String()+"bewaartermijn", 1))
	if len(c.Parties) != 493 || len(c.Flows) != 201 || len(c.FlowsFor("signaal", "school", "politie")) != 201 {
		t.Errorf("%d parties, %d flows", len(c.Parties), len(c.Flows))
	}
}
