package conformance

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Verdict is what came of a change.
type Verdict string

const (
	Entered    Verdict = "kept"
	Conflicted Verdict = "conflict"
	Faulty     Verdict = "refused"
)

// Play stages, commits a batch as the sequencer does, and gives what came of each change.
func Play(t *testing.T, s Store, staged []Staged, batch []Drawn) (verdicts []Verdict) {
	t.Helper()
	for _, p := range staged {
		err := s.Stage(t.Context(), p.Staging, p.Part, 0, []byte(p.Staging+string(p.Part)))
		if err != nil && !errors.Is(err, audit.ErrConflict) {
			t.Fatal(err)
		}
	}
	nothing := errors.New("nothing to keep")
	err := s.Update(t.Context(), func(tx audit.Tx) error {
		head, err := tx.Head()
		if err != nil {
			return err
		}
		verdicts = verdicts[:0]
		before := head.Size
		for _, c := range batch {
			err := tx.Savepoint(func() error { return c.apply(tx, head.Size) })
			if err != nil && len(c.writes) > 1 && !errors.Is(err, audit.ErrAborted) {
				err = audit.ErrConflict // it may have two faults, and either may be found first
			}
			switch {
			case errors.Is(err, audit.ErrAborted):
				return err
			case errors.Is(err, audit.ErrConflict):
				verdicts = append(verdicts, Conflicted)
			case err != nil:
				verdicts = append(verdicts, Faulty)
			default:
				verdicts = append(verdicts, Entered)
				head.Size += int64(c.records)
			}
		}
		if head.Size == before {
			return nothing
		}
		head.Checkpoint, head.LastTime = []byte{byte(head.Size), byte(head.Size >> 8)}, DrawnTime
		return tx.SetHead(head)
	})
	if err != nil && !errors.Is(err, nothing) {
		t.Fatal(err)
	}
	return verdicts
}
