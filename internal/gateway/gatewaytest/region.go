// Package gatewaytest makes a whole region for tests: a certificate authority, the ten parties of the example convenant of Den
// Bosch with their people, keys, cards and profile folders, and a real gateway on loopback with real TLS and a real store, in
// which everybody has published and signed. It is for tests only.
//
// It promises that everything went in through the API, over a transport that holds each request and answer to openapi.yaml. It
// must not reach around the gateway.
package gatewaytest

import (
	"context"
	"encoding/pem"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/freeport"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// ConvenantID and WpgNumber name what is in force in every region, both in version 1 as it were.
const (
	ConvenantID = "denbosch-school-en-veiligheid"
	WpgNumber   = "WPG20-2026-014"
)

// Region is everybody and their gateway.
type Region struct {
	Gateway   *gateway.Gateway // changes with Restart
	Config    gateway.Config
	URL       string // public origin
	Dir       string // everything of the region; the gateway's own folder is Config.Dir
	CA        *pki.CA
	Convenant *convenant.Convenant // in force; nil after Bare
	Database  *pgtest.Database     // after OnPostgres; else nil

	t       testing.TB
	joining []organisation
	logger  *slog.Logger
	parties map[string]*Party
	anchors string // file with the root
	bare    bool
	others  int // gateways besides this one
	agree   func([]byte) []byte
}

// Option changes a region before it starts.
type Option func(*Region)

// With changes the configuration of the gateway.
func With(change func(*gateway.Config)) Option { return func(r *Region) { change(&r.Config) } }

// Logger gives the gateway another logger than one that only shows errors in the test's output.
func Logger(l *slog.Logger) Option { return func(r *Region) { r.logger = l } }

// Agreeing changes the text of the example convenant before it is signed.
func Agreeing(change func(text []byte) []byte) Option { return func(r *Region) { r.agree = change } }

// Bare leaves out what the parties do: nobody has published anything.
func Bare() Option { return func(r *Region) { r.bare = true } }

// Start makes a region and ends it with the test.
func Start(t testing.TB, options ...Option) *Region {
	t.Helper()
	r := &Region{t: t, Dir: t.TempDir(), parties: map[string]*Party{}, joining: organisations, Config: gateway.DefaultConfig()}
	r.logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	r.makeCertificates()
	for _, o := range options {
		o(r)
	}
	r.start()
	t.Cleanup(r.Stop)
	for _, o := range r.joining {
		r.join(o)
	}
	if !r.bare {
		r.publish()
	}
	return r
}

// makeCertificates makes the CA and what the gateway needs of it, and sets the configuration: a port that is free now and stays
// the same over a restart, because the log is named after it.
func (r *Region) makeCertificates() {
	r.t.Helper()
	var err error
	if r.CA, err = pki.NewCA("Sluis test"); err != nil {
		r.t.Fatal(err)
	}
	server, err := r.CA.IssueServer("localhost", "127.0.0.1")
	if err != nil {
		r.t.Fatal(err)
	}
	if err := pki.WriteIdentity(filepath.Join(r.Dir, "server"), "tls", server); err != nil {
		r.t.Fatal(err)
	}
	r.anchors = filepath.Join(r.Dir, "anker.pem")
	if err := os.WriteFile(r.anchors, r.rootPEM(), 0o600); err != nil {
		r.t.Fatal(err)
	}
	port := freeport.Take(r.t)
	r.URL = fmt.Sprintf("https://localhost:%d", port)
	r.Config.Dir = filepath.Join(r.Dir, "gateway")
	r.Config.API = gateway.APIConfig{
		Listen: freeport.Address(port), PublicURL: r.URL,
		CertFile: filepath.Join(r.Dir, "server", "tls.crt"), KeyFile: filepath.Join(r.Dir, "server", "tls.key"),
		ClientAnchorsFile: r.anchors,
	}
	r.Config.Cards.AnchorsFile = r.anchors
	r.Config.Admin.Listen = "127.0.0.1:0"
}

func (r *Region) rootPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: r.CA.Root.Raw})
}

func (r *Region) start() {
	r.t.Helper()
	g, err := gateway.New(context.Background(), r.Config, r.logger)
	if err != nil {
		r.t.Fatalf("making the gateway: %v", err)
	}
	r.Gateway = g
	if err := g.Start(context.Background()); err != nil {
		r.Stop()
		r.t.Fatalf("starting the gateway: %v", err)
	}
}

// Stop ends the gateway. The parties stay, and so does its folder.
func (r *Region) Stop() {
	r.t.Helper()
	for _, p := range r.parties {
		p.transport.CloseIdleConnections()
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := r.Gateway.Close(ctx); err != nil {
		r.t.Errorf("stopping the gateway: %v", err)
	}
}

// Restart stops the gateway and starts another in the same folder, after the changes to its configuration.
func (r *Region) Restart(changes ...func(*gateway.Config)) {
	r.t.Helper()
	r.Stop()
	for _, change := range changes {
		change(&r.Config)
	}
	r.start()
}
