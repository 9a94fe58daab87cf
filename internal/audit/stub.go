package audit

import (
	"context"
	"time"

	"golang.org/x/mod/sumdb/note"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// --- OWNER: log helper. Replace these stubs; keep the signatures. ---

// Options of a sequencer. Zero fields take defaults.
type Options struct {
	Origin string
	Signer note.Signer
	Linger time.Duration    // how long to wait for company (SQLite: 2 ms)
	Queue  int              // waiting changes at most (default 1024); more: ErrFull
	Batch  int              // changes in one transaction at most (default 256)
	Now    func() time.Time // default time.Now
}

// Sequencer is safe for concurrent use.
type Sequencer struct { /* owner */
}

// NewSequencer checks that the store's head and the signer fit (the kept checkpoint verifies) and starts the writer.
func NewSequencer(ctx context.Context, store Store, o Options) (*Sequencer, error) { panic("stub") }

// Commit waits until the change is durable or refused.
func (s *Sequencer) Commit(ctx context.Context, c Change) (Committed, error) { panic("stub") }

// Receipt gives the receipt of a record again: the same bytes as when it was committed.
func (s *Sequencer) Receipt(ctx context.Context, nr int64) (trail.Receipt, error) { panic("stub") }

// Latest gives the proof of a record under the newest checkpoint, and Checkpoint that checkpoint.
func (s *Sequencer) Latest(ctx context.Context, nr int64) (trail.Receipt, error) { panic("stub") }
func (s *Sequencer) Checkpoint(ctx context.Context) ([]byte, error)              { panic("stub") }
func (s *Sequencer) Tile(ctx context.Context, path string) ([]byte, error)       { panic("stub") } // C2SP hash tile; ErrNotFound

// Healthy gives nil, or why nothing can be committed now.
func (s *Sequencer) Healthy(ctx context.Context) error { panic("stub") }

// Close refuses new changes, finishes those under way and stops.
func (s *Sequencer) Close() error { panic("stub") }
