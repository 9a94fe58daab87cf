package casefile

import (
	"fmt"
	"maps"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// A Monday in office hours, and the case that every message of a file is in.
const (
	moment = "2026-11-23T10:00:00Z"
	caseID = "0192aaaa-0000-7000-8000-000000000001"
)

// The Wpg decision of `wpgBesluit: true`: under article 20 (Wpg, "structurele verstrekking aan een samenwerkingsverband"), for everybody
// in the convenant, in force today.
const (
	WpgNumber = "WPG-1"
	wpgBasis  = "wpg-20"
)

// WpgPurposes and WpgCategories are what that decision covers.
var (
	WpgPurposes   = []vocabulary.Purpose{"veilige-school"}
	WpgCategories = []vocabulary.Category{"identiteit", "signaal", "incident", "groepsverband", "politiegegevens"}
)

// Facts gives what a gateway would establish in this case under a convenant, and what the sender states. The error says that the case is
// about others than the parties of the convenant, or changes a fact that does not exist.
func (c Case) Facts(agreed *convenant.Convenant) (policy.Facts, error) {
	from, ok := agreed.Member(c.From.OIN)
	to, also := agreed.Member(c.To.OIN)
	if !ok || !also {
		return policy.Facts{}, fmt.Errorf("assembling the facts of a case: %s or %s is no party of the convenant", c.From.Name, c.To.Name)
	}
	f := policy.Facts{
		Established: policy.Established{
			Time: moment, Office: true,
			Convenant: policy.ConvenantFacts{
				ID: agreed.ID, Version: agreed.Version, Known: true, InForce: true, Digest: agreed.Digest().String(), Alliance: agreed.Alliance,
				Rules: agreed.Rules != "", Purposes: slices.Sorted(maps.Keys(agreed.Purposes)), Flows: flows(agreed, c.Kind, from, to),
			},
			Sender: policy.PersonFacts{Party: from.OIN, Role: from.Role, SchoolType: c.From.SchoolType, Member: true, Pinned: true,
				CardValid: true, Signed: true, Participant: "a-1", Function: c.From.Function, OnCard: true},
			Recipient: policy.RecipientFacts{Party: to.OIN, Role: to.Role, SchoolType: c.To.SchoolType, Member: true, Pinned: true,
				CardValid: true, Signed: true, Function: c.To.Function, People: c.people()},
			Case:      policy.CaseFacts{ID: caseID, New: true, Checked: c.Checked, Sent: c.Sent, SentCategories: c.sentCategories()},
			Subjects:  1,
			Motivated: c.Motivated,
			Sent:      c.sentBefore(agreed, from, to),
		},
		Stated: c.Stated(),
	}
	if c.Subjects != nil {
		f.Established.Subjects = *c.Subjects
	}
	if !c.Alone {
		f.Established.CoSigned = &policy.CoSignerFacts{Participant: "a-2", Other: true, CardValid: true}
	}
	if c.Wpg {
		f.Established.Wpg = wpgDecision(agreed)
	}
	if c.InReplyTo != "" {
		f.Established.InReplyTo = &policy.ReplyFacts{Known: true, Kind: c.InReplyTo, Convenant: agreed.ID}
	}
	return changed(f, c.Other)
}

// Stated is what the sender signs.
func (c Case) Stated() policy.Stated {
	s := policy.Stated{Kind: c.Kind, Purpose: c.Purpose, Basis: c.Basis, Categories: c.Categories, Phase: c.Phase, Urgency: c.Urgency,
		Questions: c.Questions, Theme: c.Theme, AgeGroup: c.AgeGroup, Statements: map[vocabulary.Statement]bool{}}
	for _, said := range c.Statements {
		s.Statements[said] = true
	}
	return s
}

func flows(agreed *convenant.Convenant, kind vocabulary.Kind, from, to convenant.Member) []convenant.Flow {
	if found := agreed.FlowsFor(kind, from.Role, to.Role); found != nil {
		return found
	}
	return []convenant.Flow{}
}

// sentBefore gives `eerderVerstuurd` for each period that a flow asks about.
func (c Case) sentBefore(agreed *convenant.Convenant, from, to convenant.Member) []policy.CountFacts {
	counts := []policy.CountFacts{}
	for _, flow := range agreed.FlowsFor(c.Kind, from.Role, to.Role) {
		quota, ok := flow.Quota()
		if ok && !slices.ContainsFunc(counts, func(f policy.CountFacts) bool { return f.Per == quota.Per }) {
			counts = append(counts, policy.CountFacts{Per: quota.Per, Count: c.SentBefore})
		}
	}
	return counts
}

func (c Case) people() []policy.AddresseeFacts {
	people := make([]policy.AddresseeFacts, c.People)
	for i := range people {
		people[i] = policy.AddresseeFacts{ID: fmt.Sprintf("b-%d", i+1), OnCard: true, CardValid: true}
	}
	return people
}

// sentCategories are what was sent before: by default what this message holds, so that a correction corrects something.
func (c Case) sentCategories() []vocabulary.Category {
	if c.SentCategories == nil {
		return c.Categories
	}
	return c.SentCategories
}

func wpgDecision(agreed *convenant.Convenant) *policy.WpgFacts {
	w := policy.WpgFacts{Number: WpgNumber, Known: true, Valid: true, Basis: wpgBasis, Alliance: agreed.Alliance,
		Purposes: WpgPurposes, Categories: WpgCategories}
	for _, m := range agreed.Parties {
		w.Recipients = append(w.Recipients, m.OIN)
	}
	return &w
}
