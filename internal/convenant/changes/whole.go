package changes

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
)

// parties tells who joins, who leaves, and who is there in another role.
func (c *comparison) parties() {
	for _, now := range c.after.Parties {
		was, there := c.before.Member(now.OIN)
		switch {
		case !there:
			c.add(Change{Group: Parties, More: true}, "%s (OIN %s) doet voortaan mee.", role(now), now.OIN)
		case was.Role != now.Role:
			c.add(Change{Group: Parties, More: true, Less: true}, "OIN %s doet voortaan mee als %s, en niet meer als %s.", now.OIN, tell.Label(now.Role), tell.Label(was.Role))
		}
	}
	for _, was := range c.before.Parties {
		if _, there := c.after.Member(was.OIN); !there {
			c.add(Change{Group: Parties, Less: true}, "%s (OIN %s) doet niet meer mee.", role(was), was.OIN)
		}
	}
}

func role(m convenant.Member) string { return tell.Capital(tell.Party(convenant.Side{Role: m.Role})) }

// lead tells who writes and keeps the convenant from now on.
func (c *comparison) lead() {
	if c.before.Lead != c.after.Lead {
		c.add(Change{Group: Parties}, "De regie gaat van OIN %s naar OIN %s.", c.before.Lead, c.after.Lead)
	}
}

// cardKeys tells whose cards are signed with another key. Everybody trusts that key from then on, so everybody checks it.
func (c *comparison) cardKeys() {
	for _, now := range c.after.Parties {
		was, there := c.before.Member(now.OIN)
		if !there {
			continue
		}
		came, went := difference(was.CardKeys, now.CardKeys)
		const check = " Controleer de sleutel bij die partij zelf, bijvoorbeeld aan de telefoon."
		switch {
		case len(came) > 0 && len(went) > 0:
			c.add(Change{Group: Keys}, "%s (OIN %s) krijgt een andere kaartsleutel.%s", role(now), now.OIN, check)
		case len(came) > 0:
			c.add(Change{Group: Keys}, "%s (OIN %s) krijgt er een kaartsleutel bij.%s", role(now), now.OIN, check)
		case len(went) > 0:
			c.add(Change{Group: Keys}, "%s (OIN %s) kan met een van haar kaartsleutels geen kaarten meer tekenen.", role(now), now.OIN)
		}
	}
}

// algorithms tells whether messages may go to keys that are not post-quantum.
func (c *comparison) algorithms() {
	switch {
	case c.after.X25519 && !c.before.X25519:
		c.add(Change{Group: Keys, More: true}, "Voortaan mogen berichten ook met oudere sleutels (X25519), die een toekomstige computer kan openen.")
	case c.before.X25519 && !c.after.X25519:
		c.add(Change{Group: Keys, Less: true}, "Berichten mogen niet meer met oudere sleutels (X25519).")
	}
}

// entry tells for whom the convenant holds before everybody has signed.
func (c *comparison) entry() {
	switch {
	case c.after.PerParty && !c.before.PerParty:
		c.more("Het convenant geldt voortaan voor elke partij die tekende, ook als andere dat nog niet deden.")
	case c.before.PerParty && !c.after.PerParty:
		c.less("Het convenant geldt voortaan pas als alle partijen tekenden.")
	}
}

// rules tells of the rules that the convenant brings itself; they can only refuse.
func (c *comparison) rules() {
	switch before, after := c.before.Rules, c.after.Rules; {
	case before == after:
	case before == "":
		c.less("Het convenant krijgt eigen regels, die berichten kunnen weigeren.")
	case after == "":
		c.more("De eigen regels van het convenant vervallen; wat zij weigerden, kan nu mogen.")
	default:
		c.add(Change{Group: More, More: true, Less: true}, "De eigen regels van het convenant veranderen; lees wat zij voortaan weigeren.")
	}
}

// texts tells what the convenant says of itself.
func (c *comparison) texts() {
	before, after := c.before, c.after
	if before.ID != after.ID {
		c.add(Change{Group: Other, More: true, Less: true}, "Dit zijn twee verschillende convenanten: %s en %s.", before.ID, after.ID)
	}
	if before.Alliance != after.Alliance { // what a Wpg 20 decision names
		c.add(Change{Group: Other, More: true, Less: true}, "Het samenwerkingsverband heet voortaan: %s. Wpg-besluiten op de oude naam gelden niet voor deze versie.", after.Alliance)
	}
	if before.Title != after.Title {
		c.add(Change{Group: Other}, "De titel is voortaan: %s.", after.Title)
	}
	if before.Interest != after.Interest {
		c.add(Change{Group: Other}, "Het belang is voortaan: %s.", after.Interest)
	}
	for p, text := range sorted(after.Purposes) {
		if was, there := before.Purposes[p]; !there || was != text {
			c.add(Change{Group: Other}, "Het doel %s staat er voortaan als: %s.", p, text)
		}
	}
	for p := range sorted(before.Purposes) {
		if _, there := after.Purposes[p]; !there {
			c.add(Change{Group: Other}, "Het doel %s staat er niet meer in.", p)
		}
	}
	came, went := difference(before.LogReasons, after.LogReasons)
	if len(came) > 0 {
		c.add(Change{Group: Other}, "In het auditspoor mag voortaan ook gekeken worden voor: %s.", tell.And(tell.Labels(came)))
	}
	if len(went) > 0 {
		c.add(Change{Group: Other}, "In het auditspoor mag niet meer gekeken worden voor: %s.", tell.And(tell.Labels(went)))
	}
	if before.ID == after.ID && after.Version <= before.Version && !slices.Equal(before.Canonical(), after.Canonical()) {
		c.add(Change{Group: Other}, "Let op: het nummer van de nieuwe versie moet hoger zijn dan %d.", before.Version)
	}
}
