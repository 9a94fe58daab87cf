package postgres

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	connections = 16
	lifetime    = time.Hour // of a connection: what was set at its start is looked at again
)

// Open opens the store in a database that was migrated ([Migrate]). Errors: those of [CheckURL] but [ErrPassword]; [ErrSetting] for a server
// that does not keep what it says it keeps; [ErrEmpty], [ErrOlder] and [ErrNewer] for another schema; [ErrRights] for a role that
// may do too little, or too much; [ErrAway], [ErrUnproven] and [ErrRefused] when there is no connection.
func Open(ctx context.Context, o Options) (*Store, error) {
	connection, err := o.connection()
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return nil, fmt.Errorf("opening the store: reading the environment: %w", ErrAddress)
	}
	for name, value := range sessionBounds {
		connection.RuntimeParams[name] = value
	}
	noteWarnings(connection)
	config.ConnConfig = connection
	noteHangups(config)
	connection.Tracer = bounded{}
	config.MaxConns = connections
	if o.Connections > 0 {
		config.MaxConns = int32(o.Connections)
	}
	config.MaxConnLifetime, config.MaxConnLifetimeJitter = lifetime, lifetime/10
	config.MaxConnIdleTime = 5 * time.Minute
	config.PingTimeout = connectTimeout
	config.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		makeRoom(c.TypeMap())
		if err := makeDurable(ctx, c); err != nil {
			return err
		}
		return checkSchema(ctx, c) // each time: behind the same name may be another server now, or the schema has gone on
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("opening the store: %w", err)
	}
	s := newStore(pool)
	s.hearing = newHearing(connection, o.Logger)
	if err := s.pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error { return checkRights(ctx, c.Conn()) }); err != nil {
		pool.Close()
		return nil, fmt.Errorf("opening the store: %w", Connecting(err))
	}
	return s, nil
}

// Errors of connecting.
var (
	ErrAway    = errors.New("no database server that can be written is reached")
	ErrRefused = errors.New("the database server does not let this role in")
	// ErrUnproven: an administrator who looks whether the server runs looks in the wrong place.
	ErrUnproven = errors.New("the database server does not prove its name with a certificate that is trusted here")
)

// Connecting says which kind of fault kept a connection from being made: [ErrAway], [ErrRefused] or [ErrUnproven]. Other errors stay as they are.
func Connecting(err error) error {
	var connect *pgconn.ConnectError
	if !errors.As(err, &connect) {
		return err
	}
	switch code := codeOf(err); {
	case strings.HasPrefix(code, "28"), code == "42501", code == "3D000": // authorization; no right to connect; no such database
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	var authority x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	if errors.As(err, &authority) || errors.As(err, &name) || errors.As(err, &invalid) {
		return fmt.Errorf("%w: %w", ErrUnproven, err)
	}
	return fmt.Errorf("%w: %w", ErrAway, err)
}

// row reads one row on a connection.
func row(ctx context.Context, c *pgx.Conn, query string, into ...any) error {
	return c.QueryRow(ctx, query).Scan(into...)
}
