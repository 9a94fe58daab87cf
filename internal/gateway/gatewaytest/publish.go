package gatewaytest

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// publish has everybody do what makes a region: cards, the convenant with the region's own card keys in it, the signatures of
// all, and the Wpg decision of the police for the schools.
func (r *Region) publish() {
	r.t.Helper()
	keys := map[party.OIN]digest.SHA256{}
	for _, o := range organisations {
		p := r.Party(o.short)
		for _, card := range p.Cards {
			r.post(p.HTTP(), "/v1/kaarten", "application/jose", card)
		}
		keys[p.OIN] = digest.Of(p.Signer.Chain[0].RawSubjectPublicKeyInfo)
	}
	text, err := policies.FS.ReadFile("convenanten/" + ConvenantID + "/convenant.yaml")
	if err != nil {
		r.t.Fatalf("reading the example convenant: %v", err)
	}
	if r.agree != nil {
		text = r.agree(text)
	}
	if text, err = convenant.WithCardKeys(text, keys); err != nil {
		r.t.Fatalf("putting the region's keys in the convenant: %v", err)
	}
	if r.Convenant, err = convenant.ParseYAML(text); err != nil {
		r.t.Fatalf("reading the example convenant: %v", err)
	}
	versions := "/v1/convenanten/" + ConvenantID + "/versies"
	r.post(r.Person("gemeente/cb-1").HTTP(), versions, "application/yaml", string(text))
	for _, o := range organisations {
		p := r.Party(o.short)
		signed, err := convenant.Sign(r.Convenant, convenant.Agreed, time.Now(), p.Signer.Key, p.Signer.Chain)
		if err != nil {
			r.t.Fatalf("signing the convenant for %s: %v", o.short, err)
		}
		r.post(p.People[0].HTTP(), versions+"/"+strconv.Itoa(r.Convenant.Version)+"/ondertekeningen", "application/jose", signed)
	}
	r.post(r.Person("politie/wa-7").HTTP(), "/v1/wpg-besluiten", "application/jose", r.WpgDecision(WpgNumber))
}

// WpgDecision gives a signed decision of the police under Wpg 20 for both schools.
func (r *Region) WpgDecision(number string) string {
	r.t.Helper()
	police, id := r.Party("politie"), ConvenantID
	signed, err := convenant.SignWpgDecision(convenant.WpgDecision{
		Number: number, Basis: "wpg-20", Alliance: "School & Veiligheid", Convenant: &id,
		Interest:   "een veilig klimaat in en om de school",
		Purposes:   []vocabulary.Purpose{"veilige-school"},
		Categories: []vocabulary.Category{"identiteit", "signaal", "incident", "politiegegevens"},
		Recipients: []party.OIN{r.Party("school").OIN, r.Party("mbo").OIN},
		Conditions: "Alleen gerichte vragen en terugkoppeling.",
		Authority:  "officier van justitie en burgemeester, 12 januari 2026 (voorbeeld)",
		Valid:      Valid(),
	}, police.Signer.Key, police.Signer.Chain)
	if err != nil {
		r.t.Fatalf("signing a Wpg decision: %v", err)
	}
	return signed
}

// post publishes something, which must succeed.
func (r *Region) post(c *http.Client, path, contentType, body string) {
	r.t.Helper()
	resp, err := c.Post(r.URL+path, contentType, strings.NewReader(body))
	if err != nil {
		r.t.Fatalf("posting to %s: %v", path, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		answer, _ := io.ReadAll(resp.Body)
		r.t.Fatalf("posting to %s: %s: %s", path, resp.Status, answer)
	}
}
