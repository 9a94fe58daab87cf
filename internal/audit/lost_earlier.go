package audit

import (
	"context"
	"errors"
	"fmt"
	"sort"

	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// answersFor checks at the start that the log answers for a checkpoint that somebody holds. Under the name that the log has, its tree
// must begin with that one. Under an earlier name that is enough too; what is not in the tree must then be admitted as lost.
func (s *Sequencer) answersFor(ctx context.Context, head Head, checkpoint []byte, read tlog.HashReader) error {
	if checkpoint == nil {
		return nil
	}
	origin, size, root, err := trail.Claimed(checkpoint)
	if err != nil {
		return fmt.Errorf("reading the checkpoint that was shown: %w", err)
	}
	first, n := trail.Succession(origin)
	now, current := trail.Succession(s.o.Origin)
	switch {
	case first != now:
		return fmt.Errorf("the checkpoint that was shown is of another log: %w", ErrTree)
	case n > current:
		return fmt.Errorf("the log already went on under another name: %w", ErrLost)
	}
	if size <= head.Size {
		got, err := rootAt(size, read)
		if err == nil && got == root {
			return nil
		}
		if err != nil && !errors.Is(err, ErrTree) {
			return err
		}
	}
	if n == current {
		return fmt.Errorf("%d records, and other ones or more were shown: %w", head.Size, ErrLost)
	}
	losses, err := s.losses(ctx, head)
	if err != nil {
		return err
	}
	for _, l := range losses {
		if of, lost, err := l.Lost(); err == nil && of == origin && size <= lost {
			return nil
		}
	}
	return fmt.Errorf("a loss that was not admitted under %d earlier names: %w", current-n, ErrLost)
}

// Losses gives the receipts of the records in which this log admits a loss, oldest first, under the newest checkpoint; none for a log
// that lost nothing. Each is the first record under a name.
func (s *Sequencer) Losses(ctx context.Context) ([]trail.Receipt, error) {
	head, err := s.head(ctx)
	if err != nil {
		return nil, err
	}
	numbers, err := s.beginnings(ctx, head)
	if err != nil {
		return nil, err
	}
	list := make([]trail.Receipt, len(numbers))
	for i, nr := range numbers {
		if list[i], err = s.prove(ctx, nr, head.Checkpoint); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// losses reads what the log admits. It believes the store no further than a search does: see answersFor, which fails closed.
func (s *Sequencer) losses(ctx context.Context, head Head) ([]trail.Loss, error) {
	numbers, err := s.beginnings(ctx, head)
	if err != nil {
		return nil, err
	}
	var list []trail.Loss
	for _, nr := range numbers {
		canonical, err := s.store.Record(ctx, nr)
		if err != nil {
			return nil, fmt.Errorf("reading record %d: %w", nr, s.missing(ctx, nr, err))
		}
		record, err := trail.ParseRecord(canonical)
		if err != nil {
			return nil, fmt.Errorf("reading record %d: %w", nr, err)
		}
		loss, err := trail.ParseLoss(record)
		if err != nil {
			return nil, fmt.Errorf("reading record %d: %w", nr, errors.Join(ErrTree, err))
		}
		list = append(list, loss)
	}
	return list, nil
}

// beginnings finds the first record under each later name of the log. Names only follow on one another, so that the first checkpoint
// under each is found by halving.
func (s *Sequencer) beginnings(ctx context.Context, head Head) ([]int64, error) {
	_, names := trail.Succession(s.o.Origin)
	var list []int64
	for n := 2; n <= names; n++ {
		var failed error
		nr := sort.Search(int(head.Size), func(nr int) bool {
			if failed != nil {
				return true
			}
			checkpoint, err := s.store.CheckpointFor(ctx, int64(nr))
			if err != nil {
				failed = fmt.Errorf("reading the checkpoint of record %d: %w", nr, s.missing(ctx, int64(nr), err))
				return true
			}
			origin, _, _, err := trail.Claimed(checkpoint)
			if err != nil {
				failed = fmt.Errorf("reading the checkpoint of record %d: %w", nr, err)
				return true
			}
			_, under := trail.Succession(origin)
			return under >= n
		})
		if failed != nil {
			return nil, failed
		}
		list = append(list, int64(nr))
	}
	return list, nil
}
