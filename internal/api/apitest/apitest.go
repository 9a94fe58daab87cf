// Package apitest holds what the API does to what openapi.yaml says of it: a transport that validates every request and every
// answer of a test. It is for tests only.
//
// It promises that a test which goes through it fails when an answer has a status, a header, a content type, a key or a value
// that the description does not have, or when a request that was meant to be right is not. It must not change either.
package apitest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"

	"github.com/sluis-gateway/sluis/internal/api"
)

type invalidKey struct{}

// Invalid marks a request that is meant to be wrong: only its answer is validated.
func Invalid(ctx context.Context) context.Context { return context.WithValue(ctx, invalidKey{}, true) }

// Transport gives a transport that validates what goes over base. Paths outside /v1 follow other specifications than
// openapi.yaml and pass as they are.
func Transport(t testing.TB, base http.RoundTripper) http.RoundTripper {
	t.Helper()
	v, err := described()
	if err != nil {
		t.Fatalf("reading openapi.yaml: %v", err)
	}
	return &transport{t: t, base: base, validator: v}
}

// validators are a strict one, for which a key that is not described is a mismatch, and one for answers that are documents of
// another form: the description itself, a JSON Schema, a convenant.
type validators struct{ strict, document validator.Validator }

// described reads the description once for all tests of a process: compiling its schemas takes a while.
var described = sync.OnceValues(func() (v validators, err error) {
	if v.strict, err = newValidator(config.WithStrictMode(),
		// Headers of HTTP itself and of its security, which openapi.yaml does not repeat at every answer.
		config.WithStrictIgnoredHeadersExtra("Content-Security-Policy", "Strict-Transport-Security", "X-Content-Type-Options",
			"X-Frame-Options", "Referrer-Policy", "Cache-Control", "Allow", "X-Request-Id", "Traceparent"),
		// The facts of a decision are the policy's, not the API's.
		config.WithStrictIgnorePaths("**.feiten.**")); err != nil {
		return v, err
	}
	v.document, err = newValidator()
	return v, err
})

func newValidator(options ...config.Option) (validator.Validator, error) {
	doc, err := libopenapi.NewDocument(api.Description())
	if err != nil {
		return nil, err
	}
	v, errs := validator.NewValidator(doc, append(options, config.WithFormatAssertions())...)
	return v, errors.Join(errs...)
}

var document = regexp.MustCompile(`^/v1/(openapi\.json|beleid/[^/]+|soorten/[^/]+/schema|convenanten/[^/]+/versies/[^/]+)$`)

func (v validators) forAnswer(r *http.Request, status int) validator.Validator {
	if status == http.StatusOK && document.MatchString(r.URL.Path) {
		return v.document
	}
	return v.strict
}

type transport struct {
	t         testing.TB
	base      http.RoundTripper
	validator validators
}

// RoundTrip sends the request, whatever it thinks of it, so that a test sees the answer too.
func (v *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasPrefix(r.URL.Path, "/v1/") {
		return v.base.RoundTrip(r)
	}
	asked, err := copyOf(r)
	if err != nil {
		return nil, err
	}
	invalid, _ := r.Context().Value(invalidKey{}).(bool)
	if !invalid {
		if ok, errs := v.validator.strict.ValidateHttpRequestSync(asked); !ok {
			v.t.Errorf("%s %s: the request is not as openapi.yaml says: %v", r.Method, r.URL.Path, texts(errs))
		}
	}
	resp, err := v.base.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if err != nil {
		return resp, fmt.Errorf("reading an answer: %w", err)
	}
	if err := problemForm(resp, body); err != nil {
		v.t.Errorf("%s %s: %v", r.Method, r.URL.Path, err)
	}
	if invalid && (resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusMethodNotAllowed) {
		return resp, nil // may be about a path or method that is not described
	}
	if ok, errs := v.validator.forAnswer(r, resp.StatusCode).ValidateHttpResponse(r, resp); !ok {
		v.t.Errorf("%s %s: the answer %d is not as openapi.yaml says: %v", r.Method, r.URL.Path, resp.StatusCode, texts(errs))
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// copyOf gives a request whose body can be read twice. A message streams: its form is not described in JSON Schema anyway.
func copyOf(r *http.Request) (*http.Request, error) {
	c := r.Clone(r.Context())
	c.Body = nil
	if r.Body == nil || strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		return c, nil
	}
	data, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body, c.Body = io.NopCloser(bytes.NewReader(data)), io.NopCloser(bytes.NewReader(data))
	return c, nil
}

var code = regexp.MustCompile(`^urn:sluis:fout:[a-z-]+$`)

// problemForm checks what holds for every answer that is no success, described or not.
func problemForm(resp *http.Response, body []byte) error {
	if resp.StatusCode < 400 {
		return nil
	}
	var p struct {
		Type   string `json:"type"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}
	if resp.Header.Get("Content-Type") != "application/problem+json" || json.Unmarshal(body, &p) != nil ||
		!code.MatchString(p.Type) || p.Status != resp.StatusCode || p.Detail == "" {
		return fmt.Errorf("the answer %d is no problem+json with a code, its status and a detail", resp.StatusCode)
	}
	if resp.StatusCode == http.StatusInternalServerError {
		return fmt.Errorf("the answer is a 500")
	}
	return nil
}
