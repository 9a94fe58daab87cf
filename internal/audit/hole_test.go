package audit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// holed is a store in which something is gone that was there.
type holed struct {
	audit.Store
	hashes, record, checkpoint bool
}

func (s *holed) Hashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	if s.hashes {
		return nil, audit.ErrNotFound
	}
	return s.Store.Hashes(ctx, indexes)
}

func (s *holed) Record(ctx context.Context, nr int64) ([]byte, error) {
	if s.record {
		return nil, audit.ErrNotFound
	}
	return s.Store.Record(ctx, nr)
}

func (s *holed) CheckpointFor(ctx context.Context, nr int64) ([]byte, error) {
	if s.checkpoint {
		return nil, audit.ErrNotFound
	}
	return s.Store.CheckpointFor(ctx, nr)
}

// TestAHoleIsNotAnAbsence: of a record that was committed, nothing is ever "not found"; of one that never was, all is.
func TestAHoleIsNotAnAbsence(t *testing.T) {
	h := newHouse(t)
	store := &holed{Store: h.store}
	s := h.sequencer(store)
	for _, id := range []string{"a", "b", "c"} {
		_, err := s.Commit(t.Context(), card(id))
		h.must(err)
	}
	for name, hole := range map[string]holed{
		"hashes": {hashes: true}, "record": {record: true}, "checkpoint": {checkpoint: true}, "all": {hashes: true, record: true, checkpoint: true},
	} {
		hole.Store = h.store
		*store = hole
		if _, err := s.Receipt(t.Context(), 1); !errors.Is(err, audit.ErrTree) || errors.Is(err, audit.ErrNotFound) {
			t.Errorf("%s gone, a receipt: %v", name, err)
		}
		if _, err := s.Latest(t.Context(), 1); name != "checkpoint" && (!errors.Is(err, audit.ErrTree) || errors.Is(err, audit.ErrNotFound)) {
			t.Errorf("%s gone, the latest proof: %v", name, err)
		}
		if _, err := s.Receipt(t.Context(), 3); !errors.Is(err, audit.ErrNotFound) && !hole.hashes {
			t.Errorf("%s gone, a receipt of what never was: %v", name, err)
		}
	}
}
