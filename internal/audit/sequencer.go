package audit

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Options of a sequencer. Zero fields take defaults.
type Options struct {
	Origin string               // of the log, as trail.Origin gives it
	Signer note.Signer          // Ed25519, with the origin as its name; must sign deterministically, as note.NewSigner's do
	Linger time.Duration        // how long to wait at most for company that is expected (default 2 ms); negative: never
	Queue  int                  // waiting changes at most (default 1024); more: ErrFull
	Batch  int                  // changes in one transaction at most (default 256)
	Now    func() time.Time     // default time.Now
	Passed func() time.Duration // a clock that only goes on; default: the one that the times of Now hold
	// Earlier are the signers of the names that this log had before it lost something, see [Admit]: to give again what was signed then.
	Earlier []note.Signer
	// Shown is the newest checkpoint that somebody outside the store holds, its signature verified, under this name or an earlier one;
	// nil when nobody does. The log must go on from it.
	Shown []byte
}

// Sequencer puts changes one after another into the log. It is safe for concurrent use.
//
// One goroutine does all the writing: what waits while a transaction is on its way to the disk shares the next one (group
// commit), so that the cost of a durable write is divided over everybody who waits for it.
type Sequencer struct {
	store  Store
	o      Options
	ctx    context.Context // of the writer: a caller that goes away must not break off the others' transaction
	queue  chan *request
	closed bool
	gate   sync.RWMutex // guards closed against sends on queue
	done   chan struct{}
	leap   leap
	shown  shown

	// Only the writer touches these.
	known    *position // where the log stands, verified; nil when that must be established anew
	lastSize int       // changes in the last batch: how much company to expect
}

// NewSequencer checks that the store's log is the one that this signer signed, and starts the writer. The context is for the
// check only. Errors: [ErrTree], [ErrLost], a store's.
func NewSequencer(ctx context.Context, store Store, o Options) (*Sequencer, error) {
	if o.Linger == 0 {
		o.Linger = 2 * time.Millisecond
	}
	if o.Queue <= 0 {
		o.Queue = 1024
	}
	if o.Batch <= 0 {
		o.Batch = 256
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Sequencer{
		store: store,
		o:     o,
		ctx:   context.WithoutCancel(ctx),
		queue: make(chan *request, o.Queue),
		done:  make(chan struct{}),
	}
	if err := s.leap.look(o.Now(), o.Passed); err != nil { // the first look: from here on leaps are noticed
		return nil, err
	}
	if err := s.open(ctx); err != nil {
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	go s.write()
	return s, nil
}

// open establishes where the log stands, and that it goes on from what others hold.
func (s *Sequencer) open(ctx context.Context) error {
	head, err := s.store.Head(ctx)
	if err != nil {
		return err
	}
	read := s.hashes(ctx)
	if err := errors.Join(s.goesOn(head, 0, nil, read), s.answersFor(ctx, head, s.o.Shown, read)); err != nil {
		return err
	}
	if s.known, err = s.verify(head, read); err != nil {
		return err
	}
	s.shown.add(head.Size, head.Checkpoint)
	return nil
}

// Commit waits until the change is durable or refused. Errors: the Guard's, [ErrConflict], [ErrNoRecord], [ErrFull],
// [ErrClosed], [ErrClock], trail.ErrTooLong, [ErrInDoubt], and what the store gave.
//
// When ctx ends first, its error comes back. A change that was still waiting is then not committed. One that was being
// committed may be or not be, and the error is [ErrInDoubt] as well: who sends it again gets the answer (a repeated message is recognised by
// its id).
func (s *Sequencer) Commit(ctx context.Context, c Change) (Committed, error) {
	r, err := newRequest(ctx, c)
	if err != nil {
		return Committed{}, err
	}
	if err := s.enqueue(r); err != nil {
		return Committed{}, err
	}
	select {
	case <-r.answered:
	case <-ctx.Done():
		switch {
		case r.abandon():
			return Committed{}, fmt.Errorf("waiting for the log: %w", context.Cause(ctx))
		case !r.isAnswered():
			return Committed{}, fmt.Errorf("waiting for the log: %w: %w", ErrInDoubt, context.Cause(ctx))
		}
	}
	if r.err != nil {
		return Committed{}, r.err
	}
	return r.committed(), nil
}

func (s *Sequencer) enqueue(r *request) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if s.closed {
		return ErrClosed
	}
	select {
	case s.queue <- r:
		return nil
	default: // push back at once: a caller that waits in vain would send again and make it worse
		return ErrFull
	}
}

// Close refuses new changes, finishes those under way and stops. It does not close the store.
func (s *Sequencer) Close() error {
	s.gate.Lock()
	if !s.closed {
		s.closed = true
		close(s.queue)
	}
	s.gate.Unlock()
	<-s.done
	return nil
}

// write is the writer: one batch after another until the queue is closed and empty.
func (s *Sequencer) write() {
	defer close(s.done)
	for first := range s.queue {
		batch := s.gather(first)
		s.lastSize = len(batch)
		s.commit(batch)
	}
}

// gather takes what is waiting, and waits at most Linger for as many as came last time. Somebody alone is not kept waiting;
// and of many who were answered together, the first to come back does not leave without the others.
func (s *Sequencer) gather(first *request) []*request {
	batch := []*request{first}
	var patience <-chan time.Time
	for len(batch) < s.o.Batch {
		select {
		case r, ok := <-s.queue:
			if !ok {
				return batch
			}
			batch = append(batch, r)
			continue
		default:
		}
		if len(batch) >= s.lastSize || s.o.Linger < 0 {
			break
		}
		if patience == nil {
			patience = time.After(s.o.Linger)
		}
		select {
		case r, ok := <-s.queue:
			if !ok {
				return batch
			}
			batch = append(batch, r)
		case <-patience:
			return batch
		}
	}
	return batch
}

// errNothing ends a transaction in which nothing is to be kept.
var errNothing = errors.New("audit: nothing to keep")
