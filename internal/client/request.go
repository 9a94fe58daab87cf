package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// request is one call of the gateway.
type request struct {
	method      string
	path        string // begins with a slash, escaped
	query       url.Values
	body        func() io.Reader // nil for none; called again when the call is repeated
	length      int64
	contentType string
	accept      string        // default application/json
	limit       int64         // longest answer, in bytes; default maxAnswer
	timeout     time.Duration // default callTimeout
	anonymous   bool          // no token: the client certificate says enough, or nothing need be said
	repeatable  bool          // the gateway gives the same answer to the same call: repeat it when the connection breaks
}

const (
	maxAnswer     = 4 << 20
	callTimeout   = 30 * time.Second
	uploadTimeout = 5 * time.Minute
	attempts      = 3
)

// answer is what the gateway said, read whole.
type answer struct {
	status      int
	contentType string
	body        []byte
}

// do makes a call and reads its answer. Errors: *Problem for a no, *UnreachableError for no answer, *Refusal for an answer that
// is no answer. A repeatable call is made again when the connection broke: then nobody knows whether it was done.
func (c *Client) do(ctx context.Context, r request) (answer, error) {
	if r.timeout == 0 {
		r.timeout = callTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	for attempt := 1; ; attempt++ {
		a, err := c.once(ctx, r)
		var gone *UnreachableError
		if !errors.As(err, &gone) || !r.repeatable || attempt == attempts || ctx.Err() != nil {
			return a, err
		}
		select {
		case <-ctx.Done():
			return a, err
		case <-time.After(time.Duration(attempt) * 200 * time.Millisecond):
		}
	}
}

func (c *Client) once(ctx context.Context, r request) (answer, error) {
	req, err := c.newRequest(ctx, r)
	if err != nil {
		return answer{}, err
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return answer{}, c.unreachable(err)
	}
	defer resp.Body.Close()
	limit := r.limit
	if limit == 0 || resp.StatusCode >= 300 {
		limit = maxAnswer
	}
	// One byte more than allowed, to tell "just fits" from "too long".
	body, err := readAll(io.LimitReader(resp.Body, limit+1), min(resp.ContentLength, limit))
	if err != nil {
		return answer{}, c.unreachable(err)
	}
	a := answer{resp.StatusCode, resp.Header.Get("Content-Type"), body}
	switch {
	case int64(len(body)) > limit:
		return a, refuse(BadAnswer, nil, "Het antwoord van de sluis is veel te lang. Waarschuw de beheerder van de sluis.")
	case a.status >= 300 && a.status < 400:
		return a, refuse(Redirected, nil, "De sluis verwijst door naar een ander adres. Dat adres is niet gevolgd. Controleer de url in profiel.yaml.")
	case a.status < 200 || a.status >= 400:
		return a, problem(a.status, a.contentType, body)
	}
	return a, nil
}

// readAll reads to the end into one buffer, where the length is known and true: growing would copy megabytes several times.
func readAll(from io.Reader, expected int64) ([]byte, error) {
	var all bytes.Buffer
	all.Grow(int(max(expected, 0)) + bytes.MinRead)
	_, err := all.ReadFrom(from)
	return all.Bytes(), err
}

// get reads a JSON answer into v.
func (c *Client) get(ctx context.Context, path string, query url.Values, v any) error {
	a, err := c.do(ctx, request{method: http.MethodGet, path: path, query: query, repeatable: true})
	if err != nil {
		return err
	}
	return a.decode(v)
}

// post sends a body that is held whole.
func (c *Client) post(ctx context.Context, path, contentType string, body []byte, r request) (answer, error) {
	r.method, r.path, r.contentType = http.MethodPost, path, contentType
	r.body, r.length = func() io.Reader { return bytes.NewReader(body) }, int64(len(body))
	return c.do(ctx, r)
}

// isType compares a content type without its parameters.
func isType(contentType, want string) bool {
	base, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(base), want)
}
