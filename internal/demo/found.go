package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

const (
	convenantID   = "denbosch-school-en-veiligheid"
	convenantFile = "convenanten/" + convenantID + "/convenant.yaml"
	wpgNumber     = "WPG20-2026-014"
	alliance      = "School & Veiligheid"
)

// found makes a region out of parties: each publishes its cards, the municipality the convenant, all sign it, and the police
// registers its Wpg decision. url and logKey are of the gateway that is running.
func (s *stage) found(ctx context.Context, url string, logKey []byte) error {
	published := map[string]cards{}
	for _, o := range region {
		c, err := s.folder.makeProfiles(o, url, logKey)
		if err != nil {
			return err
		}
		published[o.folder] = c
	}
	for _, o := range region {
		own, err := s.people.at(o.folder, o.people[0].id)
		if err != nil {
			return err
		}
		for _, card := range published[o.folder] {
			if _, err := own.PublishCard(ctx, card); err != nil {
				return fmt.Errorf("publishing a card of %s: %w", o.folder, err)
			}
		}
	}
	s.say("", "Tien organisaties hebben hun kaarten getekend en gepubliceerd.")
	if err := s.agree(ctx); err != nil {
		return err
	}
	return s.registerWpg(ctx)
}

// agree publishes the example convenant with the region's own card keys in it, and has every party sign what it read itself.
func (s *stage) agree(ctx context.Context) error {
	text, err := policies.FS.ReadFile(convenantFile)
	if err != nil {
		return fmt.Errorf("reading the example convenant: %w", err)
	}
	keys := map[party.OIN]digest.SHA256{}
	for _, o := range region {
		key, ok, err := pki.ReadCardKey(s.folder.party(o))
		if err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("%s has no certificate to sign cards with", o.folder)
		}
		keys[o.oin] = key
	}
	if text, err = convenant.WithCardKeys(text, keys); err != nil {
		return fmt.Errorf("putting the region's keys in the convenant: %w", err)
	}
	if err := write(s.folder.path("convenant.yaml"), text); err != nil {
		return err
	}
	lead, err := s.people.at("gemeente", "regie")
	if err != nil {
		return err
	}
	draft, _, err := lead.PublishConvenant(ctx, text)
	if err != nil {
		return fmt.Errorf("publishing the convenant: %w", err)
	}
	for _, o := range region {
		own, err := s.people.at(o.folder, o.people[0].id)
		if err != nil {
			return err
		}
		signer, err := pki.ReadCardSigner(s.folder.party(o))
		if err != nil {
			return err
		}
		if _, err := own.SignConvenant(ctx, draft, convenant.Agreed, signer.Key, signer.Chain); err != nil {
			return fmt.Errorf("signing the convenant for %s: %w", o.folder, err)
		}
	}
	s.say("", "Convenant "+convenantID+" versie 1: door alle tien getekend, van kracht.")
	return nil
}

// registerWpg registers the decision under which the police may give police data to the schools (Wpg 20; the convenant itself
// says that such a decision is no part of it).
func (s *stage) registerWpg(ctx context.Context) error {
	police := find("politie")
	signer, err := pki.ReadCardSigner(s.folder.party(police))
	if err != nil {
		return err
	}
	own, err := s.people.at("politie", "wijkagent")
	if err != nil {
		return err
	}
	id := convenantID
	decision := convenant.WpgDecision{
		Number: wpgNumber, Basis: "wpg-20", Alliance: alliance, Convenant: &id,
		Interest:   "een veilig klimaat in en om de school",
		Purposes:   []vocabulary.Purpose{"veilige-school"},
		Categories: []vocabulary.Category{"identiteit", "signaal", "incident", "politiegegevens"},
		Recipients: []party.OIN{find("stadscollege").oin, find("debrug").oin},
		Conditions: "Alleen gerichte vragen en terugkoppeling; nooit waarvan iemand wordt verdacht.",
		Authority:  "officier van justitie en burgemeester, 12 januari 2026 (voorbeeld)",
		Valid:      party.Validity{From: party.Day(time.Now().AddDate(0, 0, -1)), Until: party.Day(time.Now().AddDate(1, 0, 0))},
	}
	if _, err := own.PublishWpgDecision(ctx, decision, signer.Key, signer.Chain); err != nil {
		return fmt.Errorf("registering the Wpg decision: %w", err)
	}
	s.say("", "Wpg-besluit "+wpgNumber+" van de politie staat geregistreerd, los van het convenant.")
	return nil
}
