package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// between stands between a client and a real gateway, and plays the dishonest one: it changes what the gateway answers. It
// notes what was posted, because after a refusal nothing may have been.
type between struct {
	mu     sync.Mutex
	base   http.RoundTripper
	change map[string]func([]byte) []byte // by method and path; "*" at the end for any path that begins so
	posted []string
}

// client opens a profile through b.
func (b *between) client(t *testing.T, who *gatewaytest.Person, options ...client.Option) *client.Client {
	t.Helper()
	p, err := client.LoadProfile(who.Profile)
	check(t, err)
	around := client.WithTransport(func(base http.RoundTripper) http.RoundTripper { b.base = base; return b })
	c, err := client.New(p, append(options, around)...)
	check(t, err)
	t.Cleanup(c.Close)
	return c
}

// says makes the gateway's answers to a call other ones from now on.
func (b *between) says(call string, change func([]byte) []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.change == nil {
		b.change = map[string]func([]byte) []byte{}
	}
	b.change[call] = change
}

func (b *between) find(call string) func([]byte) []byte {
	for pattern, change := range b.change {
		if prefix, open := strings.CutSuffix(pattern, "*"); pattern == call || open && strings.HasPrefix(call, prefix) {
			return change
		}
	}
	return nil
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.Method == http.MethodPost {
		b.posted = append(b.posted, r.URL.Path)
	}
	change := b.find(r.Method + " " + r.URL.Path)
	if change == nil {
		return resp, nil
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	body = change(body)
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length")
	return resp, nil
}

// nothingPosted fails when the client sent or confirmed anything.
func (b *between) nothingPosted(t *testing.T) {
	t.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.posted) > 0 {
		t.Errorf("after a refusal this was posted all the same: %v", b.posted)
	}
}

// instead answers with one JSON value.
func instead(t *testing.T, v any) func([]byte) []byte {
	t.Helper()
	data, err := json.Marshal(v)
	check(t, err)
	return func([]byte) []byte { return data }
}

// signal is a message that the convenant allows from a school to the police.
func signal(r *gatewaytest.Region, body []byte) client.Draft {
	phase := 2
	return client.Draft{
		Kind: "signaal", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}},
		Body:       body, Categories: []vocabulary.Category{"identiteit", "incident", "signaal"},
		Phase: &phase, Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
	}
}

// aboutNoor is a body by the schema of a signaal. Noor does not exist.
var aboutNoor = []byte(`{
  "betrokkenen": [{"naam": "Noor Voorbeeld", "geboortedatum": "2010-05-31", "bsn": "999990019"}],
  "thema": "pesten", "leefgebied": ["school"], "aard": "Dreigt anderen", "zwaarte": "substantieel", "stapeling": false,
  "omschrijving": "Noor wordt al weken buitengesloten en dreigt terug te slaan.",
  "incidenten": [{"datum": "2026-11-18", "omschrijving": "Een dreigend briefje in de kluis."}]
}`)

func refused(t *testing.T, err error, code client.RefusalCode) {
	t.Helper()
	var r *client.Refusal
	if !errors.As(err, &r) {
		t.Fatalf("want a refusal %s, got %v", code, err)
	}
	if r.Code != code {
		t.Errorf("refused as %s, want %s: %v", r.Code, code, err)
	}
	for _, secret := range []string{"Noor", "999990019", "eyJ", "age1"} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the refusal holds %q: %v", secret, err)
		}
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
