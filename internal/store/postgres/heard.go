package postgres

import (
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// A commit tells the other processes whom it concerns, in the transaction itself: PostgreSQL hands it on when that commits, and never
// when it does not. A payload is
//
//	<self> <flags> <OIN>,<OIN>,…
//
// with self in hexadecimal, and flags "r" (what decisions rest on has changed) or "-". It holds nothing that the parties of a
// message do not stand in the trail with anyhow; every role of the database can send one, so it is a reason to look and nothing else.
const (
	channel      = "sluis"
	selfBytes    = 8
	payloadBytes = 4000 // PostgreSQL takes less than 8000
)

// payloads says a Heard in one or more payloads. Of All nothing needs to be said: each process makes it itself when it may have missed
// something. No parties and no flag: no payload.
func payloads(self string, h audit.Heard) (list []string) {
	flags := "-"
	if h.Registry {
		flags = "r"
	}
	head := self + " " + flags + " "
	var b strings.Builder
	for _, party := range slices.Compact(slices.Sorted(slices.Values(h.Parties))) {
		if b.Len()+1+len(party) > payloadBytes {
			list = append(list, b.String())
			b.Reset()
		}
		if b.Len() == 0 {
			b.WriteString(head)
		} else {
			b.WriteByte(',')
		}
		b.WriteString(party)
	}
	if b.Len() > 0 {
		list = append(list, b.String())
	}
	if len(list) == 0 && h.Registry {
		list = append(list, head)
	}
	return list
}

// readPayload reads one. What cannot be read was said by a newer version, or by somebody else: then everything may have changed.
func readPayload(text string) (self string, h audit.Heard) {
	all := audit.Heard{All: true}
	fields := strings.Split(text, " ")
	if len(fields) != 3 || len(fields[0]) != 2*selfBytes || !only(fields[0], "0123456789abcdef") {
		return "", all
	}
	switch fields[1] {
	case "r":
		h.Registry = true
	case "-":
	default:
		return fields[0], all
	}
	if fields[2] != "" {
		h.Parties = strings.Split(fields[2], ",")
	}
	for _, party := range h.Parties {
		if party == "" || !only(party, "0123456789") {
			return fields[0], all
		}
	}
	return fields[0], h
}

func only(text, alphabet string) bool { return strings.Trim(text, alphabet) == "" }
