package api

import (
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// version is a version of a convenant in the list of them.
type version struct {
	ID         string           `json:"id"`
	Version    int              `json:"versie"`
	Title      string           `json:"titel"`
	Lead       party.OIN        `json:"regie"`
	Valid      party.Validity   `json:"geldig"`
	Digest     string           `json:"digest"`
	InForce    bool             `json:"vanKracht"`
	Status     convenant.Status `json:"status"`
	ReplacedBy *int             `json:"vervangenDoor"`
	Ends       *string          `json:"looptAf"`
	Signatures []said           `json:"ondertekeningen"`
}

// said is the last word of a party on a version.
type said struct {
	Party   party.OIN          `json:"partij"`
	Verdict *convenant.Verdict `json:"besluit"` // null: it said nothing yet
	Time    *string            `json:"tijd"`    // as it was signed
}

// endsSoon is how long before its last day a list says that a version in force ends: a new one needs everybody's signature.
const endsSoon = 60 * 24 * time.Hour

// getConvenants lists every version, where it is in its life for the caller's party, and what each party last said of it.
func (s *server) getConvenants(k *call) error {
	now := s.Now()
	list := []version{}
	for _, st := range s.Registry.Snapshot().Convenants() {
		list = append(list, versionFor(st, now, k.caller.OIN()))
	}
	return k.json(http.StatusOK, map[string]any{"convenanten": list})
}

// versionFor tells of a version to a party; to one that has no part in it, how it is between those who do.
func versionFor(st convenant.Standing, now time.Time, caller party.OIN) version {
	c := st.Convenant
	v := version{ID: c.ID, Version: c.Version, Title: c.Title, Lead: c.Lead, Valid: c.Valid, Digest: c.Digest().String()}
	_, member := c.Member(caller)
	var by int
	if member {
		v.Status, by = st.Status(now, caller)
	} else {
		v.Status, by = st.Status(now)
	}
	if by != 0 {
		v.ReplacedBy = &by
	}
	inForce := v.Status == convenant.StatusInForce
	v.InForce = member && inForce
	if inForce && !c.Valid.Contains(now.Add(endsSoon)) {
		v.Ends = &c.Valid.Until
	}
	for _, m := range c.Parties {
		one := said{Party: m.OIN}
		if last, ok := st.Said(m.OIN); ok {
			at := utc(last.Time)
			one.Verdict, one.Time = &last.Verdict, &at
		}
		v.Signatures = append(v.Signatures, one)
	}
	return v
}
