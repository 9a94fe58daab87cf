package main

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
)

// How often, and how long, a command waits when the gateway asks for fewer calls.
const (
	mostWaits = 60
	oneWait   = time.Second
)

// patiently asks again when the gateway says that the party calls too often. A list of a year has calls for each message, and must not
// break off in the middle: what is late may stand at the end.
func patiently[T any](ctx context.Context, ask func() (T, error)) (T, error) {
	for waits := 0; ; waits++ {
		got, err := ask()
		var no *client.Problem
		if !errors.As(err, &no) || no.Status != http.StatusTooManyRequests || waits == mostWaits {
			return got, err
		}
		select {
		case <-ctx.Done():
			return got, ctx.Err()
		case <-time.After(oneWait):
		}
	}
}
