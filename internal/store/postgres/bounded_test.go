package postgres

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// TestEachQuestionHasAnEnd: a caller with much time, or all of it, waits no longer than silence; one with little keeps his own; and what a
// question asks on its way ends only itself.
func TestEachQuestionHasAnEnd(t *testing.T) {
	within := func(ctx context.Context) time.Duration {
		at, ok := ctx.Deadline()
		if !ok {
			t.Fatal("a question without an end")
		}
		return time.Until(at)
	}
	long, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	short, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for name, ctx := range map[string]context.Context{"no end": t.Context(), "ten minutes": long} {
		outer := bounded{}.TraceAcquireStart(ctx, nil, pgxpool.TraceAcquireStartData{})
		if got := within(outer); got > silence {
			t.Errorf("%s: it waits %v", name, got)
		}
		inner := bounded{}.TraceQueryStart(outer, nil, pgx.TraceQueryStartData{})
		bounded{}.TraceQueryEnd(inner, nil, pgx.TraceQueryEndData{})
		if outer.Err() != nil {
			t.Errorf("%s: a question on the way to a connection ended the wait for it", name)
		}
		bounded{}.TraceAcquireEnd(outer, nil, pgxpool.TraceAcquireEndData{})
		if !errors.Is(outer.Err(), context.Canceled) {
			t.Errorf("%s: its clock still runs: %v", name, outer.Err())
		}
	}
	own := bounded{}.TraceQueryStart(short, nil, pgx.TraceQueryStartData{})
	if got := within(own); got <= silence {
		t.Errorf("the writer waits no longer than %v", got)
	}
	bounded{}.TraceQueryEnd(own, nil, pgx.TraceQueryEndData{})
	if short.Err() != nil {
		t.Error("the caller's own end was brought forward")
	}
}
