package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// wpgNumber is the decision under which the police writes to the schools of 's-Hertogenbosch.
const wpgNumber = "WPG20-2026-014"

// wpgDecision is a decision and the police force that took it.
type wpgDecision struct {
	force string
	convenant.WpgDecision
}

// wpgDecisions are those of the region (Wpg 20 lid 2). A convenant itself says that such a decision is no part of it.
func wpgDecisions() []wpgDecision {
	valid := party.Validity{From: party.Day(time.Now().AddDate(0, 0, -1)), Until: party.Day(time.Now().AddDate(1, 0, 0))}
	return []wpgDecision{{"politie", convenant.WpgDecision{
		Number: wpgNumber, Basis: "wpg-20", Alliance: "School & Veiligheid", Convenant: named(school),
		Interest:   "een veilig klimaat in en om de school",
		Purposes:   []vocabulary.Purpose{"veilige-school"},
		Categories: []vocabulary.Category{"identiteit", "signaal", "incident", "politiegegevens"},
		Recipients: []party.OIN{find("stadscollege").oin, find("debrug").oin},
		Conditions: "Alleen gerichte vragen en terugkoppeling; nooit waarvan iemand wordt verdacht.",
		Authority:  "officier van justitie en burgemeester, 12 januari 2026 (voorbeeld)",
		Valid:      valid,
	}}}
}

func named(ref message.ConvenantRef) *string { return &ref.ID }

// registerWpg registers a decision, signed by the force that took it.
func (s *stage) registerWpg(ctx context.Context, d wpgDecision) error {
	force := find(d.force)
	signer, err := pki.ReadCardSigner(s.folder.party(force))
	if err != nil {
		return err
	}
	own, err := s.people.at(force.folder, force.lead().id)
	if err != nil {
		return err
	}
	if _, err := own.PublishWpgDecision(ctx, d.WpgDecision, signer.Key, signer.Chain); err != nil {
		return fmt.Errorf("registering Wpg decision %s: %w", d.Number, err)
	}
	s.say("", "Wpg-besluit "+d.Number+" van "+force.name+" staat geregistreerd, los van elk convenant.")
	return nil
}
