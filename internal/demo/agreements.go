package demo

import (
	"context"
	_ "embed" // the convenant of the exercise
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/policies"
)

// The convenants of the region, version 1 of each.
var (
	school   = message.ConvenantRef{ID: "denbosch-school-en-veiligheid", Version: 1}
	national = message.ConvenantRef{ID: "landelijk-jeugdketen", Version: 1}
	safety   = message.ConvenantRef{ID: "veiligheidshuis-brabant-noordoost", Version: 1}
	truancy  = message.ConvenantRef{ID: "leerplicht-regio", Version: 1}
	city     = message.ConvenantRef{ID: "rotterdam-veilig-onderwijs", Version: 1}
	exercise = message.ConvenantRef{ID: "oefening-termijnen", Version: 1}
)

// agreement is one convenant and who has yet to sign it when the scenes begin.
type agreement struct {
	ref     message.ConvenantRef
	waiting []string
}

var agreements = []agreement{{ref: school}, {ref: national, waiting: []string{"havenvakschool"}}, {ref: safety}, {ref: truancy}, {ref: city}, {ref: exercise}}

// exerciseText is the one convenant that serves the demonstration alone: its term is so short that a message lapses while one
// looks on.
//
//go:embed oefening.yaml
var exerciseText []byte

// text gives the convenant as its region would write it: the example with the region's own card keys.
func (s *stage) text(a agreement) ([]byte, *convenant.Convenant, error) {
	text := exerciseText
	if a.ref != exercise {
		var err error
		if text, err = policies.FS.ReadFile("convenanten/" + a.ref.ID + "/convenant.yaml"); err != nil {
			return nil, nil, fmt.Errorf("reading the example convenant %s: %w", a.ref.ID, err)
		}
	}
	agreed, err := convenant.ParseYAML(text)
	if err != nil {
		return nil, nil, fmt.Errorf("reading the example convenant %s: %w", a.ref.ID, err)
	}
	keys := map[party.OIN]digest.SHA256{}
	for _, m := range agreed.Parties {
		o, ok := withOIN(m.OIN)
		if !ok {
			continue // a partner of the example that does not play here: it never signs
		}
		key, ok, err := pki.ReadCardKey(s.folder.party(o))
		if err != nil {
			return nil, nil, err
		}
		if !ok {
			return nil, nil, fmt.Errorf("%s has no certificate to sign cards with", o.folder)
		}
		keys[o.oin] = key
	}
	if text, err = convenant.WithCardKeys(text, keys); err != nil {
		return nil, nil, fmt.Errorf("putting the region's keys in %s: %w", a.ref.ID, err)
	}
	return text, agreed, write(s.folder.path("convenanten", a.ref.ID+".yaml"), text)
}

// agree publishes a convenant by the party that has the regie, and has the others sign what they read themselves.
func (s *stage) agree(ctx context.Context, a agreement) error {
	text, example, err := s.text(a)
	if err != nil {
		return err
	}
	lead, ok := withOIN(example.Lead)
	if !ok {
		return fmt.Errorf("publishing %s: its regie is not in the region", a.ref.ID)
	}
	author, err := s.people.at(lead.folder, lead.lead().id)
	if err != nil {
		return err
	}
	draft, _, err := author.PublishConvenant(ctx, text)
	if err != nil {
		return fmt.Errorf("publishing %s: %w", a.ref.ID, err)
	}
	signed := 0
	for _, m := range example.Parties {
		o, ok := withOIN(m.OIN)
		if !ok || slices.Contains(a.waiting, o.folder) {
			continue
		}
		if err := s.sign(ctx, o, draft, convenant.Agreed); err != nil {
			return err
		}
		signed++
	}
	s.say("", fmt.Sprintf("%s: getekend door %d van de %d partijen, %s.", draft.Title, signed, len(example.Parties), force(draft)))
	return nil
}

func force(c *convenant.Convenant) string {
	if c.PerParty {
		return "van kracht voor wie tekende"
	}
	return "van kracht"
}

// sign has a party give its verdict on a convenant, as its partijbeheerder does: with the key of the party's certificate.
func (s *stage) sign(ctx context.Context, o organisation, c *convenant.Convenant, v convenant.Verdict) error {
	signer, err := pki.ReadCardSigner(s.folder.party(o))
	if err != nil {
		return err
	}
	own, err := s.people.at(o.folder, o.lead().id)
	if err != nil {
		return err
	}
	if _, err := own.SignConvenant(ctx, c, v, signer.Key, signer.Chain); err != nil {
		return fmt.Errorf("signing %s for %s: %w", c.ID, o.folder, err)
	}
	return nil
}
