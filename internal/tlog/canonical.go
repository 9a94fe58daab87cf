package tlog

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	jsonv2 "github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Hash is an RFC 6962 hash.
type Hash = tlog.Hash

// Errors of records. They never hold a value of the record.
var (
	ErrRecord  = errors.New("geen geldige auditregel")
	ErrTooLong = fmt.Errorf("auditregel is langer dan %d bytes", MaxRecord)
)

// SaltLength is the length of `zout` before base64url, in bytes.
const SaltLength = 32

// Canonical gives the RFC 8785 bytes that are hashed and kept. Its errors are [ErrTooLong] when they are longer than
// [MaxRecord], and [ErrRecord] when facts is not JSON or a text is not UTF-8.
//
// The struct writes its keys in canonical order and its texts in canonical form; only the facts, which are anybody's, are put in order.
// It is on the path of every message, once for each record.
func (r Record) Canonical() ([]byte, error) {
	canonical, err := jsonv2.Marshal(r, rfc8785)
	if err != nil {
		return nil, fmt.Errorf("making record %d canonical: %w", r.Nr, ErrRecord)
	}
	if len(canonical) > MaxRecord {
		return nil, fmt.Errorf("making record %d canonical: %w", r.Nr, ErrTooLong)
	}
	return canonical, nil
}

// rfc8785 makes canonical what a struct does not write itself.
var rfc8785 = jsonv2.JoinOptions(jsontext.CanonicalizeRawInts(true), jsontext.CanonicalizeRawFloats(true), jsontext.ReorderRawObjects(true))

// Leaf is the RFC 6962 leaf hash of canonical bytes: SHA-256(0x00 || bytes).
func Leaf(canonical []byte) Hash { return tlog.RecordHash(canonical) }

// ParseRecord reads canonical bytes, or any JSON form of an auditregel, strictly. Its only error is [ErrRecord]: a record is
// made by a program and not corrected by a person, so one answer will do.
//
// Strict means that the record written again is the same JSON: then no key is unknown, missing, twice there or in another
// case, and no value was of another type.
func ParseRecord(data []byte) (Record, error) {
	if len(data) > 2*MaxRecord { // room for escapes and spaces, and no more
		return Record{}, ErrRecord
	}
	given, err := strictjson.Canonical(data)
	if err != nil {
		return Record{}, ErrRecord
	}
	var r Record
	if err := json.Unmarshal(given, &r); err != nil {
		return Record{}, ErrRecord
	}
	again, err := r.Canonical()
	if err != nil || !bytes.Equal(given, again) || !r.Complete() {
		return Record{}, ErrRecord
	}
	return r, nil
}

// Complete reports whether the fields that are filled in on the way into the log are there and have their form.
func (r Record) Complete() bool {
	moment, err := time.Parse(TimeLayout, r.Time)
	if err != nil || moment.Format(TimeLayout) != r.Time {
		return false
	}
	salt, err := base64.RawURLEncoding.Strict().DecodeString(r.Salt)
	return err == nil && len(salt) == SaltLength && r.Nr >= 0 && r.Kind != "" && isHex(r.TraceID, 16) && isHex(r.SpanID, 8)
}

func isHex(s string, length int) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == length && hex.EncodeToString(raw) == s
}
