package trailcheck

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep lists and objects may stand in each other, as in the library of Go; in a record that is some five deep.
const maxDepth = 10_000

// isCanonical reports whether bytes are the RFC 8785 form of a JSON value: no spaces, the keys of an object in order and each once, every
// text and number as that document writes it. It goes through them once and keeps nothing.
func isCanonical(data []byte) bool {
	r := reader{data: data}
	return r.value(0) && r.at == len(data)
}

// reader stands somewhere in bytes. Each of its methods goes past one thing, and reports whether that stands there in its only form.
type reader struct {
	data []byte
	at   int
}

// next goes past this byte, if it comes now.
func (r *reader) next(b byte) bool {
	if r.at < len(r.data) && r.data[r.at] == b {
		r.at++
		return true
	}
	return false
}

func (r *reader) value(depth int) bool {
	if r.at == len(r.data) {
		return false
	}
	switch r.data[r.at] {
	case '{':
		return r.object(depth)
	case '[':
		return r.list(depth)
	case '"':
		return r.text()
	case 'n':
		return r.word("null")
	case 't':
		return r.word("true")
	case 'f':
		return r.word("false")
	}
	return r.number()
}

func (r *reader) word(word string) bool {
	if !bytes.HasPrefix(r.data[r.at:], []byte(word)) {
		return false
	}
	r.at += len(word)
	return true
}

func (r *reader) list(depth int) bool {
	if r.at++; depth == maxDepth {
		return false
	}
	if r.next(']') {
		return true
	}
	for {
		if !r.value(depth + 1) {
			return false
		}
		if !r.next(',') {
			return r.next(']')
		}
	}
}

func (r *reader) object(depth int) bool {
	if r.at++; depth == maxDepth {
		return false
	}
	if r.next('}') {
		return true
	}
	var before []byte
	for first := true; ; first = false {
		begin := r.at
		if !r.text() {
			return false
		}
		key := r.data[begin:r.at]
		if !first && !comesAfter(key, before) || !r.next(':') || !r.value(depth+1) {
			return false
		}
		before = key
		if !r.next(',') {
			return r.next('}')
		}
	}
}

// comesAfter compares two keys, quotes and escapes included, as RFC 8785, section 3.2.3: "Property name strings to be sorted are formatted as
// arrays of UTF-16 code units". For letters and digits that is the order of their bytes.
func comesAfter(key, before []byte) bool {
	if plain(key) && plain(before) {
		return bytes.Compare(key[1:len(key)-1], before[1:len(before)-1]) > 0
	}
	a, b := unquoted(before), unquoted(key)
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))) < 0
}

func plain(text []byte) bool {
	return !slices.ContainsFunc(text, func(b byte) bool { return b == '\\' || b >= utf8.RuneSelf })
}

// unquoted gives what a canonical text says.
func unquoted(text []byte) (said string) {
	if bytes.IndexByte(text, '\\') < 0 {
		return string(text[1 : len(text)-1])
	}
	_ = json.Unmarshal(text, &said) // it is canonical, so that it can be read
	return said
}

// text goes past a text. RFC 8785, section 3.2.2.2 names what is escaped, and how; nothing else is.
func (r *reader) text() bool {
	if !r.next('"') {
		return false
	}
	for r.at < len(r.data) {
		switch b := r.data[r.at]; {
		case b == '"':
			r.at++
			return true
		case b == '\\':
			if !r.escape() {
				return false
			}
		case b < ' ':
			return false
		case b < utf8.RuneSelf:
			r.at++
		default:
			found, size := utf8.DecodeRune(r.data[r.at:])
			if found == utf8.RuneError && size == 1 {
				return false
			}
			r.at += size
		}
	}
	return false
}

func (r *reader) escape() bool {
	rest := r.data[r.at:]
	if len(rest) >= 2 && strings.IndexByte(`"\bfnrt`, rest[1]) >= 0 {
		r.at += 2
		return true
	}
	if len(rest) < 6 || !bytes.HasPrefix(rest, []byte(`\u00`)) || rest[4] != '0' && rest[4] != '1' || strings.IndexByte("0123456789abcdef", rest[5]) < 0 {
		return false
	}
	r.at += 6
	return rest[4] == '1' || strings.IndexByte("89acd", rest[5]) < 0 // those have a letter: \b \t \n \f \r
}

// number goes past a number as ECMAScript writes it (RFC 8785, section 3.2.2.3): shortest digits, an exponent from 1e21 on and below 1e-6.
func (r *reader) number() bool {
	begin := r.at
	for r.at < len(r.data) && strings.IndexByte("+-.0123456789eE", r.data[r.at]) >= 0 {
		r.at++
	}
	text := string(r.data[begin:r.at])
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(f, 0) {
		return false
	}
	if f == 0 {
		return text == "0" // and not -0
	}
	format := byte('f')
	if abs := math.Abs(f); abs < 1e-6 || abs >= 1e21 {
		format = 'e'
	}
	// Go writes at least two digits of an exponent, ECMAScript no zero before it.
	want := strconv.FormatFloat(f, format, -1, 64)
	return text == strings.Replace(strings.Replace(want, "e-0", "e-", 1), "e+0", "e+", 1)
}
