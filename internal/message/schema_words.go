package message

import (
	"fmt"
	"strings"
)

// Words for what a schema asks, as people know it.
var (
	typeWords = map[string]string{
		"object": "een object", "array": "een lijst", "string": "een tekst", "integer": "een geheel getal",
		"boolean": "true of false", "null": "leeg (null)",
	}
	formatRules = map[string]string{
		"date":      "moet een datum zijn zoals 2012-03-31",
		"date-time": timeForm,
		"bsn":       bsnForm,
	}
)

func typeNames(types []string) string {
	words := make([]string, len(types))
	for i, t := range types {
		words[i] = t
		if word, ok := typeWords[t]; ok {
			words[i] = word
		}
	}
	return strings.Join(words, " of ")
}

func formatRule(format string) string {
	if rule, ok := formatRules[format]; ok {
		return rule
	}
	return "heeft niet de goede vorm"
}

// listed gives what the schema allows; these are the schema's values, never the sender's.
func listed(values []any) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = fmt.Sprint(v)
	}
	return strings.Join(words, ", ")
}

// instancePlace gives the path of a value as [fault.Fault] has it: `antwoorden[0].gedrag`.
func instancePlace(location []string) string {
	place := ""
	for _, step := range location {
		if isIndex(step) {
			place += "[" + step + "]"
			continue
		}
		place = joinPlace(place, step)
	}
	return place
}

func isIndex(step string) bool {
	return step != "" && strings.Trim(step, "0123456789") == ""
}

// longestName keeps a hostile key from filling a fault.
const longestName = 40

// joinPlace gives the place of a field. The names of our schemas are words; one that is not came from the sender, could be anything,
// a person's name or what steers a terminal included, and is not repeated.
func joinPlace(parent, name string) string {
	switch {
	case len(name) > longestName:
		name = "(lange naam)"
	case !isWord(name):
		name = "(onbekende naam)"
	}
	if parent == "" {
		return name
	}
	return parent + "." + name
}

func isWord(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}
