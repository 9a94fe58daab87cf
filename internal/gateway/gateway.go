// Package gateway makes a running process of the rooms: it reads the configuration, wires store, log, rules, registry, relay,
// auth and api in that order, listens, keeps the clockwork going (terms, day keys, used tokens), and stops without losing what
// is under way.
//
// It promises: a configuration with anything unknown or wrong in it is refused whole, with every fault named; a gateway that
// started has a log whose key fits, and a store that nobody else has open or that several gateways may share; what was accepted before
// Close returns is durable; and no secret is printed, logged or answered. It must not decide anything: it only puts the deciders
// together.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
)

// Gateway is one gateway process's worth of Sluis. It is made by [New], runs after [Gateway.Start], and is done after
// [Gateway.Close].
type Gateway struct {
	config Config
	logger *slog.Logger
	now    func() time.Time

	store    Store
	days     *daykey.Folder
	log      *audit.Sequencer
	rules    atomic.Pointer[policy.Engine] // that decide now: see rules.go
	relay    *relay.Relay
	registry *registry.Registry
	auth     *auth.Verifier
	hub      *notify.Hub
	logKey   string // vkeys, a line for each name of the log
	shown    *shownFile
	origin   string // public origin

	apiListener, adminListener net.Listener
	api, admin                 *http.Server

	notReloaded atomic.Pointer[failedReload] // nil when the last reload of the rules succeeded, or there was none
	notFollowed atomic.Pointer[failedFollow] // nil when the rules decide that were brought last

	refused  atomic.Int64 // 401s since the last aggregate record
	metrics  *prometheus.Registry
	stopping chan struct{} // closed when Close begins: long polls end, /readyz says no
	clock    context.CancelFunc
	running  sync.WaitGroup
	closing  sync.Once
	closed   error
}

// Addresses are the addresses in use, host:port.
type Addresses struct {
	API   string `json:"api"`
	Admin string `json:"beheer"`
}

// Addresses gives the addresses in use, known from New on.
func (g *Gateway) Addresses() Addresses {
	return Addresses{g.apiListener.Addr().String(), g.adminListener.Addr().String()}
}

// Origin gives the public origin, https://host[:port]: what tokens name as their audience.
func (g *Gateway) Origin() string { return g.origin }

// LogVerifierKey gives the C2SP vkey of the log, which every party keeps in log.vkey: a line for each name that the log had.
func (g *Gateway) LogVerifierKey() string { return g.logKey }

// Start serves until Close. It returns at once; ctx bounds only the start.
func (g *Gateway) Start(ctx context.Context) error {
	if err := writeAddresses(g.config.Dir, g.Addresses()); err != nil {
		return err
	}
	clock, stop := context.WithCancel(context.WithoutCancel(ctx))
	g.clock = stop
	g.serve("api", func() error { return g.api.ServeTLS(g.apiListener, "", "") })
	g.serve("admin", func() error { return g.admin.Serve(g.adminListener) })
	g.keepGoing(clock)
	g.logger.Info("gateway started", "api", g.Addresses().API, "admin", g.Addresses().Admin, "origin", g.origin, "policy", g.rules.Load().Digest())
	return nil
}

func (g *Gateway) serve(name string, run func() error) {
	g.running.Add(1)
	go func() {
		defer g.running.Done()
		if err := run(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			g.logger.Error("listener stopped", "listener", name, "error", err.Error())
		}
	}()
}

// Close stops in the order that loses nothing: connections are told to go elsewhere, and /readyz says no; then no new calls; the calls under way end, until ctx ends, and are then cut off; the
// clockwork stops; the log commits what it took in; the store closes. It may be called more than once.
func (g *Gateway) Close(ctx context.Context) error {
	g.closing.Do(func() {
		close(g.stopping)
		var errs []error
		note := func(what string, err error) {
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", what, err))
			}
		}
		if g.clock != nil { // it was started
			drain(ctx, g.config.API.Drain)
		}
		note("finishing calls", shutdown(ctx, g.api))
		if g.clock != nil {
			g.clock()
		}
		note("closing the admin listener", shutdown(ctx, g.admin))
		g.running.Wait()
		// Listeners of a gateway that never started have no server to close them.
		_ = g.apiListener.Close()
		_ = g.adminListener.Close()
		note("closing the log", g.log.Close())
		note("keeping the newest checkpoint", g.shown.keep(g.log.Shown()))
		note("closing the store", g.store.Close())
		if g.closed = errors.Join(errs...); g.closed != nil {
			g.closed = fmt.Errorf("stopping the gateway: %w", g.closed)
		}
	})
	return g.closed
}

// drain goes on for a while: whoever sends calls here needs that to notice that he should not.
func drain(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

// shutdown lets calls end, and cuts off what is left when ctx ends.
func shutdown(ctx context.Context, s *http.Server) error {
	err := s.Shutdown(ctx)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	return nil
}
