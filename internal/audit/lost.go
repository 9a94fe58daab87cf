package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// ErrLost says that the store holds less than this log showed others, or something else: a replica that had not received everything took
// over, or an older copy was put back. Nothing is kept or proven until the right store is back, or a person admits the loss ([Admit]):
// a log that goes on signs a second tree under a name that every party knows the first of.
var ErrLost = errors.New("audit: the kept log does not go on from what this log showed before")

// shown is the newest checkpoint that left this process, or that others of this log left behind. Everything that is signed must go on
// from it.
type shown struct {
	mu         sync.Mutex
	lost       bool // the last look at the store found that it does not go on from here
	size       int64
	checkpoint []byte // nil: nothing yet
}

// add takes note of a checkpoint under this log's name, before it is shown.
func (s *shown) add(size int64, checkpoint []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if size > s.size {
		s.size, s.checkpoint = size, checkpoint
	}
}

func (s *shown) newest() (size int64, checkpoint []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size, s.checkpoint
}

// Shown gives the newest checkpoint that this process showed to anybody, or knows of; nil when there is none. Whoever keeps it outside
// the store, and gives it as [Options.Shown] to the next process, lets that one notice what was lost in between.
func (s *Sequencer) Shown() []byte {
	_, checkpoint := s.shown.newest()
	return checkpoint
}

// Lost reports whether the last look at the store gave [ErrLost]. Each commit looks, each question for the log, and [Sequencer.Healthy].
func (s *Sequencer) Lost() bool {
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	return s.shown.lost
}

// looked takes note of what a look at the store gave: only finding that the log goes on takes back that it does not.
func (s *shown) looked(err error) error {
	if lost := errors.Is(err, ErrLost); lost || err == nil {
		s.mu.Lock()
		s.lost = lost
		s.mu.Unlock()
	}
	return err
}

// sawLast takes note of the look of a transaction's last run, when the transaction ended with what that run gave: only then is what it saw
// known to be there.
func (s *shown) sawLast(look, ended error) {
	if ended == nil || errors.Is(ended, errNothing) || errors.Is(ended, look) {
		_ = s.looked(look)
	}
}

// goesOn checks that a head goes on from what was shown: it is not smaller, its tree begins with that one, and it stands under the same
// name. It must be given a head that was read after everything that was shown.
func (s *Sequencer) goesOn(head Head, size int64, checkpoint []byte, read tlog.HashReader) error {
	if head.Size > 0 {
		origin, _, _, err := trail.Claimed(head.Checkpoint)
		first, _ := trail.Succession(origin)
		if own, _ := trail.Succession(s.o.Origin); err == nil && origin != s.o.Origin && first == own {
			return fmt.Errorf("the log goes on under another name: %w", ErrLost)
		}
	}
	switch {
	case checkpoint == nil || bytes.Equal(checkpoint, head.Checkpoint):
		return nil
	case head.Size < size:
		return fmt.Errorf("%d records where %d were shown: %w", head.Size, size, ErrLost)
	}
	_, _, want, err := trail.Claimed(checkpoint)
	if err != nil {
		return fmt.Errorf("reading the checkpoint that was shown: %w", err)
	}
	got, err := rootAt(size, read)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("other records among the first %d: %w", size, ErrLost)
	}
	return nil
}

// rootAt computes the root of the first part of the kept tree.
func rootAt(size int64, read tlog.HashReader) (hash, error) {
	root, err := tlog.TreeHash(size, read)
	if err != nil {
		return hash{}, fmt.Errorf("computing the root of the first %d records: %w", size, err)
	}
	return root, nil
}

// together reads the right edges of two trees at once: with several gateways each batch comes after one of another gateway, and asks
// for both.
func together(a, b int64, read tlog.HashReaderFunc) (tlog.HashReaderFunc, error) {
	indexes := append(torchwood.RightEdge(a), torchwood.RightEdge(b)...)
	hashes, err := read(indexes)
	if err != nil {
		return nil, fmt.Errorf("reading the right edges of the log at sizes %d and %d: %w", a, b, err)
	}
	known := make(map[int64]hash, len(indexes))
	for i, ix := range indexes {
		known[ix] = hashes[i]
	}
	return lookup(known), nil
}

// position reads the head inside the transaction, where nobody else can move it, checks that it goes on from what was shown, and
// verifies it when it is not the one that this sequencer left.
func (s *Sequencer) position(tx Tx) (*position, error) {
	size, checkpoint := s.shown.newest()
	head, err := tx.Head()
	if err != nil {
		return nil, fmt.Errorf("reading the head of the log: %w", err)
	}
	if s.known != nil && s.known.head.Equal(head) && bytes.Equal(checkpoint, head.Checkpoint) {
		return s.known, nil
	}
	read := tlog.HashReaderFunc(tx.Hashes)
	if 0 < size && size <= head.Size {
		if read, err = together(size, head.Size, tx.Hashes); err != nil {
			return nil, err
		}
	}
	if err := s.goesOn(head, size, checkpoint, read); err != nil {
		return nil, err
	}
	return s.verify(head, read)
}

// head reads the head outside a transaction, for who asks; what is shown of it is remembered first.
func (s *Sequencer) head(ctx context.Context) (Head, error) {
	size, checkpoint := s.shown.newest() // before reading: another may show a newer one meanwhile
	head, err := s.store.Head(ctx)
	if err != nil {
		return Head{}, fmt.Errorf("reading the head of the log: %w", err)
	}
	if err := s.shown.looked(s.goesOn(head, size, checkpoint, s.hashes(ctx))); err != nil {
		return Head{}, err
	}
	s.shown.add(head.Size, head.Checkpoint)
	return head, nil
}
