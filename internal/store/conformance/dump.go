package conformance

import (
	"errors"
	"io"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// Dump is everything that a store tells of what was drawn: two stores with the same dump hold the same.
func Dump(t *testing.T, s Store) map[string]any {
	t.Helper()
	ctx := t.Context()
	all := map[string]any{}
	keep := func(name string, value any, err error) {
		t.Helper()
		if errors.Is(err, relay.ErrNotFound) || errors.Is(err, audit.ErrNotFound) || errors.Is(err, io.EOF) {
			value, err = "none", nil
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all[name] = value
	}
	head, err := s.Head(ctx)
	keep("head", head, err)
	records, err := s.Search(ctx, audit.Query{Party: "A", Limit: audit.MaxFound})
	keep("records", records, err)
	note, err := s.CheckpointFor(ctx, 0)
	keep("first checkpoint", note, err)
	cards, err := s.Cards(ctx)
	keep("cards", cards, err)
	versions, err := s.Convenants(ctx)
	keep("convenants", versions, err)
	signatures, err := s.Signatures(ctx)
	keep("signatures", signatures, err)
	changes, err := s.ConvenantChanges(ctx)
	keep("changes", changes, err)
	decisions, err := s.WpgDecisions(ctx)
	keep("Wpg decisions", decisions, err)
	rules, err := s.RulesInOrder(ctx)
	keep("rules", rules, err)
	days, err := s.DaysInUse(ctx)
	keep("days", days, err)
	line, err := s.Case(ctx, "z")
	keep("case", line, err)
	due, err := s.Lapsing(ctx, DrawnTime, 100)
	keep("lapsing", due, err)
	held, err := s.MotivationsDue(ctx, DrawnTime, 100)
	keep("motivations due", held, err)
	for _, of := range drawnParties {
		open, err := s.OpenReviews(ctx, of, -1, 100)
		keep("reviews of "+string(of), open, err)
		standing, err := s.Standing(ctx, "z", of, "signaal")
		keep("standing of "+string(of), standing, err)
		inbox, _, err := s.Messages(ctx, relay.Query{Party: of, Inbox: true, Person: "NULL", Limit: 100})
		keep("inbox of "+string(of), inbox, err)
		for _, status := range drawnStatuses {
			outbox, _, err := s.Messages(ctx, relay.Query{Party: of, Status: status, Limit: 100})
			keep("outbox of "+string(of)+" "+string(status), outbox, err)
		}
	}
	for _, id := range drawnMessages {
		for _, part := range relay.Parts {
			data, err := s.Chunk(ctx, id, part, 0)
			keep(id+" "+string(part), data, err)
		}
	}
	return all
}
