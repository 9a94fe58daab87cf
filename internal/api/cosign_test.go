package api_test

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// fourEyed gives a region whose signaal from school to police needs a second signature.
func fourEyed(t *testing.T) *gatewaytest.Region {
	t.Helper()
	return gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte {
		changed := bytes.Replace(text, []byte("ouders-geinformeerd, proportioneel]"), []byte("ouders-geinformeerd, proportioneel, vier-ogen]"), 1)
		if bytes.Equal(changed, text) {
			t.Fatal("the example has other conditions than this test begins with")
		}
		return changed
	}))
}

// coSigned signs an envelope as somebody.
func coSigned(t *testing.T, envelope string, sender, by *gatewaytest.Person, at time.Time) string {
	t.Helper()
	parsed, err := message.ParseEnvelope(envelope)
	if err != nil {
		t.Fatal(err)
	}
	v, err := parsed.Verify(&sender.Key.PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := message.SignCoSignature(v, message.NewTime(at), by.Key)
	if err != nil {
		t.Fatal(err)
	}
	return signed.Compact()
}

// TestFourEyesOverHTTP: with the second signature it goes, and without it, or with any other, it does not.
func TestFourEyesOverHTTP(t *testing.T) {
	r := fourEyed(t)
	sender, colleague := r.Person("school/vc-1"), r.Person("school/zc-1")
	now := time.Now()
	send := func(t *testing.T, envelope string, payload []byte, second ...string) answer {
		t.Helper()
		parts := []gatewaytest.Part{{Name: "envelop", Type: "application/jose", Data: []byte(envelope)}}
		for _, one := range second {
			parts = append(parts, gatewaytest.Part{Name: "medeondertekening", Type: "application/jose", Data: []byte(one)})
		}
		body, contentType := gatewaytest.Form(append(parts, gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})...)
		return call(t, context.Background(), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", contentType, body)
	}
	fresh := func() (string, []byte) { return r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10) }

	envelope, payload := fresh()
	if a := send(t, envelope, payload); !strings.Contains(string(a.body), "tweede-akkoord-ontbreekt") {
		t.Errorf("without a second signature: %s", a.body)
	}
	other, _ := fresh()
	for name, tc := range map[string]struct {
		second string
		status int
		code   string
		tells  string
	}{
		"one's own":            {coSigned(t, envelope, sender, sender, now), 403, "geweigerd", "tweede-akkoord-ontbreekt"},
		"of another party":     {coSigned(t, envelope, sender, r.Person("politie/wa-7"), now), 403, "afzender-onjuist", "eigen organisatie"},
		"of another message":   {coSigned(t, other, sender, colleague, now), 400, "verzoek-onjuist", "medeondertekening"},
		"the envelope itself":  {envelope, 400, "verzoek-onjuist", "medeondertekening.header.typ"},
		"no signature":         {"kanarie", 400, "verzoek-onjuist", "medeondertekening"},
		"before the envelope":  {coSigned(t, envelope, sender, colleague, now.Add(-time.Hour)), 400, "verzoek-onjuist", "medeondertekening.tijd"},
		"in the future":        {coSigned(t, envelope, sender, colleague, now.Add(time.Hour)), 400, "verzoek-onjuist", "medeondertekening.tijd"},
		"with another's bytes": {swapped(coSigned(t, envelope, sender, colleague, now), coSigned(t, other, sender, colleague, now)), 403, "afzender-onjuist", ""},
	} {
		t.Run(name, func(t *testing.T) {
			a := send(t, envelope, payload, tc.second)
			a.refused(t, tc.status, tc.code)
			if !strings.Contains(string(a.body), tc.tells) || strings.Contains(string(a.body), "kanarie") {
				t.Errorf("told %s", a.body)
			}
		})
	}
	t.Run("twice", func(t *testing.T) {
		second := coSigned(t, envelope, sender, colleague, now)
		send(t, envelope, payload, second, second).refused(t, 400, "verzoek-onjuist")
	})
	t.Run("a colleague's", func(t *testing.T) {
		a := send(t, envelope, payload, coSigned(t, envelope, sender, colleague, now))
		a.is(t, http.StatusCreated)
		if again := send(t, envelope, payload); again.status != http.StatusCreated || !bytes.Equal(again.body, a.body) {
			t.Errorf("the same again: %d", again.status)
		}
	})
	t.Run("an hour old", func(t *testing.T) {
		e := r.Signal("school/vc-1", "politie/wa-7")
		e.Time = message.NewTime(now.Add(-time.Hour))
		envelope, payload := r.Seal(e, 10)
		send(t, envelope, payload).refused(t, 400, "verzoek-onjuist")
		send(t, envelope, payload, coSigned(t, envelope, sender, colleague, now)).is(t, http.StatusCreated)
	})
	t.Run("two days old", func(t *testing.T) {
		e := r.Signal("school/vc-1", "politie/wa-7")
		e.Time = message.NewTime(now.Add(-48 * time.Hour))
		envelope, payload := r.Seal(e, 10)
		send(t, envelope, payload, coSigned(t, envelope, sender, colleague, now)).refused(t, 400, "verzoek-onjuist")
	})
	t.Run("of another type", func(t *testing.T) {
		body, contentType := gatewaytest.Form(gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(other)},
			gatewaytest.Part{Name: "medeondertekening", Type: "text/plain", Data: []byte("x")})
		call(t, apitest.Invalid(context.Background()), sender.HTTP(), http.MethodPost, r.URL+"/v1/berichten", contentType, body).refused(t, 415, "inhoudstype-onjuist")
	})
}

// swapped puts the signature of one JWS under the content of another.
func swapped(one, other string) string {
	mine, theirs := strings.Split(one, "."), strings.Split(other, ".")
	return mine[0] + "." + mine[1] + "." + theirs[2]
}
