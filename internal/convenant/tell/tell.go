// Package tell says in Dutch what a convenant says in codes: roles, sides, conditions, terms, days, articles, and the matrix of who
// may give what to whom. It serves the commands that show a convenant, compare two, or find fault with one, so that they use the
// same words for the same thing.
//
// It promises to leave nothing out: each flow of a convenant is a row, and each condition has words. It must not judge; that is for
// lint, and for the rules of policy.
package tell

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// And joins in a sentence: "a, b en c".
func And(items []string) string { return joined(items, " en ") }

// Or joins in a sentence: "a, b of c".
func Or(items []string) string { return joined(items, " of ") }

func joined(items []string, last string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	end := len(items) - 1
	return strings.Join(items[:end], ", ") + last + items[end]
}

// Labels gives the Dutch words for codes of the vocabulary, in the same order.
func Labels[T ~string](codes []T) []string {
	labels := make([]string, len(codes))
	for i, code := range codes {
		labels[i] = Label(code)
	}
	return labels
}

// Label gives the Dutch word for a code of the vocabulary; the code itself when it is unknown.
func Label[T ~string](code T) string { return vocabulary.Default().Label(string(code)) }

// Kind gives a kind of message as it stands in a sentence: "een signaal".
func Kind(k vocabulary.Kind) string { return "een " + Label(k) }

// Basis gives a legal basis as the law that it stands in: "AVG, artikel 6 lid 1 onder e".
func Basis(b vocabulary.Basis) string {
	if info, ok := vocabulary.Default().Basis(b); ok {
		return info.Article
	}
	return string(b)
}

// Party gives a side of a flow as it stands in a sentence, with the schools that it is for: "de school (vo of mbo)".
func Party(s convenant.Side) string {
	phrase := vocabulary.Default().RolePhrase(s.Role).NL
	if len(s.SchoolTypes) == 0 {
		return phrase
	}
	types := make([]string, len(s.SchoolTypes))
	for i, t := range s.SchoolTypes {
		types[i] = string(t)
	}
	return phrase + " (" + Or(types) + ")"
}

// Condition gives a condition in a few words: "vanaf fase 2".
func Condition(c convenant.Condition) string {
	info, ok := vocabulary.Default().Condition(c.Code)
	if !ok {
		return string(c.Code)
	}
	return vocabulary.Fill(info.Short.NL, map[string]string{"waarde": parameter(c.Parameter)})
}

// Conditions gives conditions in a few words each, in the same order; the first letters are small, for in a sentence.
func Conditions(conditions []convenant.Condition) []string {
	said := make([]string, len(conditions))
	for i, c := range conditions {
		said[i] = small(Condition(c))
	}
	return said
}

// parameter says the parameter of a condition, whatever its form.
func parameter(value any) string {
	switch v := value.(type) {
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case json.Number:
		return v.String()
	case string:
		return Label(v)
	case []any:
		said := make([]string, len(v))
		for i, item := range v {
			said[i] = parameter(item)
		}
		return Or(said)
	case map[string]any: // maximum
		per, _ := v["per"].(string)
		return fmt.Sprintf("%s per %s", parameter(v["aantal"]), Term(per))
	default:
		return ""
	}
}

// Term says a term in words: "7 dagen"; the text itself when it is none.
func Term(text string) string {
	t, err := term.Parse(text)
	if err != nil || text == "" {
		return text
	}
	return t.Words()
}

var months = []string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"}

// Day says a day such as 2026-01-31: "31 januari 2026"; the text itself when it is none.
func Day(text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return text
	}
	return fmt.Sprintf("%d %s %d", day.Day(), months[day.Month()-1], day.Year())
}

// Article refers to the article of a flow: "artikel 3 en 4", or what the convenant wrote when that begins with no number.
func Article(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); unicode.IsDigit(first) {
		return "artikel " + text
	}
	return text
}

// small makes the first letter small, but not of a name (Wpg-besluit).
func small(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if strings.HasPrefix(s, "Wpg") {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// Capital makes the first letter a capital, to begin a sentence.
func Capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}
