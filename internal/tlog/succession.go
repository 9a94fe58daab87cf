package tlog

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// maxSuccession bounds how often a log can go on under another name.
const maxSuccession = 999

// Successor gives the name under which a log goes on after it lost records: "<host>/log" goes on as "<host>/log/2", that as
// "<host>/log/3". What was signed under the lost tail stays signed; a name under which two trees were signed would be worth nothing to
// anybody (C2SP tlog-checkpoint: the origin is "a unique identifier for the log").
func Successor(origin string) string {
	first, n := Succession(origin)
	return NameOf(first, n+1)
}

// Succession takes a name apart: the first name of the log, and the how-manieth this one is, from 1.
func Succession(origin string) (first string, n int) {
	cut := strings.LastIndexByte(origin, '/')
	if cut < 0 || !strings.HasSuffix(origin[:cut], "/log") {
		return origin, 1
	}
	n, err := strconv.Atoi(origin[cut+1:])
	if err != nil || n < 2 || n > maxSuccession || strconv.Itoa(n) != origin[cut+1:] {
		return origin, 1
	}
	return origin[:cut], n
}

// NameOf gives the n-th name of a log.
func NameOf(first string, n int) string {
	if n <= 1 {
		return first
	}
	return first + "/" + strconv.Itoa(n)
}

// SecretUnder gives the secret text of the same key under another name; PublicUnder does that for a vkey. The text that a log signs
// begins with its name, so one key under several names never signs the same words twice. Their only error is [ErrKey].
func SecretUnder(origin, secret string) (string, error) {
	if _, err := ParseSigner(secret); err != nil {
		return "", err
	}
	fields := strings.SplitN(strings.TrimSpace(secret), "+", 5)
	key, err := base64.StdEncoding.DecodeString(fields[4])
	if err != nil || len(key) != 1+ed25519.SeedSize {
		return "", ErrKey
	}
	public, ok := ed25519.NewKeyFromSeed(key[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return "", ErrKey
	}
	vkey, err := note.NewEd25519VerifierKey(origin, public)
	if err != nil {
		return "", ErrKey
	}
	parts := strings.SplitN(vkey, "+", 3)
	return fmt.Sprintf("PRIVATE+KEY+%s+%s+%s", origin, parts[1], fields[4]), nil
}

// PublicUnder: see [SecretUnder].
func PublicUnder(origin, vkey string) (string, error) {
	if _, err := ParseVerifier(vkey); err != nil {
		return "", err
	}
	fields := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	key, err := base64.StdEncoding.DecodeString(fields[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize {
		return "", ErrKey
	}
	other, err := note.NewEd25519VerifierKey(origin, key[1:])
	if err != nil {
		return "", ErrKey
	}
	return other, nil
}
