package conformance

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// lastChangeOfRegistry: whoever decides on what is in force sees in the transaction whether that changed since; a change that was undone
// moves nothing.
func lastChangeOfRegistry(t *testing.T, h *house) {
	var seen []int64
	refuse := errors.New("refused")
	put := func(registry bool, records int, refusal error) audit.Committed {
		c := audit.Change{Registry: registry, Guard: func(at int64) error { seen = append(seen, at); return refusal }}
		for range records {
			c.Records = append(c.Records, tlog.Record{Kind: tlog.Consulted})
		}
		done, err := h.log.Commit(h.ctx, c)
		if !errors.Is(err, refusal) {
			t.Fatalf("%v, want %v", err, refusal)
		}
		return done
	}
	for _, step := range []struct {
		registry bool
		records  int
		refusal  error
		at, next int64 // as the guard sees it, and as it is afterwards
	}{
		{false, 1, nil, 0, 0}, {true, 2, nil, 0, 3}, {false, 1, nil, 3, 3}, {true, 1, refuse, 3, 3}, {true, 1, nil, 3, 5}, {false, 2, nil, 5, 5},
	} {
		seen = nil
		done := put(step.registry, step.records, step.refusal)
		if step.refusal == nil && done.Registry != step.next {
			t.Errorf("%+v: committed with %d", step, done.Registry)
		}
		if len(seen) == 0 || seen[len(seen)-1] != step.at {
			t.Errorf("%+v: the guard saw %v", step, seen)
		}
		h.both(func() {
			head, err := h.Head(h.ctx)
			h.must(err)
			if head.Registry != step.next {
				t.Errorf("%+v: kept %d", step, head.Registry)
			}
		})
	}
}
