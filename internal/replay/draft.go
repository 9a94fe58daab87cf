package replay

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// trial is a draft that is tried on decisions of before.
type trial struct {
	draft *convenant.Convenant
	known Known
}

// Known is what is in force now; registry.Snapshot.
type Known interface {
	Convenant(id string, version int) (convenant.Standing, bool)
	Party(oin party.OIN, t time.Time) (card party.VerifiedCard, valid, known bool)
}

// under gives the facts of a decision as they would have been under the draft, in force between the same parties. What depends on the
// convenant is established anew; the rest stands as it was recorded. Under the very version that was decided under, nothing changes;
// and what was refused because that version was unknown or not in force is still refused: a text changes nothing about that. It is
// false where the draft counts messages over a period that was not counted then.
func (t trial) under(f policy.Facts) (policy.Facts, bool) {
	e := &f.Established
	if !e.Convenant.Known || e.Convenant.Digest == t.draft.Digest().String() {
		return f, true
	}
	before := e.Convenant
	from, to := t.member(before, e.Sender.Party, e.Sender.Role), t.member(before, e.Recipient.Party, e.Recipient.Role)
	c := policy.ConvenantFacts{
		ID: t.draft.ID, Version: t.draft.Version, Known: true, InForce: t.inForce(f, from.in && to.in), ReplacedBy: before.ReplacedBy,
		Digest: t.draft.Digest().String(), Alliance: t.draft.Alliance, Rules: t.draft.Rules != "",
		Purposes: purposes(t.draft), Flows: t.draft.FlowsFor(f.Stated.Kind, e.Sender.Role, e.Recipient.Role),
	}
	if c.Flows == nil {
		c.Flows = []convenant.Flow{}
	}
	e.Convenant = c
	e.Sender.Pinned, e.Sender.Member = from.pinned(e.Sender.Pinned), from.in
	e.Recipient.Pinned, e.Recipient.Member = to.pinned(e.Recipient.Pinned), to.in
	return f, counted(e, c.Flows)
}

// counted leaves, of what was counted then, what these flows ask; false when they ask what was not.
func counted(e *policy.Established, flows []convenant.Flow) bool {
	asked := []policy.CountFacts{}
	for _, flow := range flows {
		quota, ok := flow.Quota()
		if !ok || slices.ContainsFunc(asked, func(c policy.CountFacts) bool { return c.Per == quota.Per }) {
			continue
		}
		i := slices.IndexFunc(e.Sent, func(c policy.CountFacts) bool { return c.Per == quota.Per })
		if i < 0 {
			return false
		}
		asked = append(asked, e.Sent[i])
	}
	e.Sent = asked
	return true
}

// inForce: a party that the draft lets in is taken to have signed it, when each had to sign for itself; that is all that a draft can
// change about being in force.
func (t trial) inForce(f policy.Facts, both bool) bool {
	from, to := f.Established.Sender, f.Established.Recipient
	joins := !from.Member || !to.Member
	return f.Established.Convenant.InForce ||
		t.draft.PerParty && both && joins && (from.Signed || !from.Member) && (to.Signed || !to.Member)
}

// membership is how a party stands to the draft.
type membership struct {
	in     bool // it is a party, in the role that its card had
	same   bool // with the same keys as in the version that was decided under
	pinsIt bool // and pins the key of its card of now
}

// pinned: whether the draft pins the key that signed the card of that day. Where the keys did not change it is as recorded; else the
// card of now is looked at, because a record does not hold the key.
func (m membership) pinned(recorded bool) bool {
	if m.same {
		return m.in && recorded
	}
	return m.in && m.pinsIt
}

func (t trial) member(before policy.ConvenantFacts, oin party.OIN, role vocabulary.Role) membership {
	now, ok := t.draft.Member(oin)
	m := membership{in: ok && now.Role == role}
	if card, _, known := t.known.Party(oin, time.Time{}); known {
		m.pinsIt = now.Pins(card.CardKey())
	}
	if old, known := t.known.Convenant(before.ID, before.Version); known {
		was, is := old.Convenant.Member(oin)
		m.same = is && ok && was.Role == now.Role && slices.Equal(was.CardKeys, now.CardKeys)
	}
	return m
}

// purposes of a convenant, sorted, as the relay establishes them.
func purposes(c *convenant.Convenant) []vocabulary.Purpose {
	list := make([]vocabulary.Purpose, 0, len(c.Purposes))
	for p := range c.Purposes {
		list = append(list, p)
	}
	slices.Sort(list)
	return list
}
