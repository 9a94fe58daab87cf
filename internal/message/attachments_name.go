package message

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// checkName: a name that is a plain file name on every system, and that shows on a screen as what it is.
func checkName(name, place string, faults *fault.List) {
	odd := func(r rune) bool {
		return strings.ContainsRune(`/\<>:"|?*`, r) || unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) || r == utf8.RuneError
	}
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch {
	case name == "":
		faults.Add(place, "is leeg")
	case utf8.RuneCountInString(name) > maxAttachmentName:
		faults.Add(place, "is te lang: hoogstens %d tekens", maxAttachmentName)
	case len(name) > maxFileName:
		faults.Add(place, "is te lang voor een schijf: hoogstens %d bytes", maxFileName)
	case strings.ContainsFunc(name, odd) || !utf8.ValidString(name):
		faults.Add(place, `mag geen map, stuurteken of een van de tekens / \ < > : " | ? * bevatten`)
	case strings.HasPrefix(name, ".") || strings.TrimSpace(name) != name:
		faults.Add(place, "mag niet beginnen met een punt, of beginnen of eindigen met een spatie")
	case deviceName(strings.TrimSpace(stem)):
		faults.Add(place, "is op sommige computers de naam van een apparaat: kies een andere")
	}
}

// maxFileName is the longest name that nearly every file system takes, in bytes.
const maxFileName = 255

// sameFile gives what two names have in common that are one file somewhere: Windows and macOS do not tell capitals apart, and macOS not
// how an accent is written.
func sameFile(name string) string { return norm.NFD.String(cases.Fold().String(norm.NFD.String(name))) }

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
