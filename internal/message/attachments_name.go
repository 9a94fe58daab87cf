package message

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// checkName: a name that is a plain file name on every system, and that shows on a screen as what it is.
func checkName(name, place string, faults *fault.List) {
	odd := func(r rune) bool {
		return strings.ContainsRune(`/\<>:"|?*`, r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError
	}
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch {
	case name == "":
		faults.Add(place, "is leeg")
	case utf8.RuneCountInString(name) > maxAttachmentName:
		faults.Add(place, "is te lang: hoogstens %d tekens", maxAttachmentName)
	case strings.ContainsFunc(name, odd) || !utf8.ValidString(name):
		faults.Add(place, `mag geen map, stuurteken of een van de tekens / \ < > : " | ? * bevatten`)
	case strings.HasPrefix(name, ".") || strings.TrimSpace(name) != name:
		faults.Add(place, "mag niet beginnen met een punt, of beginnen of eindigen met een spatie")
	case deviceName(strings.TrimSpace(stem)):
		faults.Add(place, "is op sommige computers de naam van een apparaat: kies een andere")
	}
}

// deviceName: what Windows does not open as a file ("Naming Files, Paths, and Namespaces").
func deviceName(stem string) bool {
	if slices.Contains([]string{"CON", "PRN", "AUX", "NUL"}, stem) {
		return true
	}
	number, isPort := strings.CutPrefix(stem, "COM")
	if !isPort {
		number, isPort = strings.CutPrefix(stem, "LPT")
	}
	return isPort && utf8.RuneCountInString(number) == 1 && strings.ContainsAny(number, "0123456789¹²³")
}
