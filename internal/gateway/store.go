package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// Store is everything that a gateway asks of a store; the conformance suite holds both to it.
type Store interface {
	audit.Store
	registry.Store
	relay.Store
	replay.Store
	auth.ReplayStore
	io.Closer
}

// ErrTwoStores: PostgreSQL is configured, and a log of an SQLite store stands in the folder. Beginning an empty database beside it would begin
// another log under the same name, and every party's checkpoint would stop fitting.
var ErrTwoStores = errors.New("the folder of the gateway holds a database of its own; take store.postgres away to go on with that, " +
	"or give a gateway on PostgreSQL another folder and another public address")

// OpenStore opens the store that a configuration names, as a gateway does. The caller closes it. A PostgreSQL database must have been
// migrated (`sluis db migrate`).
func OpenStore(ctx context.Context, cfg Config) (Store, error) { return openStore(ctx, cfg, nil) }

func openStore(ctx context.Context, cfg Config, logger *slog.Logger) (Store, error) {
	// Not the other way round: no gateway falls back on a file because its database is away.
	if cfg.Store.Postgres == "" {
		return openFile(ctx, cfg)
	}
	file := filepath.Join(cfg.databaseDir(), sqlite.FileName)
	gone, err := sqlite.DepartureOf(ctx, file)
	if err != nil {
		return nil, errors.Join(ErrTwoStores, err)
	}
	if _, err := os.Stat(file); gone == nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, ErrTwoStores
	}
	access, err := cfg.Store.gatewayAccess()
	if err != nil {
		return nil, err
	}
	access.Logger = logger
	s, err := postgres.Open(ctx, access)
	if err != nil {
		return nil, err // not s: a nil *postgres.Store is no nil Store
	}
	if gone == nil {
		return s, nil
	}
	ticket, err := s.TicketOf(ctx)
	if err == nil && ticket != gone.Ticket {
		err = fmt.Errorf("%w: %w", ErrMovedElsewhere, MovedError{Departure: *gone})
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func openFile(ctx context.Context, cfg Config) (Store, error) {
	for _, file := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
		if _, err := os.Stat(filepath.Join(cfg.Dir, file)); !errors.Is(err, fs.ErrNotExist) {
			return nil, ErrOldLayout
		}
	}
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of the gateway: %w", err)
	}
	s, err := sqlite.Open(ctx, filepath.Join(cfg.databaseDir(), sqlite.FileName))
	if err != nil {
		return nil, err
	}
	return s, nil
}
