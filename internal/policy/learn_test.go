package policy_test

import (
	"context"
	"testing"

	"github.com/sluis-gateway/sluis/internal/policy"
)

// TestFactsAreTheCallersAgain: what is learnt is learnt of the facts as they were when they were decided on, whatever the caller does
// with them afterwards. With -race this also shows that nobody reads them any more.
func TestFactsAreTheCallersAgain(t *testing.T) {
	for range 20 {
		e := engine(t)
		e.LearnAtOnce(10)
		f := signal(t, example(t))
		for range 2 {
			if d, err := e.Decide(context.Background(), f); err != nil || !d.Allow {
				t.Fatalf("allowed %v, error %v", d.Allow, err)
			}
		}
		f.Stated.Statements["proportioneel"] = false
		f.Established.Recipient.People[0] = policy.AddresseeFacts{}
		e.Learnt()
		if e.HasShortcut(f) {
			t.Fatal("another class has the shortcut")
		}
		f.Stated.Statements["proportioneel"] = true
		if !e.HasShortcut(f) {
			t.Fatal("the shortcut was made of other facts than those that were decided on")
		}
	}
}
