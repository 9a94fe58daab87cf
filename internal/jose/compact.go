package jose

import (
	"encoding/base64"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// signatureBytes is the length of an ES256 signature: R and S, 32 bytes each (RFC 7518, 3.4).
const signatureBytes = 64

// encoding is base64url without padding (RFC 7515, 2), and strict: the unused bits of the last character are zero, so that
// one value has one text.
var encoding = base64.RawURLEncoding.Strict()

// parts are the three parts of a compact JWS, decoded.
type parts struct {
	header, payload, signature []byte
	signed                     string // what the signature is over: the first two parts as they came
}

// split takes a compact JWS apart. All faults of the form are noted; ok is false when there is nothing to go on with.
func split(compact string, max int, faults *fault.List) (p parts, ok bool) {
	if len(compact) > max {
		faults.Add("", "is te lang: %d bytes, hoogstens %d", len(compact), max)
		return p, false
	}
	if strings.Count(compact, ".") != 2 {
		faults.Add("", "is geen compacte JWS: drie delen, gescheiden door punten")
		return p, false
	}
	end := strings.LastIndexByte(compact, '.')
	first, second, _ := strings.Cut(compact[:end], ".")
	p.signed = compact[:end]
	read := func(name, text string) []byte {
		raw, good := decode(text)
		if !good || len(raw) == 0 {
			faults.Add(name, "is geen base64url zonder opvulling (RFC 7515)")
		}
		return raw
	}
	p.header = read("header", first)
	p.payload = read("inhoud", second)
	p.signature = read("handtekening", compact[end+1:])
	if len(p.signature) > 0 && len(p.signature) != signatureBytes {
		faults.Add("handtekening", "moet %d bytes lang zijn (%s)", signatureBytes, algorithm)
	}
	return p, len(*faults) == 0
}

// decode reads canonical base64url. encoding/base64 skips line ends even when strict, so they are refused here.
func decode(text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	raw, err := encoding.DecodeString(text)
	if err != nil {
		return nil, false
	}
	return raw, true
}

func encode(raw []byte) string { return encoding.EncodeToString(raw) }
