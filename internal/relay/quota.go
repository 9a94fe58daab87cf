package relay

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// SentQuery asks how many messages of a kind a participant had accepted after a moment, to whomever and under whichever convenant.
type SentQuery struct {
	Party  party.OIN
	Person string
	Kind   vocabulary.Kind
	After  time.Time
}

// SentCount is the answer to it, for a period as the flow writes it.
type SentCount struct {
	SentQuery
	Per   string
	Count int
}

// counter counts for one decision, each period once.
type counter struct {
	store Store
	now   time.Time
	by    SentQuery
	done  []SentCount
}

func (r *Relay) counter(now time.Time, m matter) *counter {
	return &counter{store: r.store, now: now, by: SentQuery{Party: m.sender.Party, Person: m.sender.Participant, Kind: m.stated.Kind}}
}

// of gives what the flows ask to be counted: an entry for each different period of a `maximum`. Nothing is read when no flow asks.
func (c *counter) of(ctx context.Context, flows []convenant.Flow) ([]policy.CountFacts, error) {
	counts := []policy.CountFacts{}
	for _, flow := range flows {
		quota, ok := flow.Quota()
		if !ok || slices.ContainsFunc(counts, func(f policy.CountFacts) bool { return f.Per == quota.Per }) {
			continue
		}
		n, err := c.sent(ctx, quota.Per)
		if err != nil {
			return nil, err
		}
		counts = append(counts, policy.CountFacts{Per: quota.Per, Count: n})
	}
	return counts, nil
}

// sent counts over a window that ends now and is exactly as long as the period: "per day" is 24 hours, and nobody can send twice as much
// around midnight (docs/decisions/0017).
func (c *counter) sent(ctx context.Context, per string) (int, error) {
	for _, known := range c.done {
		if known.Per == per {
			return known.Count, nil
		}
	}
	period, err := convenant.ParseTerm(per)
	if err != nil {
		return 0, fmt.Errorf("reading the period of a maximum: %w", err)
	}
	q := c.by
	q.After = c.now.Add(-period)
	n, err := c.store.Sent(ctx, q)
	if err != nil {
		return 0, fmt.Errorf("counting what a participant sent: %w", err)
	}
	c.done = append(c.done, SentCount{SentQuery: q, Per: per, Count: n})
	return n, nil
}
