package api_test

import (
	"crypto/tls"
	"net/http"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/api/apitest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// noCertificate is a client that trusts the gateway and shows nothing.
func noCertificate(t *testing.T, r *gatewaytest.Region) *http.Client {
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: r.CA.Pool()}}
	t.Cleanup(tr.CloseIdleConnections)
	return &http.Client{Transport: apitest.Transport(t, tr)}
}

// TestWhoIsCalling: every fault of a certificate or token is a 401 that says which.
func TestWhoIsCalling(t *testing.T) {
	r := gatewaytest.Start(t)
	me, other := r.Person("school/vc-1"), r.Person("politie/wa-7")
	inbox := r.URL + "/v1/berichten?map=in"
	envelope, _ := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10)
	bearer := func(token string) []string { return []string{"Authorization", "Bearer " + token} }
	for _, tc := range []struct {
		name   string
		client *http.Client
		header []string
		code   string
	}{
		{"no certificate", noCertificate(t, r), bearer(me.Token(nil)), "certificaat-ontbreekt"},
		{"no token", me.Party.HTTP(), nil, "token-ongeldig"},
		{"no scheme", me.Party.HTTP(), []string{"Authorization", me.Token(nil)}, "token-ongeldig"},
		{"two tokens", me.Party.HTTP(), append(bearer(me.Token(nil)), bearer(me.Token(nil))...), "token-ongeldig"},
		{"rubbish", me.Party.HTTP(), bearer("x"), "token-ongeldig"},
		{"an envelope", me.Party.HTTP(), bearer(envelope), "token-ongeldig"},
		{"another party's token", me.Party.HTTP(), bearer(other.Token(nil)), "token-ongeldig"},
		{"somebody else's name", me.Party.HTTP(), bearer(me.Token(func(c *jose.TokenClaims) { c.Subject = "zc-1" })), "token-ongeldig"},
		{"for another gateway", me.Party.HTTP(), bearer(me.Token(func(c *jose.TokenClaims) { c.Audience = "https://elders.example" })), "token-ongeldig"},
		{"of another connection", me.Party.HTTP(), bearer(me.Token(func(c *jose.TokenClaims) { c.CertThumbprint = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })), "certificaat-onjuist"},
		{"expired", me.Party.HTTP(), bearer(me.Token(func(c *jose.TokenClaims) {
			c.IssuedAt, c.Expires = c.IssuedAt.Add(-time.Hour), c.Expires.Add(-time.Hour)
		})), "token-verlopen"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := wrong(t, tc.client, http.MethodGet, inbox, "", "", tc.header...)
			a.refused(t, http.StatusUnauthorized, tc.code)
			if a.header.Get("WWW-Authenticate") == "" {
				t.Error("no WWW-Authenticate")
			}
		})
	}
	t.Run("who is calling comes before what is asked", func(t *testing.T) {
		wrong(t, me.Party.HTTP(), http.MethodGet, r.URL+"/v1/berichten?map=weg", "", "").refused(t, http.StatusUnauthorized, "token-ongeldig")
	})
	t.Run("a token in the URL is no token", func(t *testing.T) {
		wrong(t, me.Party.HTTP(), http.MethodGet, inbox+"&access_token="+me.Token(nil), "", "").refused(t, http.StatusUnauthorized, "token-ongeldig")
	})
	t.Run("an unbound token is for once", func(t *testing.T) {
		once := bearer(me.Token(func(c *jose.TokenClaims) { c.CertThumbprint = "" }))
		get(t, me.Party.HTTP(), inbox, once...).is(t, http.StatusOK)
		get(t, me.Party.HTTP(), inbox, once...).refused(t, http.StatusUnauthorized, "token-herhaald")
	})
	t.Run("a bound token is for more", func(t *testing.T) {
		bound := bearer(me.Token(nil))
		get(t, me.Party.HTTP(), inbox, bound...).is(t, http.StatusOK)
		get(t, me.Party.HTTP(), inbox, bound...).is(t, http.StatusOK)
	})
}

// TestCertificateOfAnotherCA breaks the handshake: it is not one that the operator trusts.
func TestCertificateOfAnotherCA(t *testing.T) {
	r, foreign := gatewaytest.Start(t, gatewaytest.Bare()), gatewaytest.Start(t, gatewaytest.Bare())
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: r.CA.Pool(),
		Certificates: []tls.Certificate{foreign.Party("school").Client.TLS()}}}
	defer tr.CloseIdleConnections()
	if resp, err := (&http.Client{Transport: tr}).Get(r.URL + "/v1/soorten"); err == nil {
		resp.Body.Close()
		// Go's client leaves out a certificate that the server's list of CAs does not fit; then it is a stranger.
		resp, err = (&http.Client{Transport: tr}).Get(r.URL + "/v1/kaarten")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if resp.StatusCode != http.StatusUnauthorized {
			t.Errorf("status %d", resp.StatusCode)
		}
	}
}
