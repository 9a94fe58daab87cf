package convenant

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

type flowKey struct {
	kind     vocabulary.Kind
	from, to vocabulary.Role
}

// Member gives a party of the convenant.
func (c *Convenant) Member(oin party.OIN) (Member, bool) { return c.member(oin) }

func (c *Convenant) member(oin party.OIN) (Member, bool) {
	i := slices.IndexFunc(c.Parties, func(m Member) bool { return m.OIN == oin })
	if i < 0 || oin == "" {
		return Member{}, false
	}
	return c.Parties[i], true
}

// Pins reports whether the convenant lets this key sign the member's cards.
func (m Member) Pins(cardKey digest.SHA256) bool {
	return !cardKey.IsZero() && slices.Contains(m.CardKeys, cardKey)
}

// FlowsFor gives the flows for (kind, from role, to role): an index lookup, the same slice each time. nil when none.
func (c *Convenant) FlowsFor(kind vocabulary.Kind, from, to vocabulary.Role) []Flow {
	return c.index[flowKey{kind, from, to}]
}
