package convenant_test

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
)

func TestInForce(t *testing.T) {
	_, ids := signers(t)
	all, each := pinned(t, ids), pinned(t, ids, "versie: 1", "versie: 1\ninwerking: per-partij")
	other := pinned(t, ids, "een veilig klimaat", "iets anders")
	sig := func(c *convenant.Convenant, oin party.OIN, v convenant.Verdict) convenant.Signature {
		return convenant.Signature{Convenant: c.ID, Version: c.Version, Digest: c.Digest(), Verdict: v, Time: today, Party: oin, CardKey: cardKey(ids[oin])}
	}
	yes := func(c *convenant.Convenant, oins ...party.OIN) (list []convenant.Signature) {
		for _, oin := range oins {
			list = append(list, sig(c, oin, convenant.Agreed))
		}
		return list
	}
	three := yes(all, municipality, police, school)
	unpinned := sig(all, school, convenant.Agreed)
	unpinned.CardKey = digest.Of([]byte("anders"))
	tomorrow := sig(all, school, convenant.Agreed)
	tomorrow.Time = today.AddDate(0, 0, 1)
	noTomorrow := tomorrow
	noTomorrow.Verdict = convenant.Withdrawn
	otherVersion := sig(all, school, convenant.Agreed)
	otherVersion.Version = 2

	cases := map[string]struct {
		c       *convenant.Convenant
		sigs    []convenant.Signature
		at      time.Time
		parties []party.OIN
		want    bool
	}{
		"all signed":                    {all, three, today, nil, true},
		"parties do not matter then":    {all, three, today, []party.OIN{school}, true},
		"nobody signed":                 {all, nil, today, nil, false},
		"one is missing":                {all, three[:2], today, []party.OIN{municipality}, false},
		"one rejected":                  {all, append(three[:2:2], sig(all, school, convenant.Rejected)), today, nil, false},
		"one withdrew":                  {all, append(three[:3:3], sig(all, police, convenant.Withdrawn)), today, nil, false},
		"one came back":                 {all, append(three[:3:3], sig(all, police, convenant.Withdrawn), sig(all, police, convenant.Agreed)), today, nil, true},
		"a key that is not pinned":      {all, append(three[:2:2], unpinned), today, nil, false},
		"a no with an unpinned key":     {all, append(three[:3:3], func() convenant.Signature { s := unpinned; s.Verdict = convenant.Withdrawn; return s }()), today, nil, true},
		"over another text":             {all, append(three[:2:2], sig(other, school, convenant.Agreed)), today, nil, false},
		"over another version":          {all, append(three[:2:2], otherVersion), today, nil, false},
		"a yes from tomorrow":           {all, append(three[:2:2], tomorrow), today, nil, false},
		"a no counts from its arrival":  {all, append(three[:3:3], noTomorrow), today, nil, false},
		"before its first day":          {all, three, time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC), nil, false},
		"after its last day":            {all, three, today.AddDate(1, 0, 2), nil, false},
		"per party: both signed":        {each, yes(each, school, police), today, []party.OIN{school, police}, true},
		"per party: one of two":         {each, yes(each, school), today, []party.OIN{school, police}, false},
		"per party: of nobody":          {each, yes(each, municipality, school, police), today, nil, false},
		"per party: a stranger":         {each, yes(each, school), today, []party.OIN{school, "00000099000000990000"}, false},
		"per party: withdrawn for one":  {each, append(yes(each, school, police), sig(each, school, convenant.Withdrawn)), today, []party.OIN{school}, false},
		"per party: not for the others": {each, append(yes(each, school, police), sig(each, school, convenant.Withdrawn)), today, []party.OIN{police}, true},
		"no convenant":                  {nil, three, today, nil, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			standing := convenant.Standing{Convenant: c.c, Signatures: c.sigs}
			if got := standing.InForce(c.at, c.parties...); got != c.want {
				t.Errorf("in force: %v", got)
			}
		})
	}
}

func TestMembers(t *testing.T) {
	_, ids := signers(t)
	c := pinned(t, ids)
	m, ok := c.Member(school)
	if !ok || m.Role != "school" || !m.Pins(cardKey(ids[school])) || m.Pins(cardKey(ids[police])) || m.Pins(digest.SHA256{}) {
		t.Errorf("%+v", m)
	}
	for _, oin := range []party.OIN{"", "00000099000000990000"} {
		if _, ok := c.Member(oin); ok {
			t.Errorf("%q is a member", oin)
		}
	}
}
