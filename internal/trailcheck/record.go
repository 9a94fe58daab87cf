package trailcheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
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

	pruned   bool // the content is gone
	leaf     hash // of the content
	time     time.Time
	said     said
	wrong    error // what is false about it by itself; found before it is compared with others
	misfiled error // how the columns beside it contradict it
}

// said is what a record says of itself that other things are compared with.
type said struct {
	jws, message, kase *string
	sender             *string // the party; nil when it names none
	participant        string  // of the sender
	recipients         []target
	reasons            []string
	decision, policy   string
	convenant          *string // its id
	part               string  // of a message, of which something was erased
}

type target struct {
	party  string
	people []string
}

// Limits of WIRE ("Trail"): 60 KiB; 32 random bytes of salt; times in UTC with milliseconds.
const (
	maxRecord  = 60 << 10
	saltLength = 32
	timeLayout = "2006-01-02T15:04:05.000Z"
)

// read looks at a record by itself, once, as it comes from the database.
func (r *record) read() {
	if r.pruned = r.canonical == nil; r.pruned {
		r.wrong = r.readPruned()
		return
	}
	r.leaf = leaf(r.canonical)
	r.wrong = r.readContent()
	if !keptWhole[r.kind] {
		r.canonical = nil // nobody looks at it again
	}
}

// keptWhole are the kinds of which more is read than [said] holds.
var keptWhole = map[string]bool{"opgeschoond": true, "verlies": true}

func (r *record) readContent() (err error) {
	if len(r.canonical) > maxRecord || !isCanonical(r.canonical) {
		return falsehood(r.nr, "de kanonieke vorm klopt niet")
	}
	var nr, kind, moment, salt value
	jws, message := value(nil), value(nil)
	for name, of := range value(r.canonical).members() {
		switch string(name) {
		case `"nr"`:
			nr = of
		case `"soort"`:
			kind = of
		case `"tijd"`:
			moment = of
		case `"zout"`:
			salt = of
		case `"jws"`:
			jws = of
		case `"bericht"`:
			message = of
		default:
			r.said.take(string(name), of)
		}
	}
	var whole, signed bool
	r.said.jws, signed = jws.optional()
	r.said.message, whole = message.optional()
	if !signed || !whole || r.canonical[0] != '{' {
		return falsehood(r.nr, "is geen auditregel")
	}
	if n, ok := nr.whole(); !ok || n != r.nr {
		return falsehood(r.nr, "het nummer in de regel is een ander")
	}
	if raw, err := base64.RawURLEncoding.DecodeString(salt.said()); err != nil || len(raw) != saltLength {
		return falsehood(r.nr, "het zout ontbreekt")
	}
	if r.time, err = time.Parse(timeLayout, moment.said()); err != nil || r.time.Format(timeLayout) != moment.said() {
		return falsehood(r.nr, "de tijd heeft niet de afgesproken vorm")
	}
	// The columns beside the bytes are what searches look at: they must say the same.
	if kind.said() == "" || r.kind != kind.said() || r.moment != moment.said() || !equal(r.message, r.said.message) || !r.foundByJWS() {
		r.misfiled = falsehood(r.nr, "wordt onder iets anders gevonden dan erin staat")
	}
	return nil
}

// check checks a record after the one before it.
func (r *record) check(before *record) error {
	if r.wrong != nil {
		return r.wrong
	}
	if r.time.Before(before.time) {
		return falsehood(r.nr, "is ouder dan de regel ervoor")
	}
	return r.misfiled
}

// foundByMessage are the kinds that nobody looks for by what was signed. Gateways of before 22 November 2026 kept its digest of these too.
var foundByMessage = map[string]bool{"besluit": true, "aangeboden": true}

// foundByJWS reports whether the digest beside a record is that of what it says was signed.
func (r *record) foundByJWS() bool {
	if r.jwsDigest == nil && foundByMessage[r.kind] {
		return true
	}
	return bytes.Equal(r.jwsDigest, digestOf(r.said.jws))
}

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
