package reference

import "strings"

// codes gives codes as they stand in a sentence.
func codes[T ~string](list []T) string {
	quoted := make([]string, len(list))
	for i, code := range list {
		quoted[i] = "`" + string(code) + "`"
	}
	return strings.Join(quoted, ", ")
}

func orDash(list []string) string {
	if len(list) == 0 {
		return "–"
	}
	return strings.Join(list, ", ")
}

// categoryCell says which category of data a field holds.
func categoryCell(category string) string {
	switch category {
	case "", "geen":
		return "–"
	case "opgegeven":
		return "zoals opgegeven"
	}
	return category
}

// cell keeps a text within its cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "|", `\|`), "\n", " ")
}
