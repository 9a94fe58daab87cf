package tell

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// sheetColumns are the columns of [Sheet], by the words of a convenant.
var sheetColumns = []string{"stroom", "soort", "van", "vanOnderwijs", "vanFuncties", "naar", "naarOnderwijs", "naarFuncties", "doelen",
	"grondslagen", "gegevens", "voorwaarden", "reactietermijn", "doorvoertermijn", "maximumDeelnemers", "artikel"}

// Sheet writes flows for a spreadsheet: RFC 4180 with semicolons, which is what a spreadsheet in Dutch opens, one flow a row, the codes
// of the convenant. A text that a spreadsheet would take for a formula gets an apostrophe in front: somebody else wrote the article.
func Sheet(out io.Writer, flows []convenant.Flow) error {
	w := csv.NewWriter(out)
	w.Comma = ';'
	w.UseCRLF = true
	if err := w.Write(sheetColumns); err != nil {
		return err
	}
	for _, f := range flows {
		cells := []string{f.ID, string(f.Kind), string(f.From.Role), list(f.From.SchoolTypes), list(f.From.Functions),
			string(f.To.Role), list(f.To.SchoolTypes), list(f.To.Functions), list(f.Purposes), list(f.Bases), list(f.Categories),
			strings.Join(Conditions(f.Conditions), ", "), f.ReactionTerm, f.TransitTerm, strconv.Itoa(f.MaxPeople), f.Article}
		for i, cell := range cells {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
				cells[i] = "'" + cell
			}
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

func list[T ~string](items []T) string { return strings.Join(codes(items), ", ") }
