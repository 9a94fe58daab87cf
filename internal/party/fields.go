package party

import (
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Limits of cards. Lengths are in characters.
const (
	maxName     = 200
	maxID       = 64
	maxLabel    = 64
	maxPhone    = 40
	maxEmail    = 254
	maxURL      = 512
	maxVersion  = 1_000_000_000
	maxAdmins   = 8
	maxFunction = 16
	cardDepth   = 4
)

// readPlain reads a text of one line without control characters: names are shown in terminals and on pages, and a card
// comes from a stranger.
func readPlain(n strictjson.Node, max int, faults *fault.List) string {
	text := n.Text(max, faults)
	if text == "" {
		return ""
	}
	if strings.TrimSpace(text) != text || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		faults.Add(n.Place(), "mag geen regeleinden of onzichtbare tekens hebben, en geen spatie aan het begin of eind")
		return ""
	}
	return text
}

// readID reads the id of a participant: "[a-z0-9-]{1,64}" (WIRE, "JWS").
func readID(n strictjson.Node, faults *fault.List) string {
	text := n.Text(maxID, faults)
	if text == "" {
		return ""
	}
	for i := range len(text) {
		if c := text[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			faults.Add(n.Place(), "mag alleen kleine letters, cijfers en streepjes hebben, 1 tot en met %d", maxID)
			return ""
		}
	}
	return text
}

// readHTTPS reads a meldpunt: an https address with a host, without user name, password or fragment.
func readHTTPS(n strictjson.Node, faults *fault.List) string {
	text := readPlain(n, maxURL, faults)
	if text == "" {
		return ""
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.Contains(text, "#") {
		faults.Add(n.Place(), "moet een https-adres zijn, zonder gebruikersnaam en zonder #")
		return ""
	}
	return text
}

func readPhone(n strictjson.Node, faults *fault.List) string {
	text := readPlain(n, maxPhone, faults)
	if strings.Trim(text, "0123456789+-() ") != "" {
		faults.Add(n.Place(), "moet een telefoonnummer zijn: cijfers, spaties, +, - en haakjes")
	}
	return text
}

func readEmail(n strictjson.Node, faults *fault.List) string {
	text := readPlain(n, maxEmail, faults)
	if text == "" {
		return ""
	}
	user, host, _ := strings.Cut(text, "@")
	if user == "" || host == "" || strings.ContainsAny(text, " <>") || strings.Contains(host, "@") {
		faults.Add(n.Place(), "moet een e-mailadres zijn")
		return ""
	}
	return text
}

// readMoment reads an RFC 3339 time and leaves it as it was written: times inside signed objects are never rewritten.
func readMoment(n strictjson.Node, faults *fault.List) string {
	text := n.Text(maxLabel, faults)
	if text == "" {
		return ""
	}
	if _, err := time.Parse(time.RFC3339, text); err != nil {
		faults.Add(n.Place(), "moet een tijdstip zijn zoals 2026-11-21T10:00:00Z (RFC 3339)")
		return ""
	}
	return text
}

// optional reads a field that must be present and may be null.
func optional[T any](o *strictjson.Object, name string, faults *fault.List, read func(strictjson.Node, *fault.List) T) *T {
	n, ok := o.Nullable(name)
	if !ok {
		return nil
	}
	value := read(n, faults)
	return &value
}
