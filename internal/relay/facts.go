package relay

import (
	"maps"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// matter is what a decision is about, of a message that came in or of one that somebody asks about: both become facts here, by
// the same code, so that what is advised is what happens.
type matter struct {
	convenant message.ConvenantRef
	sender    message.Sender
	stated    policy.Stated
	caseID    string // "" when asking about a new case
	inReplyTo *string
	wpg       *string
	subjects  int
	motivated bool
	second    *message.VerifiedCoSignature // nil: nobody signed with the sender
	asked     bool                         // nobody sends it yet
}

// target is one recipient of it.
type target struct {
	party    party.OIN
	function vocabulary.Function
	people   []string
}

func matterOf(e message.Envelope) matter {
	return matter{
		convenant: e.Convenant,
		sender:    e.Sender,
		stated: policy.Stated{
			Kind: e.Kind, Purpose: e.Purpose, Basis: e.Basis, Categories: e.Categories, Phase: e.Phase, Urgency: e.Urgency,
			Questions: e.Questions, Theme: e.Theme, AgeGroup: e.AgeGroup, Statements: e.Statements,
		},
		caseID: e.Case, inReplyTo: e.InReplyTo, wpg: e.WpgDecision, subjects: len(e.Subjects), motivated: e.Motivation != nil,
	}
}

func targetsOf(e message.Envelope) []target {
	targets := make([]target, len(e.Recipients))
	for i, r := range e.Recipients {
		targets[i] = target{party: r.Party, function: r.Function, people: make([]string, len(r.Participants))}
		for j, p := range r.Participants {
			targets[i].people[j] = p.ID
		}
	}
	return targets
}

// factsOf assembles the whole input of one decision. What is not there becomes a fact (not a member, not on a card), never a
// fault here: refusing is for the policy.
func factsOf(s *registry.Snapshot, now time.Time, m matter, h history, to target) policy.Facts {
	standing, known := s.Convenant(m.convenant.ID, m.convenant.Version)
	e := policy.Established{
		Time: now.UTC().Format(time.RFC3339), Office: term.InOfficeHours(now),
		Convenant: policy.ConvenantFacts{
			ID: m.convenant.ID, Version: m.convenant.Version, Known: known,
			Purposes: []vocabulary.Purpose{}, Flows: []convenant.Flow{},
		},
		Sender:    senderFacts(s, now, standing.Convenant, m.sender),
		Recipient: recipientFacts(s, now, standing.Convenant, to),
		Case:      h.inCase,
		Subjects:  m.subjects,
		Motivated: m.motivated,
		CoSigned:  coSignerFacts(s, now, m),
		Sent:      []policy.CountFacts{},
	}
	if known {
		c := standing.Convenant
		e.Convenant.InForce = standing.InForce(now, m.sender.Party, to.party)
		if by := standing.ReplacedBy(now, m.sender.Party, to.party); by != 0 {
			e.Convenant.ReplacedBy = &by
		}
		e.Sender.Signed, e.Recipient.Signed = standing.Agreed(m.sender.Party, now), standing.Agreed(to.party, now)
		e.Convenant.Digest = c.Digest().String()
		e.Convenant.Alliance, e.Convenant.Rules = c.Alliance, c.Rules != ""
		e.Convenant.Purposes = slices.Sorted(maps.Keys(c.Purposes))
		if flows := c.FlowsFor(m.stated.Kind, e.Sender.Role, e.Recipient.Role); flows != nil {
			e.Convenant.Flows = flows
		}
	}
	e.Case.Checked = slices.Contains(h.checkedWith, to.party)
	had := h.sent[to.party]
	e.Case.Sent, e.Case.SentCategories = append([]vocabulary.Kind{}, had.kinds...), append([]vocabulary.Category{}, had.categories...)
	if m.inReplyTo != nil {
		e.InReplyTo = &policy.ReplyFacts{}
		if h.replied != nil && h.replied.SenderOIN == to.party {
			e.InReplyTo = &policy.ReplyFacts{Known: true, Kind: h.replied.Kind, Convenant: h.repliedBy}
		}
	}
	if m.wpg != nil {
		e.Wpg = wpgFacts(s, now, m.sender.Party, *m.wpg)
	}
	return policy.Facts{Established: e, Stated: m.stated}
}

// membership tells whether a convenant names a party in the role that its card says, and pins the key that signed the card. A
// party writes the role on its own card itself: only what all parties signed makes a school of it, or police.
func membership(c *convenant.Convenant, card party.VerifiedCard) (member, pinned bool) {
	if c == nil {
		return false, false
	}
	m, ok := c.Member(card.Card().OIN)
	member = ok && m.Role == card.Card().Role
	return member, member && m.Pins(card.CardKey())
}

func senderFacts(s *registry.Snapshot, now time.Time, c *convenant.Convenant, from message.Sender) policy.PersonFacts {
	f := policy.PersonFacts{Party: from.Party, Participant: from.Participant, Function: from.Function}
	card, valid, known := s.Party(from.Party, now)
	if !known {
		return f
	}
	f.Role, f.SchoolType = card.Card().Role, card.Card().SchoolType
	f.Member, f.Pinned = membership(c, card)
	if p, ok := s.Book.Participant(from.Party, from.Participant); ok {
		f.CardValid = valid && p.Participant().Valid.Contains(now)
		f.OnCard = slices.Contains(p.Participant().Functions, from.Function)
	}
	return f
}

func recipientFacts(s *registry.Snapshot, now time.Time, c *convenant.Convenant, to target) policy.RecipientFacts {
	f := policy.RecipientFacts{Party: to.party, Function: to.function, People: make([]policy.AddresseeFacts, len(to.people))}
	for i, id := range to.people {
		f.People[i].ID = id
		if p, ok := s.Book.Participant(to.party, id); ok {
			f.People[i].OnCard = slices.Contains(p.Participant().Functions, to.function)
			f.People[i].CardValid = p.Participant().Valid.Contains(now)
		}
	}
	card, valid, known := s.Party(to.party, now)
	if !known {
		return f
	}
	f.Role, f.SchoolType, f.CardValid = card.Card().Role, card.Card().SchoolType, valid
	f.Member, f.Pinned = membership(c, card)
	return f
}

func wpgFacts(s *registry.Snapshot, now time.Time, of party.OIN, number string) *policy.WpgFacts {
	f := &policy.WpgFacts{Number: number, Purposes: []vocabulary.Purpose{}, Categories: []vocabulary.Category{}, Recipients: []party.OIN{}}
	d, known := s.WpgDecision(of, number)
	if !known {
		return f
	}
	f.Known, f.Valid = true, d.Valid.Contains(now)
	f.Basis, f.Alliance, f.Case, f.Convenant = d.Basis, d.Alliance, d.Case, d.Convenant
	f.Purposes, f.Categories, f.Recipients = d.Purposes, d.Categories, d.Recipients
	return f
}
