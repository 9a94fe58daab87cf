package message

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// What can be wrong with a decrypted payload besides its JSON.
var (
	ErrKop     = errors.New("kop van de lading is niet die van de envelop")
	ErrPadding = errors.New("lading is niet opgevuld zoals afgesproken")
)

const kopName = "kop"

// BuildPayload gives the padded plaintext: `{"kop":…, members of body…}` followed by U+0020 to [PaddedLength]. body is one JSON
// object without a member kop; its white space is left out, the rest stays as it is. A fault.List says what is wrong with body.
func BuildPayload(kop, body []byte) ([]byte, error) {
	canonical, err := strictjson.Canonical(kop)
	if err != nil || canonical[0] != '{' {
		return nil, errors.New("building a payload: kop is not a JSON object")
	}
	compact := jsontext.Value(bytes.Clone(body))
	if err := compact.Compact(); err != nil || compact.Kind() != '{' {
		return nil, bodyFault("", "moet één JSON-object zijn, zonder dubbele velden")
	}
	if has, err := hasMember(compact, kopName); err != nil || has {
		return nil, bodyFault(kopName, "mag niet in de lading staan: Sluis zet de kop er zelf in")
	}
	const around = len(`{"kop":,}`)
	text := make([]byte, 0, PaddedLength(around+len(canonical)+len(compact)))
	text = append(text, `{"kop":`...)
	text = append(text, canonical...)
	if len(compact) > len(`{}`) {
		text = append(text, ',')
	}
	text = append(text, compact[1:]...)
	return append(text, bytes.Repeat([]byte{' '}, PaddedLength(len(text))-len(text))...), nil
}

// OpenPayload undoes [BuildPayload] strictly: one JSON object whose first member is kop, then U+0020 up to exactly [PaddedLength],
// and nothing else. It gives the object without kop. [ErrKop] when kop differs from wantKop (compared in RFC 8785 form), else
// [ErrPadding], or a fault.List when the JSON is wrong.
func OpenPayload(plaintext, wantKop []byte) (body []byte, err error) {
	want, err := strictjson.Canonical(wantKop)
	if err != nil {
		return nil, fmt.Errorf("reading the kop of an envelope: %w", err)
	}
	length, err := objectLength(plaintext)
	if err != nil {
		return nil, err
	}
	if len(plaintext) != PaddedLength(length) || len(bytes.TrimRight(plaintext[length:], " ")) > 0 {
		return nil, ErrPadding
	}
	kop, rest, err := splitKop(plaintext[:length])
	if err != nil {
		return nil, err
	}
	if got, err := strictjson.Canonical(kop); err != nil || !bytes.Equal(got, want) {
		return nil, ErrKop
	}
	return append([]byte{'{'}, rest...), nil
}

// objectLength gives the length of the JSON object that text begins with, having checked all of it: duplicate names and invalid
// UTF-8 are refused too.
func objectLength(text []byte) (int, error) {
	if len(text) == 0 || text[0] != '{' {
		return 0, bodyFault("", "lading begint niet met een JSON-object")
	}
	dec := jsontext.NewDecoder(bytes.NewBuffer(text)) // a Buffer is read where it is; a Reader would be copied
	if err := dec.SkipValue(); err != nil {
		return 0, bodyFault("", "lading is geen geldige JSON (bij byte %d)", dec.InputOffset())
	}
	return int(dec.InputOffset()), nil
}

// splitKop takes a checked JSON object apart into the value of its first member, which must be kop, and what follows it: the
// other members and the closing brace.
func splitKop(object []byte) (kop, rest []byte, err error) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(object))
	for range 2 { // the opening brace, the first name
		tok, err := dec.ReadToken()
		if err != nil {
			return nil, nil, bodyFault("", "lading is geen geldige JSON")
		}
		if tok.Kind() == '"' && tok.String() == kopName {
			value, err := dec.ReadValue()
			if err != nil {
				return nil, nil, bodyFault(kopName, "is geen geldige JSON")
			}
			kop = bytes.Clone(value)
		}
	}
	if kop == nil {
		return nil, nil, bodyFault(kopName, "moet het eerste veld van de lading zijn")
	}
	rest = bytes.TrimLeft(object[dec.InputOffset():], " \t\r\n")
	return kop, bytes.TrimPrefix(rest, []byte{','}), nil
}

// hasMember reports whether a JSON object has a member of that name at its top.
func hasMember(object jsontext.Value, name string) (bool, error) {
	dec := jsontext.NewDecoder(bytes.NewBuffer(object))
	if _, err := dec.ReadToken(); err != nil {
		return false, err
	}
	for {
		tok, err := dec.ReadToken()
		if err == io.EOF || err == nil && tok.Kind() == '}' {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if tok.String() == name {
			return true, nil
		}
		if err := dec.SkipValue(); err != nil {
			return false, err
		}
	}
}

func bodyFault(place, format string, args ...any) error {
	var faults fault.List
	faults.Add(place, format, args...)
	return faults
}
