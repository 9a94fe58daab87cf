package message

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// SearchKey is a party's zoeksleutel: 32 bytes that only the party has. With it the party can find what it exchanged about a
// person; without it a tag says nothing, and two messages about one person have nothing in common (WIRE, "Tags").
//
// It is a secret. Only [SearchKey.String] gives it; formatting and logging do not.
type SearchKey [32]byte

// NewSearchKey makes a random key.
func NewSearchKey() SearchKey {
	var k SearchKey
	rand.Read(k[:]) // never fails since Go 1.24
	return k
}

// ParseSearchKey reads what String gives. Its only error is a fault.List, which does not hold the text.
func ParseSearchKey(base64url string) (SearchKey, error) {
	var k SearchKey
	raw, err := base64.RawURLEncoding.Strict().DecodeString(base64url)
	if err != nil || len(raw) != len(k) || len(base64url) != base64.RawURLEncoding.EncodedLen(len(k)) {
		return k, fault.List{{Place: "zoeksleutel", Message: "moet base64url van 32 bytes zijn"}}
	}
	copy(k[:], raw)
	return k, nil
}

// String gives the key as base64url, to write it to the profile. The result is a secret.
func (k SearchKey) String() string { return base64.RawURLEncoding.EncodeToString(k[:]) }

const hidden = "[geheim]"

// Format keeps the key out of everything that package fmt writes.
func (k SearchKey) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue keeps the key out of logs.
func (k SearchKey) LogValue() slog.Value { return slog.StringValue(hidden) }

// TagBSN gives the tag of a person by burgerservicenummer: nine digits that pass the elfproef. Its errors are a fault.List.
func (k SearchKey) TagBSN(messageID, bsn string) (string, error) {
	if !ValidBSN(bsn) {
		return "", fault.List{{Place: "bsn", Message: bsnForm}}
	}
	return k.tag(messageID, "bsn", bsn)
}

// TagName gives the tag of a person by name and date of birth (YYYY-MM-DD). Its errors are a fault.List.
func (k SearchKey) TagName(messageID, name, born string) (string, error) {
	var faults fault.List
	normal := normalName(name)
	if normal == "" {
		faults.Add("naam", "heeft geen letters van a tot en met z: schrijf de naam zoals in het paspoort")
	}
	if _, err := time.Parse(time.DateOnly, born); err != nil {
		faults.Add("geboortedatum", "moet een datum zijn zoals 2012-03-31")
	}
	if err := faults.Err(); err != nil {
		return "", err
	}
	return k.tag(messageID, "naam", normal, born)
}

// tag is HMAC-SHA256(zoeksleutel, message id ‖ 0x00 ‖ part ‖ 0x00 ‖ …). No part can hold a 0x00: each has been checked.
func (k SearchKey) tag(messageID string, parts ...string) (string, error) {
	if !ValidID(messageID) {
		return "", fault.List{{Place: "id", Message: "moet een UUIDv7 zijn, in kleine letters"}}
	}
	mac := hmac.New(sha256.New, k[:])
	mac.Write([]byte(messageID + "\x00" + strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)), nil
}

// normalName is "NFKD, marks removed, lower case, a–z only" (WIRE): however a name was typed, it gives the same tag. Keeping only
// a–z is what removes the marks, which NFKD has split off their letters.
func normalName(name string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(name) {
		if c = unicode.ToLower(c); c >= 'a' && c <= 'z' {
			b.WriteRune(c)
		}
	}
	return b.String()
}
