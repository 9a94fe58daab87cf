package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"syscall"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// begin starts the gateway of the region.
func (s *stage) begin(ctx context.Context) (err error) {
	s.gateway, err = start(ctx, s.folder, s.log)
	return err
}

// end closes what the people have open, and stops the gateway.
func (s *stage) end(ctx context.Context) error {
	s.people.close()
	if s.gateway == nil {
		return nil
	}
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	g := s.gateway
	s.gateway = nil
	return g.Close(stop)
}

// start runs the gateway of the folder, on the configuration that `sluis serve --config` would use.
func start(ctx context.Context, f folder, log *slog.Logger) (*gateway.Gateway, error) {
	config, err := gateway.Load(f.config(), nil)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration of the demonstration: %w", err)
	}
	g, err := gateway.New(ctx, config, log)
	switch {
	case errors.Is(err, gateway.ErrInUse):
		return nil, fmt.Errorf("in de map %s draait al een sluis; stop die eerst, of kies een andere map met --dir", string(f))
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("een adres uit %s is bezet door een ander programma; stop dat, of kies een andere map met --dir", f.config())
	case err != nil:
		return nil, fmt.Errorf("building the gateway of the demonstration: %w", err)
	}
	if err := g.Start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("starting the gateway of the demonstration: %w", err), g.Close(context.WithoutCancel(ctx)))
	}
	return g, nil
}
