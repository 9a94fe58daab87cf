package audit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// ErrNotLost says that there is nothing to admit: the log answers for the checkpoint, or admitted its loss already.
var ErrNotLost = errors.New("audit: the kept log goes on from this checkpoint: nothing is lost")

// Admission is what [Admit] needs.
type Admission struct {
	Signer  note.Signer   // of the name that the log has now
	Earlier []note.Signer // of the names before
	Next    note.Signer   // of the name under which the log goes on
	// Lost is the largest checkpoint known of what was lost, its signature verified, under a name that the log has or had.
	Lost []byte
	Now  func() time.Time // default time.Now
}

// Admit lets a log go on that lost its end: it commits one record, in which the log says so to every party for ever, and signs the tree
// under its next name. Under the old name nothing is signed any more, so that what was signed of the lost end stays true of that name.
//
// It is for a person to decide, when the lost end cannot be had back. Gateways that run stay where they are ([ErrLost]) until they are
// started again. Errors: [ErrNotLost], those of [Sequencer.Commit].
func Admit(ctx context.Context, store Store, a Admission) (trail.Receipt, error) {
	checkpoint, err := trail.OwnSignature(a.Lost)
	if err != nil {
		return trail.Receipt{}, fmt.Errorf("reading the lost checkpoint: %w", err)
	}
	if a.Now == nil {
		a.Now = time.Now
	}
	s := &Sequencer{store: store}
	var r *request
	var grown *growth
	err = store.Update(ctx, func(tx Tx) error {
		s.o = Options{Origin: a.Signer.Name(), Signer: a.Signer, Earlier: a.Earlier, Now: a.Now}
		head, err := tx.Head()
		if err != nil {
			return fmt.Errorf("reading the head of the log: %w", err)
		}
		read := tlog.HashReaderFunc(tx.Hashes)
		at, err := s.verify(head, read)
		if err != nil {
			return err
		}
		switch err := s.answersFor(ctx, head, checkpoint, read); {
		case err == nil:
			return ErrNotLost
		case !errors.Is(err, ErrLost):
			return err
		}
		now, err := s.stamp(head.LastTime)
		if err != nil {
			return err
		}
		facts, err := trail.Loss{Kept: head.Size, Checkpoint: string(checkpoint), Next: a.Next.Name()}.Facts()
		if err != nil {
			return err
		}
		if r, err = newRequest(ctx, Change{Records: []trail.Record{{Kind: trail.LossAdmitted, Facts: facts}}}); err != nil {
			return err
		}
		grown = at.grow()
		refusal, err := s.apply(tx, grown, r, now)
		if err = errors.Join(refusal, err); err != nil {
			return err
		}
		s.o.Origin, s.o.Signer = a.Next.Name(), a.Next
		_, err = s.seal(tx, grown, now)
		return err
	})
	if err != nil {
		return trail.Receipt{}, fmt.Errorf("admitting a loss: %w", err)
	}
	return grown.receipt(r.entries[0])
}
