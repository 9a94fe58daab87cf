package postgres

import (
	"context"
	crand "crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// hearing is what a store needs to hear the others that share its database.
type hearing struct {
	self   string // names this process among them
	config *pgx.ConnConfig
	logger *slog.Logger
}

const (
	quiet        = 15 * time.Second // after so long without a word the connection is tried
	firstPause   = 50 * time.Millisecond
	longestPause = 5 * time.Second
)

func newHearing(config *pgx.ConnConfig, logger *slog.Logger) hearing {
	if logger == nil {
		logger = slog.New(slog.DiscardHandler)
	}
	var self [selfBytes]byte
	_, _ = crand.Read(self[:]) // which cannot fail
	return hearing{hex.EncodeToString(self[:]), config.Copy(), logger}
}

// Watch tells what other processes commit, until ctx ends, whose error it then gives. It listens on a connection of its own and makes
// a new one when that breaks, ever less often up to once in five seconds. Each time it begins to listen it tells All, because what was
// committed before was missed. heard is called by one goroutine, one call at a time: while it lasts nothing else is heard, so it should
// only wake others. What this process commits itself is not told.
func (s *Store) Watch(ctx context.Context, heard func(audit.Heard)) error {
	pause := firstPause
	for {
		listened, err := s.hearing.listen(ctx, heard)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if listened {
			pause = firstPause
		}
		s.hearing.logger.Warn("listening to the other gateways broke off", "error", inWords(err).Error())
		select {
		case <-time.After(pause + time.Duration(rand.Int64N(int64(pause)))): // not all gateways at the same moment
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		pause = min(2*pause, longestPause)
	}
}

// listen listens until the connection breaks; listened says that it came that far.
func (l *hearing) listen(ctx context.Context, heard func(audit.Heard)) (listened bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, l.config)
	if err != nil {
		return false, fmt.Errorf("connecting: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return false, err
	}
	heard(audit.Heard{All: true}) // after LISTEN: from now on nothing is missed
	for {
		text, err := next(ctx, conn)
		if err != nil {
			return true, err
		}
		if self, h := readPayload(text); self != l.self {
			heard(h)
		}
	}
}

// next waits for a notification. A connection that is silent is asked whether it is still there: one that was cut says nothing for ever.
func next(ctx context.Context, conn *pgx.Conn) (payload string, err error) {
	for {
		wait, cancel := context.WithTimeout(ctx, quiet)
		n, err := conn.WaitForNotification(wait)
		cancel()
		if err == nil {
			return n.Payload, nil
		}
		if ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded) {
			return "", err
		}
		ping, cancel := context.WithTimeout(ctx, connectTimeout)
		err = conn.Ping(ping)
		cancel()
		if err != nil {
			return "", fmt.Errorf("trying whether the server is there: %w", err)
		}
	}
}
