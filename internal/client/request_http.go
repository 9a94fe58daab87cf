package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

func (c *Client) newRequest(ctx context.Context, r request) (*http.Request, error) {
	address := c.profile.URL + r.path
	if len(r.query) > 0 {
		address += "?" + r.query.Encode()
	}
	var body io.Reader
	if r.body != nil {
		body = r.body()
	}
	req, err := http.NewRequestWithContext(ctx, r.method, address, body)
	if err != nil {
		return nil, fmt.Errorf("making a call of %s: %w", r.path, err)
	}
	if r.body != nil {
		req.ContentLength = r.length
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(r.body()), nil }
		req.Header.Set("Content-Type", r.contentType)
	}
	if r.repeatable {
		req.Header["Idempotency-Key"] = nil // tells net/http that it may repeat the call; sends nothing
	}
	req.Header.Set("Accept", r.accept)
	if r.accept == "" {
		req.Header.Set("Accept", "application/json")
	}
	if !r.anonymous {
		token, err := c.token()
		if err != nil {
			return nil, err
		}
		req.Header.Set("Authorization", "Bearer "+token)
	}
	return req, nil
}

// unreachable keeps the cause and drops the address with its query, which net/http puts in its errors.
func (c *Client) unreachable(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return &UnreachableError{URL: c.profile.URL, Err: err}
}
