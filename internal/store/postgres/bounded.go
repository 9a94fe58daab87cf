package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// silence is how long a server may keep one question waiting. It ends by itself what takes 30 seconds (sessionBounds); one that says nothing
// after that is not there, although its connections stand: its machine hangs, or something in between swallows what is sent.
const silence = 35 * time.Second

// patient is how far away a caller's own deadline may be for it to be the bound. The writer's are nearer: a commit that waits for a standby has
// a bound of its own.
const patient = 50 * time.Second

// bounded gives each question to the server, and each wait for a connection, an end. Who sends a large message has ten minutes, and must
// not wait ten minutes for a server that hangs.
type bounded struct{}

var (
	_ pgx.QueryTracer       = bounded{}
	_ pgx.BatchTracer       = bounded{}
	_ pgxpool.AcquireTracer = bounded{}
)

type endKey struct{}

func bound(ctx context.Context) context.Context {
	if at, ok := ctx.Deadline(); ok && time.Until(at) < patient {
		if ctx.Value(endKey{}) != nil { // a question within one that is bounded: its end is not the other's
			return context.WithValue(ctx, endKey{}, nil)
		}
		return ctx
	}
	ctx, end := context.WithTimeout(ctx, silence)
	return context.WithValue(ctx, endKey{}, end)
}

func release(ctx context.Context) {
	if end, ok := ctx.Value(endKey{}).(context.CancelFunc); ok {
		end()
	}
}

// TraceQueryStart and the others are called by the library, which uses the context that they give for the rest of the call.
func (bounded) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return bound(ctx)
}

func (bounded) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) { release(ctx) }

func (bounded) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return bound(ctx)
}

func (bounded) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}

func (bounded) TraceBatchEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchEndData) { release(ctx) }

func (bounded) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	return bound(ctx)
}

func (bounded) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	release(ctx)
}
