package api

import (
	"crypto/rand"
	"encoding/hex"
	"regexp"
)

// traceparentForm is W3C Trace Context, version 00: version, trace-id, parent-id, flags.
var traceparentForm = regexp.MustCompile(`^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$`)

// trace gives the ids for the records of a request: the caller's trace, when its traceparent is valid, and always a span of our
// own. A missing or invalid header starts a new trace (W3C Trace Context §3.2.3: "the vendor creates a new traceparent").
func trace(traceparent []string) (traceID, spanID string) {
	spanID = randomHex(8)
	if len(traceparent) == 1 {
		m := traceparentForm.FindStringSubmatch(traceparent[0])
		// "All bytes as zero is considered an invalid value", for both ids.
		if m != nil && m[1] != "00000000000000000000000000000000" && m[2] != "0000000000000000" {
			return m[1], spanID
		}
	}
	return randomHex(16), spanID
}

// randomHex gives n random bytes: the Authorization Decision Log asks for ids from a cryptographic source.
func randomHex(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand ends the process when the system has no randomness
	return hex.EncodeToString(b)
}
