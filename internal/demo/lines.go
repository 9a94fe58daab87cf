package demo

import (
	"strings"
	"unicode/utf8"
)

// width is how many characters stand on a line at most: what fits in a window beside another one.
const width = 100

// wrapped begins a text with a mark and breaks it into lines between words; lines after the first stand under the text, not under the
// mark. A line break in the text stays one. A word longer than a line is left whole, so that it can be copied.
func wrapped(mark, text string) string {
	var out strings.Builder
	begin, indent := mark, strings.Repeat(" ", utf8.RuneCountInString(mark))
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := begin
		for i, word := range strings.Fields(paragraph) {
			switch {
			case i == 0:
				line += word
			case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
				out.WriteString(line + "\n")
				line = indent + word
			default:
				line += " " + word
			}
		}
		out.WriteString(line + "\n")
		begin = indent
	}
	return out.String()
}
