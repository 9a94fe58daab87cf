package audit

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Healthy gives nil, or why nothing can be committed now. It tries: a transaction is begun and the clock is compared with the
// last record, and the head that is there is written once more, so that a full disk is not taken for a healthy one, and a disk with room
// again is noticed without anybody's message.
func (s *Sequencer) Healthy(ctx context.Context) error {
	s.gate.RLock()
	closed := s.closed
	s.gate.RUnlock()
	if closed {
		return ErrClosed
	}
	if len(s.queue) == cap(s.queue) {
		return ErrFull
	}
	var look error
	err := s.store.Update(ctx, func(tx Tx) error {
		look = nil // of a run that was undone
		size, checkpoint := s.shown.newest()
		head, err := tx.Head()
		if err != nil {
			return fmt.Errorf("reading the head of the log: %w", err)
		}
		if look = s.goesOn(head, size, checkpoint, tlog.HashReaderFunc(tx.Hashes)); look != nil {
			return look
		}
		if _, err := s.stamp(head.LastTime); err != nil {
			return err
		}
		if head.Size == 0 {
			return errNothing // there is no head to write yet
		}
		return tx.SetHead(head)
	})
	s.shown.sawLast(look, err)
	if err != nil && !errors.Is(err, errNothing) {
		return err
	}
	return nil
}
