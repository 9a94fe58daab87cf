// Package api is the gateway's face to other software: it turns HTTP requests into calls of relay, registry and audit, and
// their answers into what openapi.yaml describes.
//
// It promises: what a caller may reach stands in one table (routes.go), which a test holds against openapi.yaml; who is calling
// is established before anything of a request is looked at; every fault is a problem+json of the closed list, told in Dutch,
// without the value that was sent; no failure of Sluis itself is ever a 2xx, nor a 500 with details. It must not decide
// anything about a message, and must not log a path, a query, a token, a body, or the id of a message or a person.
package api

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Trail finds the records that a party may read, newest first; audit.Store has it.
type Trail interface {
	Search(ctx context.Context, q audit.Query) ([][]byte, error)
	// Pruned reports whether a record that a party could read has lost its content.
	Pruned(ctx context.Context, partyOIN string, nr int64) (bool, error)
}

// Options are what the API speaks for. All fields are required but Limits, Stopping, Refused and Advised.
type Options struct {
	Auth     *auth.Verifier
	Relay    *relay.Relay
	Registry *registry.Registry
	Log      *audit.Sequencer
	Trail    Trail
	Rules    func() *policy.Engine // that decide now
	Kept     replay.Store          // the decisions of before, and the rules of their day
	Hub      *notify.Hub
	Schemas  *message.Schemas
	Words    *vocabulary.Vocabulary
	Origin   string // public origin, https://host[:port]
	LogKey   string // C2SP vkey of the log
	Now      func() time.Time
	Logger   *slog.Logger
	Limits   Limits
	Stopping <-chan struct{} // closed when the process stops: long polls then end at once
	Refused  *atomic.Int64   // counts every 401, for the aggregate record in the trail
	Advised  *Advised        // counts advice; nil: nobody counts
}

// server holds what the handlers need.
type server struct {
	Options
	limiter     *limiter // of parties
	strangers   *limiter // of addresses: apart, so that who has many of them takes no party's place
	streams     streams  // of events, open now
	simulations simulations
	replayer    *replay.Replayer
	openapi     []byte
	known       map[string]bool // route patterns: the only paths that may be logged
}

// New gives the handler of the API listener.
func New(o Options) (http.Handler, error) {
	described, err := describe(o.Origin)
	if err != nil {
		return nil, fmt.Errorf("reading the embedded OpenAPI description: %w", err)
	}
	s := &server{
		Options: o, replayer: &replay.Replayer{Store: o.Kept, Known: func() replay.Known { return o.Registry.Snapshot() }}, openapi: described, known: make(map[string]bool),
		limiter: newLimiter(o.Limits, o.Now), strangers: newLimiter(o.Limits, o.Now),
	}
	return s.handler(), nil
}

func (s *server) handler() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	// The connection's own address: behind no proxy, X-Forwarded-For is what a stranger writes (echo trusts it by default).
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = s.answerError
	e.Pre(s.guard)
	for _, r := range routes() {
		e.Add(r.method, r.path, s.serve(r))
		s.known[r.path] = true
	}
	return e
}
