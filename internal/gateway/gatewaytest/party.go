package gatewaytest

import (
	"crypto/ecdsa"
	"crypto/tls"
	"encoding/pem"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Party is an organisation with all its keys.
type Party struct {
	Short  string
	OIN    party.OIN
	Role   vocabulary.Role
	Card   party.Card        // as signed in Cards[0]
	Signer pki.Identity      // signs cards, convenants, Wpg decisions
	Client pki.Identity      // TLS
	Admin  *ecdsa.PrivateKey // of the beheerder, who signs participant cards
	Cards  []string          // the party's own card first
	People []*Person

	region    *Region
	transport *http.Transport
}

// Person is a participant with a profile folder.
type Person struct {
	Party       *Party
	ID          string
	Function    vocabulary.Function // the first on the card
	Participant party.Participant   // as on the card
	Key         *ecdsa.PrivateKey   // signs envelopes, confirmations, tokens
	Profile     string              // folder, for internal/client and the commands
}

// Party gives a party by its short name: gemeente, politie, school, mbo, veilig-thuis, rvdk, leerplicht, halt, gi, jongerenwerk.
func (r *Region) Party(short string) *Party {
	r.t.Helper()
	p, ok := r.parties[short]
	if !ok {
		r.t.Fatalf("no party %q in the region", short)
	}
	return p
}

// Person gives a participant by <party>/<id>, such as school/vc-1 and politie/wa-7.
func (r *Region) Person(name string) *Person {
	r.t.Helper()
	short, id, _ := strings.Cut(name, "/")
	for _, p := range r.Party(short).People {
		if p.ID == id {
			return p
		}
	}
	r.t.Fatalf("no participant %q in the region", name)
	return nil
}

// join makes a party: certificates, keys, profiles and signed cards. It publishes nothing.
func (r *Region) join(o organisation) {
	r.t.Helper()
	p := &Party{Short: o.short, OIN: o.oin, Role: o.role, region: r}
	name := "Voorbeeld " + o.short
	var err error
	if p.Signer, err = r.CA.IssueCardSigner(o.oin, name); err != nil {
		r.t.Fatal(err)
	}
	if p.Client, err = r.CA.IssueClient(o.oin, name); err != nil {
		r.t.Fatal(err)
	}
	if p.Admin, err = jose.GenerateKey(); err != nil {
		r.t.Fatal(err)
	}
	p.transport = &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{
		RootCAs: r.CA.Pool(), Certificates: []tls.Certificate{p.Client.TLS()}}}
	p.Card = party.Card{OIN: o.oin, Name: name, Role: o.role, Version: 1, Valid: Valid(), Admins: []party.Admin{{ID: "beheer-1", Key: &p.Admin.PublicKey}}}
	if o.school != "" {
		p.Card.SchoolType = &o.school
	}
	own, err := party.SignCard(p.Card, p.Signer.Key, p.Signer.Chain)
	if err != nil {
		r.t.Fatalf("signing the card of %s: %v", o.short, err)
	}
	p.Cards = []string{own}
	search := message.NewSearchKey()
	for _, who := range o.people {
		p.hire(who, &search)
	}
	r.parties[o.short] = p
}

// hire makes a participant's profile and card.
func (p *Party) hire(who somebody, search *message.SearchKey) {
	t := p.region.t
	t.Helper()
	one := &Person{Party: p, ID: who.id, Function: who.functions[0], Profile: filepath.Join(p.region.Dir, "profielen", p.Short+"-"+who.id)}
	cert, key := p.tlsPEM()
	public, err := client.CreateProfile(one.Profile, client.NewProfile{
		OIN: p.OIN, Participant: who.id, Function: one.Function, URL: p.region.URL, TLSCert: cert, TLSKey: key,
		CardAnchors: p.region.rootPEM(), TLSAnchors: p.region.rootPEM(), LogKeys: []byte(p.region.Gateway.LogVerifierKey() + "\n"), SearchKey: search,
	})
	if err != nil {
		t.Fatalf("making the profile of %s/%s: %v", p.Short, who.id, err)
	}
	jwk, err := os.ReadFile(filepath.Join(one.Profile, "ondertekening.jwk"))
	if err != nil {
		t.Fatal(err)
	}
	if one.Key, err = jose.ParsePrivateJWK([]byte(strings.TrimSpace(string(jwk)))); err != nil {
		t.Fatal(err)
	}
	one.Participant = party.Participant{OIN: p.OIN, ID: who.id, Version: 1, Name: "Iemand " + who.id, Functions: who.functions,
		Key: &one.Key.PublicKey, Age: public.Age, Valid: Valid()}
	card, err := party.SignParticipant(one.Participant, p.Admin)
	if err != nil {
		t.Fatalf("signing the card of %s/%s: %v", p.Short, who.id, err)
	}
	p.Cards = append(p.Cards, card)
	p.People = append(p.People, one)
}

// Valid is a span of days around today.
func Valid() party.Validity {
	return party.Validity{From: party.Day(time.Now().AddDate(0, 0, -1)), Until: party.Day(time.Now().AddDate(1, 0, 0))}
}

func (p *Party) tlsPEM() (cert, key []byte) {
	p.region.t.Helper()
	dir := filepath.Join(p.region.Dir, "partijen", p.Short)
	if _, err := os.Stat(dir); err != nil {
		if err := pki.WriteIdentity(dir, "tls", p.Client); err != nil {
			p.region.t.Fatal(err)
		}
	}
	cert, err := os.ReadFile(filepath.Join(dir, "tls.crt"))
	if err != nil {
		p.region.t.Fatal(err)
	}
	if key, err = os.ReadFile(filepath.Join(dir, "tls.key")); err != nil {
		p.region.t.Fatal(err)
	}
	if block, _ := pem.Decode(key); block == nil {
		p.region.t.Fatal("the TLS key of a party is no PEM")
	}
	return cert, key
}

// HTTP gives an HTTP client with the party's certificate and no token, held to openapi.yaml.
func (p *Party) HTTP() *http.Client {
	return &http.Client{Transport: apitest.Transport(p.region.t, p.transport)}
}
