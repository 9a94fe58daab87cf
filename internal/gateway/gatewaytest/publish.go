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
	r.Agree(string(text))
	r.post(r.Person("politie/wa-7").HTTP(), "/v1/wpg-besluiten", "application/jose", r.WpgDecision(WpgNumber))
}

// Agree puts down a version of the convenant, and has every party sign it.
func (r *Region) Agree(text string) *convenant.Convenant {
	r.t.Helper()
	c, err := convenant.ParseYAML([]byte(text))
	if err != nil {
		r.t.Fatalf("reading a version of the convenant: %v", err)
	}
	r.post(r.Person("gemeente/cb-1").HTTP(), "/v1/convenanten/"+c.ID+"/versies", "application/yaml", text)
	for _, o := range organisations {
		r.Say(o.short, c, convenant.Agreed)
	}
	return c
}

// Say has a party sign what it says of a version.
func (r *Region) Say(short string, c *convenant.Convenant, v convenant.Verdict) {
	r.t.Helper()
	p := r.Party(short)
	signed, err := convenant.Sign(c, v, time.Now(), p.Signer.Key, p.Signer.Chain)
	if err != nil {
		r.t.Fatalf("signing the convenant for %s: %v", short, err)
	}
	path := "/v1/convenanten/" + c.ID + "/versies/" + strconv.Itoa(c.Version) + "/ondertekeningen"
	r.post(p.People[0].HTTP(), path, "application/jose", signed)
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
