package tell

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// Width is how wide a table is at most, in characters: a window as it opens, and a printed page, hold as much.
const Width = 80

// columns of the table, with their widths; indent and gaps between them make up the rest.
var columns = []struct {
	name  string
	width int
}{{"soort", 17}, {"gegevens", 21}, {"voorwaarden", 25}, {"reactie", 9}}

const indent, gap = "  ", "  "

// Table gives flows as a table that people read: for each sender and recipient the kinds, the data, the conditions in words, within
// which time the recipient reacts, and under it the article and the legal basis. Flows keep their order within a pair.
func Table(flows []convenant.Flow) string {
	var out strings.Builder
	for _, pair := range pairs(flows) {
		for _, line := range wrap(pair.heading, Width) {
			out.WriteString(line + "\n")
		}
		var header []string
		for _, c := range columns {
			header = append(header, c.name)
		}
		row(&out, header)
		for _, f := range pair.flows {
			row(&out, cells(f))
			for _, line := range wrap("artikel en wet: "+f.Article+"; "+strings.Join(codes(f.Bases), ", "), Width-2*len(indent)) {
				out.WriteString(indent + indent + line + "\n")
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

type pair struct {
	heading string
	flows   []convenant.Flow
}

// pairs puts flows between the same people together, in the order in which each pair comes first.
func pairs(flows []convenant.Flow) []pair {
	var list []pair
	for _, f := range flows {
		heading := People(f.From) + " → " + People(f.To)
		i := slices.IndexFunc(list, func(p pair) bool { return p.heading == heading })
		if i < 0 {
			i, list = len(list), append(list, pair{heading: heading})
		}
		list[i].flows = append(list[i].flows, f)
	}
	return list
}

// People gives a side of a flow with the functions in which somebody acts: "school, vo (zorgcoördinator)".
func People(s convenant.Side) string {
	types := ""
	if len(s.SchoolTypes) > 0 {
		types = ", " + strings.Join(codes(s.SchoolTypes), ", ")
	}
	return fmt.Sprintf("%s%s (%s)", Label(s.Role), types, strings.Join(Labels(s.Functions), ", "))
}

func cells(f convenant.Flow) []string {
	conditions := strings.Join(Conditions(f.Conditions), ", ")
	if conditions == "" {
		conditions = "geen"
	}
	return []string{Label(f.Kind), strings.Join(Labels(f.Categories), ", "), conditions, Term(f.ReactionTerm)}
}

// row writes cells beside one another, each wrapped in its column.
func row(out *strings.Builder, cells []string) {
	wrapped := make([][]string, len(cells))
	height := 0
	for i, cell := range cells {
		wrapped[i] = wrap(cell, columns[i].width)
		height = max(height, len(wrapped[i]))
	}
	for line := range height {
		text := indent
		for i, cell := range wrapped {
			part := ""
			if line < len(cell) {
				part = cell[line]
			}
			text += part + strings.Repeat(" ", columns[i].width-utf8.RuneCountInString(part)) + gap
		}
		out.WriteString(strings.TrimRight(text, " ") + "\n")
	}
}

// wrap breaks a text between words, and a word that is too long where it must.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		for utf8.RuneCountInString(word) > width {
			if line != "" {
				lines, line = append(lines, line), ""
			}
			runes := []rune(word)
			lines, word = append(lines, string(runes[:width])), string(runes[width:])
		}
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func codes[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, code := range list {
		out[i] = string(code)
	}
	return out
}
