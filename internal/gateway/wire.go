package gateway

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/sluis-gateway/sluis/internal/api"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// New makes a gateway that is ready to start. The order of its parts is the order in which they trust one another:
//
//  1. the store: a file's lock keeps a second gateway out, and a database of another form all, before anything else is touched;
//  2. the listeners: their address is the public origin when none is set, and the log is named after that;
//  3. the log: everything that is kept goes through it, so it is checked against its key, and its day keys must be there, before anybody
//     can write;
//  4. the rules: a gateway that cannot decide must not start;
//  5. the registry: verifies every card and convenant kept, and publishes through the log; then the rules go into it, so that
//     nothing is ever decided by rules that are not kept;
//  6. the relay: decides by the rules on the registry's facts, keeps through the log;
//  7. auth: knows callers by the registry's cards;
//  8. the api: lets callers reach the rest, and comes last, so that nobody is answered by half a gateway.
//
// The error of a wrong configuration is a fault.List. Whatever was opened is closed again when a later part fails.
func New(ctx context.Context, cfg Config, logger *slog.Logger) (_ *Gateway, err error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	g := &Gateway{config: cfg, logger: logger, now: cfg.Now, stopping: make(chan struct{}), metrics: prometheus.NewRegistry()}
	if g.now == nil {
		g.now = time.Now
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, g.abandon())
		}
	}()

	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the gateway: %w", err)
	}
	if g.store, err = openStore(ctx, cfg, logger); err != nil {
		return nil, err
	}
	if err = g.listen(); err != nil {
		return nil, err
	}
	if err = g.openLog(ctx); err != nil {
		return nil, err
	}
	words := vocabulary.Default()
	rules, err := policy.New(ctx, rulesIn(cfg.Policy.Dir), words)
	if err != nil {
		return nil, fmt.Errorf("preparing the rules: %w", err)
	}
	g.rules.Store(rules)
	cardAnchors, err := readCertificates(cfg.Cards.AnchorsFile)
	if err != nil {
		return nil, err
	}
	g.registry, err = registry.New(ctx, g.store, g.log, party.NewAnchors(cardAnchors), g.now, g.prepare)
	if err != nil {
		return nil, err
	}
	g.registry.Follow(g.follow)
	if err = g.offer(ctx, rules); err != nil {
		return nil, fmt.Errorf("keeping the rules: %w", err)
	}
	g.hub = &notify.Hub{}
	g.relay = relay.New(relay.Options{Store: g.store, Log: g.log, Policy: g.deciding, Registry: g.registry.Snapshot, CatchUp: g.registry.CatchUp, Keys: g.days, Waker: g.hub, Now: g.now,
		Retain: cfg.Log.Retention})
	g.auth = auth.New(g.origin, func() auth.Directory { return g.registry.Snapshot() }, g.store, g.now)
	handler, err := api.New(api.Options{
		Auth: g.auth, Relay: g.relay, Registry: g.registry, Log: g.log, Trail: g.store, Hub: g.hub, Rules: g.rules.Load, Kept: g.store,
		Schemas: message.DefaultSchemas(), Words: words, Origin: g.origin, LogKey: g.logKey, Now: g.now, Logger: logger,
		Limits:   api.Limits{PerSecond: cfg.Limits.RequestsPerSecond, Burst: cfg.Limits.Burst},
		Stopping: g.stopping, Refused: &g.refused, Advised: api.NewAdvised(g.metrics),
	})
	if err != nil {
		return nil, err
	}
	return g, g.makeServers(handler)
}

// rulesIn gives the tree of rules: the operator's folder, or the one in the binary.
func rulesIn(dir string) fs.FS {
	if dir == "" {
		return policies.FS
	}
	return os.DirFS(dir)
}

// listen takes the addresses. Nobody is answered yet: connections wait until Start.
func (g *Gateway) listen() (err error) {
	if g.apiListener, err = net.Listen("tcp", g.config.API.Listen); err != nil {
		return fmt.Errorf("listening for the API: %w", err)
	}
	if g.adminListener, err = net.Listen("tcp", g.config.Admin.Listen); err != nil {
		return fmt.Errorf("listening for administration: %w", err)
	}
	if g.config.API.PublicURL != "" {
		g.origin, _ = originOf(g.config.API.PublicURL) // Check saw that it has the right form
		return nil
	}
	_, port, err := net.SplitHostPort(g.apiListener.Addr().String())
	if err != nil {
		return fmt.Errorf("reading the address of the API: %w", err)
	}
	g.origin, _ = originOf("https://localhost:" + port)
	return nil
}

// abandon closes what New had opened when it failed.
func (g *Gateway) abandon() error {
	var errs []error
	if g.log != nil {
		errs = append(errs, g.log.Close())
	}
	for _, l := range []net.Listener{g.apiListener, g.adminListener} {
		if l != nil {
			errs = append(errs, l.Close())
		}
	}
	if g.store != nil {
		errs = append(errs, g.store.Close())
	}
	return errors.Join(errs...)
}

// makeServers sets what net/http must keep strangers from: slow headers, idle connections, endless headers. How long a whole
// request may take differs by route; the api sets that on each connection.
func (g *Gateway) makeServers(handler http.Handler) error {
	security, err := g.config.tls()
	if err != nil {
		return err
	}
	server := func(h http.Handler) *http.Server {
		return &http.Server{
			Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 48 << 10,
			// What net/http has to say is about connections of strangers (handshakes that failed), and names their addresses.
			ErrorLog: slog.NewLogLogger(g.logger.Handler(), slog.LevelDebug),
		}
	}
	g.api, g.admin = server(handler), server(g.adminHandler())
	g.api.TLSConfig = security
	g.admin.ReadTimeout, g.admin.WriteTimeout = 10*time.Second, 30*time.Second
	return nil
}
