package trailcheck

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// isRewritten says the same as isCanonical, by a slower way that is simpler to believe: read and written again by the rules of RFC 8785, bytes
// stay the same. A key that is there twice, other order, spaces, other escapes, other numbers and invalid UTF-8 all differ.
func isRewritten(data []byte) bool {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return false
	}
	if _, err := decoder.Token(); err != io.EOF {
		return false
	}
	var out strings.Builder
	return write(&out, value) && out.String() == string(data)
}

func write(out *strings.Builder, value any) bool {
	switch v := value.(type) {
	case nil:
		out.WriteString("null")
	case bool:
		out.WriteString(strconv.FormatBool(v))
	case string:
		writeText(out, v)
	case json.Number:
		return writeNumber(out, v)
	case []any:
		return writeList(out, v)
	case map[string]any:
		return writeObject(out, v)
	}
	return true
}

func writeList(out *strings.Builder, list []any) bool {
	out.WriteByte('[')
	for i, item := range list {
		if i > 0 {
			out.WriteByte(',')
		}
		if !write(out, item) {
			return false
		}
	}
	out.WriteByte(']')
	return true
}

// writeObject sorts keys as RFC 8785, section 3.2.3: "Property name strings to be sorted are formatted as arrays of UTF-16 code units".
func writeObject(out *strings.Builder, object map[string]any) bool {
	names := make([]string, 0, len(object))
	for name := range object {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
	})
	out.WriteByte('{')
	for i, name := range names {
		if i > 0 {
			out.WriteByte(',')
		}
		writeText(out, name)
		out.WriteByte(':')
		if !write(out, object[name]) {
			return false
		}
	}
	out.WriteByte('}')
	return true
}

// writeText escapes what RFC 8785, section 3.2.2.2 names, and nothing else.
func writeText(out *strings.Builder, text string) {
	out.WriteByte('"')
	for _, r := range text {
		switch r {
		case '"', '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		case '\b':
			out.WriteString(`\b`)
		case '\t':
			out.WriteString(`\t`)
		case '\n':
			out.WriteString(`\n`)
		case '\f':
			out.WriteString(`\f`)
		case '\r':
			out.WriteString(`\r`)
		default:
			if r < ' ' {
				fmt.Fprintf(out, `\u%04x`, r)
			} else {
				out.WriteRune(r)
			}
		}
	}
	out.WriteByte('"')
}

// writeNumber writes a number as ECMAScript does (RFC 8785, section 3.2.2.3): shortest digits, an exponent from 1e21 on and below 1e-6.
func writeNumber(out *strings.Builder, number json.Number) bool {
	f, err := number.Float64()
	if err != nil || math.IsInf(f, 0) {
		return false
	}
	if f == 0 {
		out.WriteByte('0') // also for -0
		return true
	}
	format := byte('f')
	if abs := math.Abs(f); abs < 1e-6 || abs >= 1e21 {
		format = 'e'
	}
	text := strconv.FormatFloat(f, format, -1, 64)
	// Go writes at least two digits of an exponent, ECMAScript no zero before it.
	text = strings.Replace(strings.Replace(text, "e-0", "e-", 1), "e+0", "e+", 1)
	out.WriteString(text)
	return true
}
