package message_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

const kop = `{"id":"x","soort":"signaal"}`

// TestOpenUndoesBuild for bodies of all sizes around the steps of the padding.
func TestOpenUndoesBuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(0, 20_000).Draw(t, "size")
		body := []byte(`{}`)
		if size > 0 {
			text, _ := json.Marshal(strings.Repeat(rapid.SampledFrom([]string{"a", "é", `"`, " ", "\n"}).Draw(t, "letter"), size))
			body = append(append([]byte(`{"omschrijving":`), text...), '}')
		}
		plaintext, err := message.BuildPayload([]byte(kop), body)
		if err != nil {
			t.Fatal(err)
		}
		text := bytes.TrimRight(plaintext, " ")
		if len(plaintext) != message.PaddedLength(len(text)) || !bytes.HasPrefix(text, []byte(`{"kop":`+kop)) {
			t.Fatalf("a payload of %d bytes for a text of %d", len(plaintext), len(text))
		}
		back, err := message.OpenPayload(plaintext, []byte(kop))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(back, body) {
			t.Fatal("the body changed on its way")
		}
	})
}

func TestOpenRefusesEveryOtherLength(t *testing.T) {
	plaintext, err := message.BuildPayload([]byte(kop), []byte(`{"a":1}`))
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.TrimRight(plaintext, " ")
	for n := len(text); n < len(plaintext)+100; n++ {
		if n == len(plaintext) {
			continue
		}
		padded := append(bytes.Clone(text), bytes.Repeat([]byte{' '}, n-len(text))...)
		if _, err := message.OpenPayload(padded, []byte(kop)); !errors.Is(err, message.ErrPadding) {
			t.Fatalf("%d bytes: got %v, want ErrPadding", n, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	padded := func(text string) []byte {
		return append([]byte(text), bytes.Repeat([]byte{' '}, message.PaddedLength(len(text))-len(text))...)
	}
	after := func(text, tail string) []byte {
		p := padded(text)
		copy(p[len(p)-len(tail):], tail)
		return p
	}
	for name, test := range map[string]struct {
		plaintext []byte
		want      error // nil: a fault.List
	}{
		"another kop":            {padded(`{"kop":{"id":"y","soort":"signaal"},"a":1}`), message.ErrKop},
		"kop with more":          {padded(`{"kop":{"id":"x","soort":"signaal","z":1}}`), message.ErrKop},
		"kop is no object":       {padded(`{"kop":null,"a":1}`), message.ErrKop},
		"a line feed after":      {after(`{"kop":`+kop+`}`, "\n"), message.ErrPadding},
		"a zero byte after":      {after(`{"kop":`+kop+`}`, "\x00"), message.ErrPadding},
		"more JSON after":        {after(`{"kop":`+kop+`}`, "{}"), message.ErrPadding},
		"kop not first":          {padded(`{"a":1,"kop":` + kop + `}`), nil},
		"no kop":                 {padded(`{"a":1}`), nil},
		"empty object":           {padded(`{}`), nil},
		"kop twice":              {padded(`{"kop":` + kop + `,"kop":` + kop + `}`), nil},
		"field twice":            {padded(`{"kop":` + kop + `,"a":1,"a":2}`), nil},
		"space before":           {padded(` {"kop":` + kop + `}`), nil},
		"a list":                 {padded(`[1]`), nil},
		"cut off":                {padded(`{"kop":` + kop + `,"a":`), nil},
		"bytes that are no text": {padded("{\"kop\":" + kop + ",\"a\":\"\xff\"}"), nil},
		"nothing":                {nil, nil},
	} {
		body, err := message.OpenPayload(test.plaintext, []byte(kop))
		if body != nil {
			t.Errorf("%s: a body was given", name)
		}
		var list fault.List
		if test.want == nil && !errors.As(err, &list) || test.want != nil && !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
}

// TestKopIsComparedByMeaning: another program may write white space and order as it likes.
func TestKopIsComparedByMeaning(t *testing.T) {
	text := `{ "kop" : {"soort":"signaal", "id":"\u0078"} , "a": 1 }`
	plaintext := append([]byte(text), bytes.Repeat([]byte{' '}, 4096-len(text))...)
	body, err := message.OpenPayload(plaintext, []byte(kop))
	if err != nil {
		t.Fatal(err)
	}
	if string(body) != `{"a": 1 }` && string(body) != `{ "a": 1 }` {
		t.Errorf("got %s", body)
	}
}

func TestBuildRefuses(t *testing.T) {
	for _, body := range []string{``, `[]`, `1`, `{"kop":1}`, `{"a":1,"kop":1}`, `{"a":1,"a":2}`, `{} {}`, `{"a":}`} {
		if _, err := message.BuildPayload([]byte(kop), []byte(body)); !errors.As(err, new(fault.List)) {
			t.Errorf("body %s: got %v, want a fault.List", body, err)
		}
	}
	for _, kop := range []string{``, `[]`, `null`, `{`} {
		if _, err := message.BuildPayload([]byte(kop), []byte(`{}`)); err == nil {
			t.Errorf("kop %s was taken", kop)
		}
	}
}

func TestKopHoldsAllButContents(t *testing.T) {
	e := messagetest.Envelope(t)
	signed := messagetest.Signed(t, e, messagetest.Key(t))
	data, err := signed.Kop()
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	for name := range fields(t, e) {
		_, has := got[name]
		if left := name == "lading" || name == "motivering"; has == left {
			t.Errorf("%s in kop: %v", name, has)
		}
	}
}

func FuzzOpenPayload(f *testing.F) {
	good, err := message.BuildPayload([]byte(kop), []byte(`{"a":[1,"é",null]}`))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"kop":{},"a":1}`))
	f.Add([]byte(`{"kop"`))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, plaintext []byte) {
		body, err := message.OpenPayload(plaintext, []byte(kop))
		if err != nil {
			return
		}
		again, err := message.BuildPayload([]byte(kop), body)
		if err != nil {
			t.Fatalf("what was opened cannot be built: %v", err)
		}
		if back, err := message.OpenPayload(again, []byte(kop)); err != nil || !json.Valid(back) {
			t.Fatalf("what was built cannot be opened: %v", err)
		}
	})
}
