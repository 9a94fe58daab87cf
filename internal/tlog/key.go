package tlog

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
)

// ErrKey says that a text is not a key of a log. It never holds the text: it may be the secret one.
var ErrKey = errors.New("geen sleutel van een auditspoor")

// GenerateKey makes an Ed25519 key for the log with this origin, as C2SP signed-note writes keys: secret is
// "PRIVATE+KEY+<origin>+<hash>+<key>" and belongs in a file that only the gateway can read; public is the vkey
// "<origin>+<hash>+<key>" that every party keeps.
func GenerateKey(origin string) (secret, public string, err error) {
	secret, public, err = note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return "", "", fmt.Errorf("making a key for the log: %w", err)
	}
	return secret, public, nil
}

// ParseSigner reads the secret text of a key, white space around it left out. Its only error is [ErrKey].
func ParseSigner(secret string) (note.Signer, error) {
	signer, err := note.NewSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, ErrKey
	}
	return signer, nil
}

// ParseVerifier reads a vkey, white space around it left out. Its only error is [ErrKey].
func ParseVerifier(public string) (note.Verifier, error) {
	verifier, err := note.NewVerifier(strings.TrimSpace(public))
	if err != nil {
		return nil, ErrKey
	}
	return verifier, nil
}

// VerifierOf gives the verifier that belongs to the secret text of a key. Its only error is [ErrKey].
func VerifierOf(secret string) (note.Verifier, error) {
	verifier, err := torchwood.NewVerifierFromSigner(strings.TrimSpace(secret))
	if err != nil {
		return nil, ErrKey
	}
	return verifier, nil
}

// PublicOf gives the vkey that belongs to the secret text of a key: what every party keeps. Its only error is [ErrKey].
//
// C2SP signed-note: the secret is "PRIVATE+KEY+<name>+<hash>+<key>", where key is base64 of the algorithm (1: Ed25519) and the
// 32-byte seed.
func PublicOf(secret string) (string, error) {
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
	vkey, err := note.NewEd25519VerifierKey(fields[2], public)
	if err != nil {
		return "", ErrKey
	}
	return vkey, nil
}
