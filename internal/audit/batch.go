package audit

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// maxBehind is how far the clock may be behind the last record before the log stops: a step of NTP, not a wrong clock.
const maxBehind = 2 * time.Second

// commit puts a batch into the log in one transaction and answers everybody in it.
//
// What a crash leaves: before store.Update returns, the transaction is on disk whole or not at all (the store's promise), and
// nobody was told anything. After it returns, everything is on disk; who was not yet told asks again and is recognised.
func (s *Sequencer) commit(batch []*request) {
	batch = present(batch)
	if len(batch) == 0 {
		return
	}
	refusals := make([]error, len(batch))
	var grown *growth
	var next *position
	var look error
	err := s.store.Update(s.ctx, func(tx Tx) error {
		next, look = nil, nil // of an attempt that was undone
		// A crash right here leaves the log as it was: nothing has been written.
		at, err := s.position(tx)
		if look = err; err != nil {
			return err
		}
		now, err := s.stamp(at.head.LastTime)
		if err != nil {
			return err
		}
		grown = at.grow()
		for i, r := range batch {
			refusals[i] = nil
			if refusals[i], err = s.apply(tx, grown, r, now); err != nil {
				return err
			}
			// A crash right here, or between any two writes of a change, leaves the log as it was: the store drops a
			// transaction that was not committed.
		}
		if grown.size == grown.old {
			return errNothing // everybody was refused
		}
		next, err = s.seal(tx, grown, now)
		return err
		// A crash right here leaves the log as it was, and a signed checkpoint that nobody has seen: it was in memory and in a
		// transaction that is dropped. The next batch signs another tree of perhaps the same size. That is no fork, because
		// a checkpoint is shown to others only when it is in the committed head.
	})
	s.shown.sawLast(look, err)
	if err != nil && !errors.Is(err, errNothing) {
		err = s.resolve(err, next)
	} else if err == nil {
		s.known = next
	} else {
		err = nil
	}
	if err == nil && s.known == next && next != nil {
		s.shown.add(next.head.Size, next.head.Checkpoint) // before anybody is told
	}
	// A crash right here leaves the batch in the log and nobody told: see above.
	for i, r := range batch {
		switch {
		case err != nil: // also to who was refused: what it conflicted with may be gone with the transaction
			r.answer(err)
		case refusals[i] != nil:
			r.answer(refusals[i])
		default:
			r.grown = grown
			r.answer(nil)
		}
	}
}

// present leaves out those whose caller has gone: they were told that nothing was committed.
func present(batch []*request) []*request {
	here := batch[:0]
	for _, r := range batch {
		if r.take() {
			here = append(here, r)
		}
	}
	return here
}

// stamp gives the time of a batch: never before the last one, in milliseconds, UTC.
func (s *Sequencer) stamp(last time.Time) (time.Time, error) {
	clock := s.o.Now() // both clocks are in it, until UTC takes one out
	if err := s.leap.look(clock, s.o.Passed); err != nil {
		return time.Time{}, err
	}
	now := clock.UTC().Truncate(time.Millisecond)
	if behind := last.Sub(now); behind > maxBehind {
		return time.Time{}, ErrClock
	} else if behind > 0 {
		return last.UTC(), nil
	}
	return now, nil
}

// apply puts one change into the transaction. A refusal concerns this change alone, and nothing of it stays; an error ends the
// transaction.
func (s *Sequencer) apply(tx Tx, grown *growth, r *request, now time.Time) (refusal, err error) {
	// The guard is asked here, and not before: what it compares (the generation of the registry that a decision was made
	// under) cannot change any more before this change is in.
	if r.change.Guard != nil {
		if refusal := ask(r.change.Guard, grown.registry); refusal != nil {
			return refusal, nil
		}
	}
	refusal = tx.Savepoint(func() error {
		if err := r.number(grown.size, now); err != nil {
			return err
		}
		for _, e := range r.entries {
			if err := tx.AppendRecord(e.record, e.canonical, e.parties, e.keepUntil); err != nil {
				return fmt.Errorf("keeping record %d: %w", e.record.Nr, err)
			}
		}
		for _, w := range r.change.Writes {
			if err := tx.Apply(w, grown.size); err != nil {
				return fmt.Errorf("keeping a %T: %w", w, err)
			}
		}
		return nil
	})
	if errors.Is(refusal, ErrAborted) {
		return nil, refusal
	}
	if refusal != nil {
		return refusal, nil
	}
	// The tree grows only now: a change that was undone must leave no leaf.
	for _, e := range r.entries {
		if err := grown.add(e.canonical); err != nil {
			return nil, err
		}
	}
	if r.change.Registry {
		grown.registry = grown.size
	}
	r.registry = grown.registry
	return nil, nil
}

// ask keeps a guard that panics from taking down the log: the change is refused, as by an error.
func ask(guard func(int64) error, registry int64) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("audit: the guard of a change broke")
		}
	}()
	return guard(registry)
}

// seal keeps the new hashes, signs the new tree and moves the head. Signing comes before the commit: a log that cannot sign
// must not grow.
func (s *Sequencer) seal(tx Tx, grown *growth, now time.Time) (*position, error) {
	if err := tx.AppendHashes(grown.first(), grown.fresh); err != nil {
		return nil, fmt.Errorf("keeping hashes of the log up to size %d: %w", grown.size, err)
	}
	var err error
	if grown.checkpoint, err = s.sign(grown.size, lookup(grown.hashes)); err != nil {
		return nil, err
	}
	head := Head{Size: grown.size, Checkpoint: grown.checkpoint, LastTime: now, Registry: grown.registry}
	if err := tx.SetHead(head); err != nil {
		return nil, fmt.Errorf("moving the head of the log to size %d: %w", grown.size, err)
	}
	return grown.position(head), nil
}

// resolve finds out what became of a transaction that gave an error. Most errors come before the store was asked to commit,
// and nothing is kept. But when the commit itself fails, it may have reached the disk all the same; then the head tells: a
// checkpoint is as unique as the salts under it. It is read inside a transaction, which waits for the other one where that is still on
// its way in an engine that lost its caller. nil means that the batch is in the log.
func (s *Sequencer) resolve(cause error, next *position) error {
	s.known = nil // whatever it is, it is read and verified again before anything else is written
	if next == nil {
		return cause // it never came to a commit
	}
	var there bool
	err := s.store.Update(s.ctx, func(tx Tx) error {
		head, err := tx.Head()
		if err != nil {
			return err
		}
		// Another gateway may have gone on from it meanwhile.
		err = s.goesOn(head, next.head.Size, next.head.Checkpoint, tlog.HashReaderFunc(tx.Hashes))
		if there = err == nil; there || errors.Is(err, ErrLost) {
			return errNothing
		}
		return err
	})
	if !errors.Is(err, errNothing) {
		return fmt.Errorf("%w: %w", ErrInDoubt, cause)
	}
	if !there {
		return cause
	}
	s.known = next // the next batch looks whether it is still so
	return nil
}
