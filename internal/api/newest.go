package api

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
)

// patience is how long a caller waits while it is being found out what is in force; then the answer is 503, with Retry-After.
const patience = 10 * time.Second

// caller establishes who is calling, by the cards that are in force. Who is not known is looked for once more in what another gateway may
// have taken in a moment ago: who published a card there is not refused because his next call came here.
func (s *server) caller(ctx context.Context, token string, cert *x509.Certificate) (auth.Caller, error) {
	inForce, err := s.settled(ctx)
	if err != nil {
		return auth.Caller{}, err
	}
	who, err := s.Auth.Caller(ctx, token, cert)
	var unknown *auth.Error
	if !errors.As(err, &unknown) {
		return who, err
	}
	if newer, lookErr := s.newer(ctx, inForce); lookErr != nil {
		return who, lookErr
	} else if !newer {
		return who, err
	}
	return s.Auth.Caller(ctx, token, cert)
}

// answer lets a route answer, and once more when what was asked for is not there and another gateway changed what is in force. Nothing of
// that is open to strangers, so that none of them makes this gateway look.
func (s *server) answer(r route, k *call) error {
	if r.who == anyone {
		return r.handle(s, k)
	}
	before := s.Registry.Snapshot()
	err := r.handle(s, k)
	if err == nil || r.method != http.MethodGet || k.Response().Committed || refusalOf(err).code != notFound {
		return err
	}
	if newer, lookErr := s.newer(k.Request().Context(), before); lookErr != nil || !newer {
		return err
	}
	return r.handle(s, k)
}

// settled waits until it is known what is in force: nobody acts on a card, or is told of a convenant, that is known to be over.
func (s *server) settled(ctx context.Context) (*registry.Snapshot, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	inForce, err := s.Registry.Settled(ctx)
	if err != nil {
		return nil, fmt.Errorf("waiting until it is known what is in force: %w", err)
	}
	return inForce, nil
}

func (s *server) newer(ctx context.Context, than *registry.Snapshot) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	newer, err := s.Registry.Newer(ctx, than)
	if err != nil {
		return false, fmt.Errorf("finding out what is in force: %w", err)
	}
	return newer, nil
}
