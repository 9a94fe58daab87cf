package policy_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// drawAllowed gives n messages that the rules allow, each with its own people, parties, case and statements, in the same order
// each time.
func drawAllowed(t testing.TB, e *policy.Engine, all []*convenant.Convenant, n int) []policy.Facts {
	t.Helper()
	chance := rand.New(rand.NewPCG(1, 2))
	var found []policy.Facts
	for tries := 0; len(found) < n; tries++ {
		if tries > 20*n {
			t.Fatalf("only %d of %d messages are allowed", len(found), tries)
		}
		f, ok := drawMessage(chance, all[len(found)%len(all)], tries)
		if !ok {
			continue
		}
		d, err := e.Fully(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if d.Allow {
			found = append(found, f)
		}
	}
	return found
}

func drawMessage(chance *rand.Rand, c *convenant.Convenant, nr int) (policy.Facts, bool) {
	flow := c.Flows[chance.IntN(len(c.Flows))]
	basis := flow.Bases[chance.IntN(len(flow.Bases))]
	from, ok := drawSide(chance, c, flow.From, "")
	to, also := drawSide(chance, c, flow.To, from.oin)
	if !ok || !also {
		return policy.Facts{}, false
	}
	f := throughFlow(c, flow, basis, from, to)
	if basis == "wpg-20" {
		f.Established.Wpg.Purposes, f.Established.Wpg.Categories = flow.Purposes, flow.Categories
	}
	e, s := &f.Established, &f.Stated
	e.Time = time.Unix(int64(1764000000+nr), 0).UTC().Format(time.RFC3339)
	e.Case.ID, e.Sender.Participant = fmt.Sprintf("zaak-%d", nr), fmt.Sprintf("a-%d", nr)
	e.Recipient.People = nil
	for i := range 1 + chance.IntN(flow.MaxPeople) {
		e.Recipient.People = append(e.Recipient.People, policy.AddresseeFacts{ID: fmt.Sprintf("b-%d-%d", nr, i), OnCard: true, CardValid: true})
	}
	e.Office = chance.IntN(4) > 0
	e.Case.New = chance.IntN(2) > 0
	e.Case.Member = !e.Case.New
	phase := 2 + chance.IntN(2)
	s.Phase = &phase
	s.Purpose = flow.Purposes[chance.IntN(len(flow.Purposes))]
	s.Categories = slices.DeleteFunc(slices.Clone(flow.Categories), func(vocabulary.Category) bool { return chance.IntN(2) > 0 })
	if len(s.Categories) == 0 {
		s.Categories = flow.Categories[:1]
	}
	if e.Case.SentCategories != nil {
		e.Case.SentCategories = s.Categories
	}
	return f, true
}

func drawSide(chance *rand.Rand, c *convenant.Convenant, s convenant.Side, other party.OIN) (side, bool) {
	found, ok := sideOf(c, s, other)
	found.function = ""
	if ok {
		found.function = s.Functions[chance.IntN(len(s.Functions))]
	}
	return found, ok
}
