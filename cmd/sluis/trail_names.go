package main

import (
	"fmt"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// mostNames is under how many names a trail is looked for: it gets another one only after a loss.
const mostNames = 100

// logNames gives the key of a trail under each name that it may have had, the first one first. given is a key or a file with keys, a line
// for each name; "" takes the gateway's own, from the file secret. from says in Dutch where it came from.
func logNames(secret, given string) (names []note.Verifier, from string, err error) {
	first, from, err := trailKey(secret, firstLine(given))
	if err != nil {
		return nil, "", err
	}
	vkey, err := publicText(secret, given)
	if err != nil {
		return nil, "", err
	}
	base, _ := tlog.Succession(first.Name())
	for n := 1; n <= mostNames; n++ {
		text, err := tlog.PublicUnder(tlog.NameOf(base, n), vkey)
		if err != nil {
			return nil, "", err
		}
		v, err := tlog.ParseVerifier(text)
		if err != nil {
			return nil, "", err
		}
		names = append(names, v)
	}
	return names, from, nil
}

// publicText gives one vkey as text.
func publicText(secret, given string) (string, error) {
	if given == "" {
		text, err := os.ReadFile(secret)
		if err != nil {
			return "", fmt.Errorf("de sleutel van het auditspoor is niet te lezen: %w", err)
		}
		return tlog.PublicOf(string(text))
	}
	return firstLine(given), nil
}

// firstLine gives the first key of a file with several, or what was given.
func firstLine(given string) string {
	text, err := os.ReadFile(given)
	if err != nil {
		return given
	}
	for line := range strings.Lines(string(text)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			return line
		}
	}
	return given
}
