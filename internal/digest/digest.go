// Package digest writes and reads SHA-256 digests in the one form that Sluis uses on the wire: `sha-256=:base64:`, the
// item form of RFC 9530 (Digest Fields).
//
// It promises that a parsed digest is exactly 32 bytes and canonically encoded, so that equal digests are equal strings.
package digest

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"
)

// SHA256 is a digest. The zero value is not the digest of anything; see [SHA256.IsZero].
type SHA256 [sha256.Size]byte

const (
	prefix = "sha-256=:"
	suffix = ":"
)

// ErrForm says that a text is not a digest in the form `sha-256=:base64:`.
var ErrForm = errors.New(`geen digest in de vorm "sha-256=:base64:"`)

// Of gives the digest of data.
func Of(data []byte) SHA256 { return sha256.Sum256(data) }

// Parse reads a digest. Its only error is [ErrForm]: other algorithms, other lengths, and base64 that is not canonical.
func Parse(s string) (SHA256, error) {
	var d SHA256
	body, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return d, ErrForm
	}
	body, ok = strings.CutSuffix(body, suffix)
	if !ok || len(body) != base64.StdEncoding.EncodedLen(len(d)) {
		return d, ErrForm
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(body)
	if err != nil || len(raw) != len(d) {
		return d, ErrForm
	}
	copy(d[:], raw)
	return d, nil
}

// String gives `sha-256=:base64:`.
func (d SHA256) String() string {
	return prefix + base64.StdEncoding.EncodeToString(d[:]) + suffix
}

// IsZero reports that no digest was set.
func (d SHA256) IsZero() bool { return d == SHA256{} }

// MarshalText and UnmarshalText make a digest a JSON string.
func (d SHA256) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is the inverse of MarshalText; its only error is [ErrForm].
func (d *SHA256) UnmarshalText(text []byte) error {
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}
