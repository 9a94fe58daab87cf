package policy_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
)

// taught decides often enough for the class of the message to have its shortcut, if it has one.
func taught(t rapid.TB, e *policy.Engine, f policy.Facts) {
	t.Helper()
	for range 2 {
		if _, err := e.Decide(context.Background(), f); err != nil {
			t.Fatal(err)
		}
		e.Learnt()
	}
}

// decideAlike draws messages, teaches the engine, turns some facts, and compares with the rules themselves.
func decideAlike(t *testing.T, e *policy.Engine, want int) {
	all := examples(t)
	allowed, refused, quick, near := 0, 0, 0, 0
	check := func(t *rapid.T) {
		f := drawFacts(t, rapid.SampledFrom(all).Draw(t, "convenant"))
		taught(t, e, f)
		for range rapid.IntRange(-2, 2).Draw(t, "turns more") {
			turn := rapid.SampledFrom(turns).Draw(t, "turn")
			turn(t, &f)
		}
		open := rapid.SampledFrom(openTurns).Draw(t, "open")
		open(t, &f)
		other := rapid.SampledFrom([]string{"a-1", "a-2"}).Draw(t, "other")
		f.Established.Sender.Participant, f.Established.Case.ID, f.Established.Time = other, other, other
		f.Established.Convenant.Version, f.Established.Sender.Party = 7, "00000099000000980000"
		short, _, _ := e.Quick(context.Background(), f)
		got, err := e.Decide(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		rules, err := e.Fully(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(rules, got); diff != "" {
			t.Fatalf("by a shortcut: %v\n%s", short, diff)
		}
		switch {
		case short && !rules.Allow:
			t.Fatal("a shortcut says yes where the rules say no")
		case short:
			quick++
		case rules.Allow:
			allowed++
		case e.HasShortcut(f):
			near++
		default:
			refused++
		}
	}
	// The draw is the seed's: a run that happened to see little of one goes on until it saw enough, and gives up only when that is no chance.
	few := func() bool { return quick < want/20 || refused < want/20 || near < want/20 }
	for n := 0; (n < want || few() && n < 10*want) && !t.Failed(); n = quick + allowed + refused + near {
		rapid.Check(t, check)
	}
	t.Logf("%d allowed by a shortcut, %d by the rules alone; %d refused in a class with a shortcut, %d in one without", quick, allowed, near, refused)
	if few() {
		t.Error("too few of one to say anything")
	}
}

// openTurns change facts that a class leaves open, so that a message of a class with a shortcut may be refused.
var openTurns = []func(*rapid.T, *policy.Facts){
	func(*rapid.T, *policy.Facts) {},
	func(t *rapid.T, f *policy.Facts) {
		person := rapid.Custom(func(t *rapid.T) policy.AddresseeFacts {
			return policy.AddresseeFacts{ID: "b-2", OnCard: rapid.IntRange(0, 4).Draw(t, "on card") > 0, CardValid: rapid.IntRange(0, 4).Draw(t, "valid") > 0}
		})
		f.Established.Recipient.People = rapid.SliceOfN(person, 0, 5).Draw(t, "people")
	},
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Recipient.Party = rapid.SampledFrom([]party.OIN{parties["halt"], parties["om"], "00000099000000990000"}).Draw(t, "recipient")
	},
	func(t *rapid.T, f *policy.Facts) {
		if f.Established.InReplyTo != nil {
			reply := *f.Established.InReplyTo
			reply.Convenant = "een-ander"
			f.Established.InReplyTo = &reply
		}
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.Sent = nil },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Sent = []policy.CountFacts{{Per: "P1D", Count: rapid.IntRange(0, 50).Draw(t, "count")}}
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.CoSigned = nil },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.CoSigned = &policy.CoSignerFacts{Other: rapid.Bool().Draw(t, "other person"), CardValid: rapid.Bool().Draw(t, "valid")}
	},
}

// throughAll gives a message through each flow of a convenant, on each of its bases.
func throughAll(t testing.TB, c *convenant.Convenant) []policy.Facts {
	t.Helper()
	var all []policy.Facts
	for _, flow := range c.Flows {
		from, ok := sideOf(c, flow.From, "")
		to, also := sideOf(c, flow.To, from.oin)
		if !ok || !also {
			t.Fatalf("%s: flow %s is between parties that are not there", c.ID, flow.ID)
		}
		for _, basis := range flow.Bases {
			f := throughFlow(c, flow, basis, from, to)
			if basis == "wpg-20" {
				f.Established.Wpg.Purposes, f.Established.Wpg.Categories = flow.Purposes, flow.Categories
			}
			all = append(all, f)
		}
	}
	return all
}
