package casefile

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// Result is how one case went.
type Result struct {
	Case        Case
	Decision    policy.Decision
	Differences []string // Dutch; nil when the decision is the one of the case
}

// Play decides on each case under a convenant. The convenant's own rules must be ready ([policy.Engine.Prepare]). The error is about the
// first case that cannot be decided on: it is about others than the parties of the convenant, or the engine fails.
func Play(ctx context.Context, e *policy.Engine, agreed *convenant.Convenant, f File) ([]Result, error) {
	results := make([]Result, 0, len(f.Cases))
	for _, c := range f.Cases {
		facts, err := c.Facts(agreed)
		if err != nil {
			return nil, fmt.Errorf("playing the case on line %d: %w", c.Line, err)
		}
		d, err := e.Decide(ctx, facts)
		if err != nil {
			return nil, fmt.Errorf("playing the case on line %d: %w", c.Line, err)
		}
		results = append(results, Result{Case: c, Decision: d, Differences: c.Differences(d)})
	}
	return results, nil
}
