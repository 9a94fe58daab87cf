package convenant_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/policies"
)

// A place leads to where it stands, also in a list, and one that is not there to what is around it.
func TestAPlaceStandsWhereItIsWritten(t *testing.T) {
	text, err := policies.FS.ReadFile("convenanten/denbosch-school-en-veiligheid/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	source, err := convenant.ParseSource(text)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for place, word := range map[string]string{
		"geldig.tot":                string(source.Valid.Until),
		"stromen[1].id":             source.Flows[1].ID,
		"stromen[11].id":            source.Flows[11].ID,
		"stromen[0].gegevens[1]":    string(source.Flows[0].Categories[1]),
		"partijen[2].oin":           `"` + string(source.Parties[2].OIN) + `"`,
		"stromen[0].id.niet-daar":   source.Flows[0].ID,
		"stromen[0].reactietermijn": source.Flows[0].ReactionTerm,
	} {
		line, column := source.At(place)
		if line < 1 || !strings.HasPrefix(lines[line-1][column-1:], word) {
			t.Errorf("%s: line %d, column %d is not where %s stands", place, line, column, word)
		}
	}
	if line, _ := source.At("stromen[999]"); line < 1 {
		t.Errorf("a place that is not there has no line around it")
	}
}

// What is refused is refused with the same words.
func TestASourceIsRefusedAsTheConvenantIs(t *testing.T) {
	text := []byte("convenant: A\nversie: nul\n")
	_, wantErr := convenant.ParseYAML(text)
	for range 20 { // in the same order each time
		_, err := convenant.ParseSource(text)
		if err == nil || err.Error() != wantErr.Error() {
			t.Fatalf("refused with %v, not with %v", err, wantErr)
		}
	}
}
