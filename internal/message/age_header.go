package message

import (
	"bytes"
	"encoding/base64"
	"errors"
	"slices"
)

// What can be wrong with a ciphertext, seen from outside.
var (
	ErrNotAge  = errors.New("geen age-bestand")
	ErrAgeKeys = errors.New("age-bestand voor andere sleutels dan het convenant toestaat")
)

// Stanza types that Sluis accepts (c2sp.org/age, "The mlkem768x25519 recipient type" and "The X25519 recipient type").
const (
	hybridStanza = "mlkem768x25519"
	x25519Stanza = "X25519"
)

const (
	ageVersionLine = "age-encryption.org/v1"
	maxAgeHeader   = 64 << 10
	wrappedFileKey = 32        // bytes: a 16-byte file key and a tag of ChaCha20-Poly1305
	hybridShare    = 1088 + 32 // bytes: an ML-KEM-768 ciphertext and an X25519 share
	x25519Share    = 32
	bodyColumns    = 64 // characters in a full line of a stanza's body
)

// ageStanza is what matters here of one recipient stanza.
type ageStanza struct {
	kind string
	args [][]byte
	body int // bytes
}

// ageHeaderReader takes the lines of an age v1 header one by one (c2sp.org/age, "Encrypted file format" and "Header"). Grammar that the
// specification does not have is [ErrNotAge], so that no two programs can read one file in two ways.
type ageHeaderReader struct {
	version bool
	inBody  bool
	done    bool // after the line with the MAC
	stanzas []ageStanza
	decoded []byte // room for base64
}

// line takes one line without its line feed.
func (h *ageHeaderReader) line(line []byte) error {
	switch {
	case !h.version:
		h.version = true
		if string(line) != ageVersionLine {
			return ErrNotAge
		}
		return nil
	case h.inBody:
		return h.bodyLine(line)
	case bytes.HasPrefix(line, []byte("-> ")):
		return h.stanzaLine(bytes.Clone(line[len("-> "):]))
	case bytes.HasPrefix(line, []byte("--- ")):
		h.done = true
		if n, ok := h.decodedLength(line[len("--- "):]); !ok || n != 32 || len(h.stanzas) == 0 {
			return ErrNotAge
		}
		return nil
	}
	return ErrNotAge
}

// stanzaLine takes "-> type args": one or more arguments of printable ASCII, one space between them.
func (h *ageHeaderReader) stanzaLine(text []byte) error {
	words := bytes.Split(text, []byte(" "))
	for _, word := range words {
		if len(word) == 0 {
			return ErrNotAge
		}
		for _, c := range word {
			if c < 33 || c > 126 {
				return ErrNotAge
			}
		}
	}
	h.stanzas = append(h.stanzas, ageStanza{kind: string(words[0]), args: words[1:]})
	h.inBody = true
	return nil
}

// bodyLine takes a line of a body: full lines of 64 columns, then one that is shorter, possibly empty.
func (h *ageHeaderReader) bodyLine(line []byte) error {
	n, ok := h.decodedLength(line)
	if !ok || len(line) > bodyColumns {
		return ErrNotAge
	}
	h.stanzas[len(h.stanzas)-1].body += n
	h.inBody = len(line) == bodyColumns
	return nil
}

// verdict judges the stanzas when the header is complete: all of one type that is allowed, well formed, and one for each of want keys.
// scrypt, ssh, tags, plugins and "grease" stanzas are for keys that no card can name: [ErrAgeKeys].
func (h *ageHeaderReader) verdict(want int, allowX25519 bool) error {
	kind, share := hybridStanza, hybridShare
	if allowX25519 && h.stanzas[0].kind == x25519Stanza {
		kind, share = x25519Stanza, x25519Share
	}
	for _, s := range h.stanzas {
		if s.kind != kind {
			return ErrAgeKeys
		}
		if len(s.args) != 1 || s.body != wrappedFileKey {
			return ErrNotAge
		}
		if n, ok := h.decodedLength(s.args[0]); !ok || n != share {
			return ErrNotAge
		}
	}
	if len(h.stanzas) != want {
		return ErrAgeKeys
	}
	return nil
}

// decodedLength gives the number of bytes that canonical base64 without padding stands for.
func (h *ageHeaderReader) decodedLength(text []byte) (int, bool) {
	if bytes.ContainsAny(text, "\r\n") { // the decoder would pass over them
		return 0, false
	}
	h.decoded = slices.Grow(h.decoded[:0], ageBase64.DecodedLen(len(text)))
	n, err := ageBase64.Decode(h.decoded[:cap(h.decoded)], text)
	return n, err == nil
}

// ageBase64 is base64 without padding, and strict: the unused bits of the last character are zero.
var ageBase64 = base64.RawStdEncoding.Strict()
