package trailcheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"time"
)

// record is a row of the trail, and what its canonical bytes say.
type record struct {
	nr        int64
	kind      string
	moment    string
	message   *string
	jwsDigest []byte
	canonical []byte

	time time.Time
	jws  *string
}

// Limits of WIRE ("Trail"): 60 KiB; 32 random bytes of salt; times in UTC with milliseconds.
const (
	maxRecord  = 60 << 10
	saltLength = 32
	timeLayout = "2006-01-02T15:04:05.000Z"
)

// check checks one record by itself and after the one before it.
func (r *record) check(before record) error {
	if len(r.canonical) > maxRecord || !isCanonical(r.canonical) {
		return falsehood(r.nr, "de kanonieke vorm klopt niet")
	}
	var content struct {
		Nr      *int64  `json:"nr"`
		Kind    string  `json:"soort"`
		Time    string  `json:"tijd"`
		Message *string `json:"bericht"`
		JWS     *string `json:"jws"`
		Salt    string  `json:"zout"`
	}
	if err := json.Unmarshal(r.canonical, &content); err != nil {
		return falsehood(r.nr, "is geen auditregel")
	}
	if content.Nr == nil || *content.Nr != r.nr {
		return falsehood(r.nr, "het nummer in de regel is een ander")
	}
	salt, err := base64.RawURLEncoding.DecodeString(content.Salt)
	if err != nil || len(salt) != saltLength {
		return falsehood(r.nr, "het zout ontbreekt")
	}
	if r.time, err = time.Parse(timeLayout, content.Time); err != nil || r.time.Format(timeLayout) != content.Time {
		return falsehood(r.nr, "de tijd heeft niet de afgesproken vorm")
	}
	if r.time.Before(before.time) {
		return falsehood(r.nr, "is ouder dan de regel ervoor")
	}
	r.jws = content.JWS
	// The columns beside the bytes are what searches look at: they must say the same.
	if content.Kind == "" || r.kind != content.Kind || r.moment != content.Time || !equal(r.message, content.Message) ||
		!bytes.Equal(r.jwsDigest, digestOf(content.JWS)) && (r.jwsDigest != nil || !foundByMessage[r.kind]) {
		return falsehood(r.nr, "wordt onder iets anders gevonden dan erin staat")
	}
	return nil
}

// foundByMessage are the kinds that nobody looks for by what was signed. Gateways of before 22 November 2026 kept its digest of these too.
var foundByMessage = map[string]bool{"besluit": true, "aangeboden": true}

func equal(a, b *string) bool {
	return (a == nil) == (b == nil) && (a == nil || *a == *b)
}

func digestOf(text *string) []byte {
	if text == nil {
		return nil
	}
	sum := sha256.Sum256([]byte(*text))
	return sum[:]
}
