package vocabulary

import (
	"errors"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var placeholder = regexp.MustCompile(`\{([A-Za-z]+)\}`)

// Fill puts values in the {placeholders} of a sentence. A part between [ ] is left out when a placeholder in it has no value;
// elsewhere such a placeholder becomes "…". The sentence begins with a capital, also when a value comes first.
//
// Values come from the closed lists of the vocabulary and from numbers; they must never be personal data.
func Fill(template string, values map[string]string) string {
	var out strings.Builder
	for template != "" {
		plain, rest, optional := strings.Cut(template, "[")
		out.WriteString(fillPart(plain, values))
		if !optional {
			break
		}
		var part string
		part, template, _ = strings.Cut(rest, "]")
		if complete(part, values) {
			out.WriteString(fillPart(part, values))
		}
	}
	return capital(strings.TrimSpace(out.String()))
}

func complete(part string, values map[string]string) bool {
	for _, match := range placeholder.FindAllStringSubmatch(part, -1) {
		if values[match[1]] == "" {
			return false
		}
	}
	return true
}

func fillPart(part string, values map[string]string) string {
	return placeholder.ReplaceAllStringFunc(part, func(p string) string {
		if value := values[p[1:len(p)-1]]; value != "" {
			return value
		}
		return "…"
	})
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// Placeholders gives the names of the placeholders of a template, in the order in which they stand.
func Placeholders(template string) []string {
	var names []string
	for _, match := range placeholder.FindAllStringSubmatch(template, -1) {
		names = append(names, match[1])
	}
	return names
}

func checkTemplate(template string) error {
	rest := placeholder.ReplaceAllString(template, "")
	if strings.ContainsAny(rest, "{}") {
		return errors.New("a placeholder has a wrong form")
	}
	depth := 0
	for _, r := range rest {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth < 0 || depth > 1 {
			return errors.New("brackets do not match or are nested")
		}
	}
	if depth != 0 {
		return errors.New("brackets do not match")
	}
	return nil
}
