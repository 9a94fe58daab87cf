package registrytest

import (
	"context"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// ConvenantID is the example convenant.
const ConvenantID = "denbosch-school-en-veiligheid"

// ConvenantYAML gives the example convenant with the card keys of this region.
func (r *Region) ConvenantYAML(t testing.TB) []byte {
	t.Helper()
	yaml, err := policies.FS.ReadFile("convenanten/" + ConvenantID + "/convenant.yaml")
	check(t, err)
	keys := map[party.OIN]digest.SHA256{}
	for _, p := range r.Parties {
		keys[p.OIN] = digest.Of(p.Signing.Chain[0].RawSubjectPublicKeyInfo)
	}
	yaml, err = convenant.WithCardKeys(yaml, keys)
	check(t, err)
	return yaml
}

// SignConvenant gives the ondertekening of a party.
func (p *Party) SignConvenant(t testing.TB, c *convenant.Convenant, v convenant.Verdict, at time.Time) string {
	t.Helper()
	compact, err := convenant.Sign(c, v, at, p.Signing.Key, p.Signing.Chain)
	check(t, err)
	return compact
}

// Publisher is registry.Registry.
type Publisher interface {
	CardPublisher
	PublishConvenant(ctx context.Context, caller party.OIN, yaml []byte) (*convenant.Convenant, tlog.Receipt, error)
	PublishSignature(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error)
	PublishWpgDecision(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error)
}

// Publish publishes every card and the convenant, signed by all.
func (r *Region) Publish(t testing.TB, to Publisher, now time.Time) *convenant.Convenant {
	t.Helper()
	r.PublishCards(t, to)
	c, _, err := to.PublishConvenant(t.Context(), r.Parties["gemeente"].OIN, r.ConvenantYAML(t))
	check(t, err)
	for _, p := range r.InOrder() {
		_, err := to.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, now))
		check(t, err)
	}
	return c
}

// WpgDecision gives a decision under article 20 of the Wpg, for a party to sign: of this convenant's partnership, for the schools.
func (r *Region) WpgDecision(number string) convenant.WpgDecision {
	return convenant.WpgDecision{
		Number: number, Basis: "wpg-20", Alliance: "School & Veiligheid", Interest: "een veilige school",
		Purposes: []vocabulary.Purpose{"veilige-school"}, Categories: []vocabulary.Category{"identiteit", "signaal", "incident", "politiegegevens"},
		Recipients: []party.OIN{r.Parties["school"].OIN, r.Parties["mbo"].OIN}, Conditions: "alleen voor dit doel",
		Authority: "officier van justitie, burgemeester, 1 november 2026", Valid: Days,
	}
}

// SignWpgDecision signs one.
func (p *Party) SignWpgDecision(t testing.TB, d convenant.WpgDecision) string {
	t.Helper()
	compact, err := convenant.SignWpgDecision(d, p.Signing.Key, p.Signing.Chain)
	check(t, err)
	return compact
}
