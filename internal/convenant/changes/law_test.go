package changes_test

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/changes"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestNothingMoreGoesUnsaid is the law of this package: when no change says more, no message passes that did not pass before; when none
// says less, every message that passed still does. The convenants and the messages are drawn.
func TestNothingMoreGoesUnsaid(t *testing.T) {
	text := guide(t)
	rapid.Check(t, func(t *rapid.T) {
		before := edited(t, parseIn(t, text), "before")
		after := edited(t, before, "after")
		got := changes.Between(before, after)
		for range 30 {
			c := after
			if rapid.Bool().Draw(t, "of the old one") {
				c = before
			}
			m := drawMessage(t, c)
			was, is := passes(before, m), passes(after, m)
			if is && !was && got.Direction != changes.OnlyMore && got.Direction != changes.Both {
				t.Fatalf("passes newly, and nothing says more: %+v, %+v", m, got)
			}
			if was && !is && got.Direction != changes.OnlyLess && got.Direction != changes.Both {
				t.Fatalf("passes no longer, and nothing says less: %+v, %+v", m, got)
			}
		}
	})
}

func parseIn(t *rapid.T, text string) *convenant.Convenant {
	c, err := convenant.ParseYAML([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// message is as much of a message and its circumstances as a convenant looks at. It holds one category: of several, each must be allowed.
type message struct {
	flow      convenant.Flow // whose kind, roles and lists the message takes one of
	from, to  vocabulary.Function
	schools   [2]vocabulary.SchoolType
	purpose   vocabulary.Purpose
	basis     vocabulary.Basis
	category  vocabulary.Category
	people    int
	number    float64 // the phase, and the number of questions
	attested  bool    // whatever a condition without a number asks
	ageGroup  string
	day       string
	allSigned bool
	oldKeys   bool
	withParty party.OIN
}

func drawMessage(t *rapid.T, c *convenant.Convenant) message {
	f := rapid.SampledFrom(c.Flows).Draw(t, "flow")
	return message{
		flow: f, from: rapid.SampledFrom(f.From.Functions).Draw(t, "from"), to: rapid.SampledFrom(f.To.Functions).Draw(t, "to"),
		schools:   [2]vocabulary.SchoolType{rapid.SampledFrom(someSchools).Draw(t, "school"), rapid.SampledFrom(someSchools).Draw(t, "to school")},
		purpose:   rapid.SampledFrom(f.Purposes).Draw(t, "purpose"),
		basis:     rapid.SampledFrom(f.Bases).Draw(t, "basis"),
		category:  rapid.SampledFrom(f.Categories).Draw(t, "category"),
		people:    rapid.IntRange(1, 6).Draw(t, "people"),
		number:    float64(rapid.IntRange(1, 6).Draw(t, "number")),
		attested:  rapid.Bool().Draw(t, "attested"),
		ageGroup:  rapid.SampledFrom([]string{"0-11", "12-17", "18-22"}).Draw(t, "age group"),
		day:       rapid.SampledFrom([]string{"2025-12-31", "2026-06-01", "2029-12-31", "2031-01-01"}).Draw(t, "day"),
		allSigned: rapid.Bool().Draw(t, "all signed"),
		oldKeys:   rapid.Bool().Draw(t, "old keys"),
		withParty: rapid.SampledFrom(c.Parties).Draw(t, "party").OIN,
	}
}

// passes says whether a convenant lets a message through, as plainly as it can be said.
func passes(c *convenant.Convenant, m message) bool {
	_, member := c.Member(m.withParty)
	if !member || m.day < c.Valid.From || m.day > c.Valid.Until || m.oldKeys && !c.X25519 || !m.allSigned && !c.PerParty {
		return false
	}
	return slices.ContainsFunc(c.Flows, func(f convenant.Flow) bool {
		return f.Kind == m.flow.Kind && f.From.Role == m.flow.From.Role && f.To.Role == m.flow.To.Role &&
			slices.Contains(f.From.Functions, m.from) && slices.Contains(f.To.Functions, m.to) &&
			school(f.From, m.schools[0]) && school(f.To, m.schools[1]) &&
			slices.Contains(f.Purposes, m.purpose) && slices.Contains(f.Bases, m.basis) && slices.Contains(f.Categories, m.category) &&
			m.people <= f.MaxPeople && !slices.ContainsFunc(f.Conditions, func(c convenant.Condition) bool { return !holds(c, m) })
	})
}

func school(s convenant.Side, t vocabulary.SchoolType) bool {
	return s.Role != "school" || len(s.SchoolTypes) == 0 || slices.Contains(s.SchoolTypes, t)
}

func holds(c convenant.Condition, m message) bool {
	switch c.Code {
	case "fase-minimaal":
		return m.number >= c.Parameter.(float64)
	case "gericht":
		return m.number <= c.Parameter.(float64)
	case "leeftijdsgroep":
		return slices.Contains(c.Parameter.([]any), any(m.ageGroup))
	default:
		return m.attested
	}
}

// copied gives a convenant whose lists can be changed.
func copied(t *rapid.T, c *convenant.Convenant) *convenant.Convenant {
	data, err := json.Marshal(c.Flows)
	if err != nil {
		t.Fatal(err)
	}
	out := *c
	out.Flows, out.Parties = nil, slices.Clone(c.Parties)
	if err := json.Unmarshal(data, &out.Flows); err != nil {
		t.Fatal(err)
	}
	return &out
}
