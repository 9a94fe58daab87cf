package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

const (
	// shownName is the file with the newest checkpoint that this gateway showed to anybody: the memory of a process for the next one, outside
	// the database, so that a database which lost its end is noticed.
	shownName = "controlepunt"
	// shownEvery is how often it is written at most. What was shown in the last moment before a process was killed stands in no file of
	// this gateway; it does stand in the receipts and profiles of the parties, and at other gateways.
	shownEvery = 250 * time.Millisecond
)

// ErrShown says that the file with the newest checkpoint cannot be believed.
var ErrShown = errors.New("the file " + shownName + " is not a checkpoint of this log; put the right one back, or compare a checkpoint that a party holds " +
	"with `sluis db verify` before taking the file away")

func (c Config) shownFile() string { return filepath.Join(c.Dir, shownName) }

// shownFile is what the file holds. It is used by one goroutine at a time.
type shownFile struct {
	path  string
	names logNames
	kept  []byte // nil: no file
}

// readShown reads and verifies the file, when there is one.
func readShown(path string, names logNames) (*shownFile, error) {
	s := &shownFile{path: path, names: names}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the newest checkpoint: %w", err)
	}
	if !names.genuine(data) {
		return nil, ErrShown
	}
	s.kept = data
	return s, nil
}

// keep writes a checkpoint that this log signed; what the store alone says never comes in the file.
func (s *shownFile) keep(checkpoint []byte) error {
	if checkpoint == nil || bytes.Equal(checkpoint, s.kept) || !s.names.genuine(checkpoint) {
		return nil
	}
	// Another process may write in the same folder, and may have shown more.
	defer s.turn()()
	if other, err := os.ReadFile(s.path); err == nil && s.names.genuine(other) && later(other, checkpoint) {
		s.kept = checkpoint
		return nil
	}
	if err := writeDurably(s.path, checkpoint, 0o644, false); err != nil {
		return fmt.Errorf("keeping the newest checkpoint: %w", err)
	}
	s.kept = checkpoint
	return nil
}

// later reports whether a is of a larger tree than b, or of a later name of the log.
func later(a, b []byte) bool {
	of, size, _, err := tlog.Claimed(a)
	than, other, _, errOther := tlog.Claimed(b)
	_, n := tlog.Succession(of)
	_, m := tlog.Succession(than)
	return err == nil && errOther == nil && (n > m || n == m && size > other)
}

// keepShown keeps the file up to date while the gateway runs. A disk that cannot take it is told once, and once more when it can: the
// log itself goes on, as it does when a party cannot write down what it saw.
func (g *Gateway) keepShown(ctx context.Context) {
	g.running.Add(1)
	go func() {
		defer g.running.Done()
		tick := time.NewTicker(shownEvery)
		defer tick.Stop()
		failing := false
		for {
			select {
			case <-tick.C:
			case <-ctx.Done():
				return
			}
			err := g.shown.keep(g.log.Shown())
			switch {
			case err != nil && !failing:
				g.logger.Error("clockwork", "job", "keeping the newest checkpoint", "error", err.Error())
			case err == nil && failing:
				g.logger.Info("clockwork", "job", "keeping the newest checkpoint", "again", true)
			}
			failing = err != nil
		}
	}()
}
