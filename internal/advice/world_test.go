package advice_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

// world is a gateway with all parties of the example convenants, which are all in force.
type world struct {
	t         *testing.T
	region    *gatewaytest.Region
	clock     *gatewaytest.Clock
	engine    *policy.Engine
	agreed    map[string]*convenant.Convenant // by id, with the keys of this region
	parties   map[party.OIN]*gatewaytest.Party
	strangers map[vocabulary.Role]*gatewaytest.Party // that no convenant names
	wpg       map[string]string                      // what registered Wpg decisions say → their number
	one, two  []byte                                 // age files for one and for two people: every payload and every motivation
	hired     *int
}

// sealed gives an age file for so many people. It is made once: for whom a file is, the gateway cannot see.
func sealed(t *testing.T, people int) []byte {
	t.Helper()
	var keys []age.Recipient
	for range people {
		key, err := age.GenerateHybridIdentity()
		must(t, err)
		keys = append(keys, key.Recipient())
	}
	var file bytes.Buffer
	w, err := age.Encrypt(&file, keys...)
	must(t, err)
	_, err = w.Write(make([]byte, 10))
	must(t, err)
	must(t, w.Close())
	return file.Bytes()
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, clock: &gatewaytest.Clock{}, agreed: map[string]*convenant.Convenant{}, wpg: map[string]string{}, one: sealed(t, 1), two: sealed(t, 2), hired: new(int),
		parties: map[party.OIN]*gatewaytest.Party{}, strangers: map[vocabulary.Role]*gatewaytest.Party{}}
	var err error
	w.engine, err = policy.New(context.Background(), policies.FS, vocabulary.Default())
	must(t, err)
	joining := everybody(t)
	w.region = gatewaytest.Start(t, gatewaytest.Instead(joining...), gatewaytest.Telling(w.clock), gatewaytest.With(func(c *gateway.Config) {
		c.Limits = gateway.LimitsConfig{RequestsPerSecond: 100_000, Burst: 100_000}
	}))
	for _, j := range joining {
		p := w.region.Party(j.Short)
		p.Publish()
		if _, named := agreedRole(t, j.OIN); named {
			w.parties[j.OIN] = p
		} else {
			w.strangers[j.Role] = p
		}
	}
	// In office hours, and for hours to come: what is played takes minutes, and the cases say what holds in office hours.
	for !term.InOfficeHours(w.clock.Now()) || !term.InOfficeHours(w.clock.Now().Add(3*time.Hour)) {
		w.clock.Later(time.Hour)
	}
	return w
}

// Of each convenant there is besides the version in force a draft that nobody signed, the next one. Of later ones nobody has heard.
func unsigned(version int) int { return version + 1 }
func unknown(version int) int  { return version + 2 }

// agree publishes an example with the keys of this region, and has everybody sign it.
func (w *world) agree(id string) {
	w.t.Helper()
	text := exampleText(w.t, id)
	c, err := convenant.ParseYAML(text)
	must(w.t, err)
	keys := map[party.OIN]digest.SHA256{}
	for _, m := range c.Parties {
		keys[m.OIN] = digest.Of(w.parties[m.OIN].Signer.Chain[0].RawSubjectPublicKeyInfo)
	}
	text, err = convenant.WithCardKeys(text, keys)
	must(w.t, err)
	c, err = convenant.ParseYAML(text)
	must(w.t, err)
	lead, at := w.parties[c.Lead], "/v1/convenanten/"+id+"/versies"
	w.created(w.post(someone(lead, "convenantbeheerder"), at, "application/yaml", text))
	for _, m := range c.Parties {
		p := w.parties[m.OIN]
		signed, err := convenant.Sign(c, convenant.Agreed, w.clock.Now(), p.Signer.Key, p.Signer.Chain)
		must(w.t, err)
		w.created(w.post(p.People[0], at+"/"+strconv.Itoa(c.Version)+"/ondertekeningen", "application/jose", []byte(signed)))
	}
	draft := bytes.Replace(text, []byte("\nversie: "+strconv.Itoa(c.Version)+"\n"), []byte("\nversie: "+strconv.Itoa(unsigned(c.Version))+"\n"), 1)
	w.created(w.post(someone(lead, "convenantbeheerder"), at, "application/yaml", draft))
	must(w.t, w.engine.Prepare(c))
	w.agreed[id] = c
}

// someone gives a participant in a function, or the first of the party.
func someone(p *gatewaytest.Party, f vocabulary.Function) *gatewaytest.Person {
	for _, one := range p.People {
		if one.Function == f {
			return one
		}
	}
	return p.People[0]
}

// answer is what came back.
type answer struct {
	status int
	body   []byte
}

// post sends something with a token of somebody, by the clock of this world.
func (w *world) post(who *gatewaytest.Person, path, contentType string, body []byte) answer {
	return w.do(who, http.MethodPost, path, contentType, body)
}

func (w *world) do(who *gatewaytest.Person, method, path, contentType string, body []byte) answer {
	w.t.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, w.region.URL+path, bytes.NewReader(body))
	must(w.t, err)
	req.Header.Set("Authorization", "Bearer "+w.token(who))
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := who.Party.HTTP().Do(req)
	must(w.t, err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	must(w.t, err)
	return answer{resp.StatusCode, data}
}

func (w *world) created(a answer) {
	w.t.Helper()
	if a.status != http.StatusCreated {
		w.t.Fatalf("status %d: %s", a.status, a.body)
	}
}

func (w *world) now() message.Time {
	now := w.clock.Now()
	return message.Time{Time: now, Text: now.UTC().Format(time.RFC3339)}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
