package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestOpenPaths say what Sluis is, to anybody.
func TestOpenPaths(t *testing.T) {
	r := gatewaytest.Start(t)
	c := noCertificate(t, r)
	for _, tc := range []struct{ path, contentType, contains string }{
		{"/v1/openapi.json", "application/json", `"openapi":"3.1.0"`},
		{"/v1/soorten", "application/json", `"soort":"signaal"`},
		{"/v1/soorten/signaal/schema", "application/schema+json", "x-gegevens"},
		{"/v1/log/sleutel", "text/plain; charset=utf-8", "/log+"},
		{"/v1/log/verliezen", "application/json", `{"verliezen":[]}`},
		{"/log/checkpoint", "text/plain; charset=utf-8", "/log\n"},
		{"/log/tile/0/000.p/1", "application/octet-stream", ""},
		{"/.well-known/authzen-configuration", "application/json", r.URL + "/access/v1/evaluation"},
	} {
		a := get(t, c, r.URL+tc.path)
		a.is(t, http.StatusOK)
		if got := a.header.Get("Content-Type"); got != tc.contentType || !bytes.Contains(a.body, []byte(tc.contains)) {
			t.Errorf("%s: %s, %.200s", tc.path, got, a.body)
		}
		for header, want := range map[string]string{
			"API-Version": "1.0.0", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
			"Strict-Transport-Security": "max-age=31536000",
		} {
			if got := a.header.Get(header); got != want {
				t.Errorf("%s: %s is %q", tc.path, header, got)
			}
		}
		if got := a.header.Get("Access-Control-Allow-Origin"); (got == "*") != (tc.path == "/v1/openapi.json") {
			t.Errorf("%s: Access-Control-Allow-Origin is %q", tc.path, got)
		}
	}
}

// TestCheckpointIsSignedByTheKeyThatIsServed, which is the one that the operator gives out.
func TestCheckpointIsSignedByTheKeyThatIsServed(t *testing.T) {
	r := gatewaytest.Start(t)
	key := strings.TrimSpace(string(get(t, noCertificate(t, r), r.URL+"/v1/log/sleutel").body))
	if key != r.Gateway.LogVerifierKey() {
		t.Error("another key is served")
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	size, _, err := tlog.VerifyCheckpoint(get(t, noCertificate(t, r), r.URL+"/log/checkpoint").body, verifier.Name(), verifier)
	if err != nil || size == 0 {
		t.Errorf("checkpoint of size %d: %v", size, err)
	}
}

// TestServersOfTheDescription name this gateway.
func TestServersOfTheDescription(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	var doc struct {
		Servers []struct {
			URL string `json:"url"`
		} `json:"servers"`
	}
	if err := json.Unmarshal(get(t, noCertificate(t, r), r.URL+"/v1/openapi.json").body, &doc); err != nil {
		t.Fatal(err)
	}
	if len(doc.Servers) != 1 || doc.Servers[0].URL != r.URL+"/v1" {
		t.Errorf("servers: %+v", doc.Servers)
	}
}

// TestWhatIsNotThere is told as a problem too, also by the router.
func TestWhatIsNotThere(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	id := "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"
	for _, tc := range []struct {
		method, path, contentType, body string
		header                          []string
		status                          int
		code                            string
	}{
		{"GET", "/", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/weg", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/berichten/", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/berichten/geen-uuid", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/berichten/" + id, "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/berichten/" + id + "/lading", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/zaken/" + id, "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/kaarten/1", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/kaarten/00000099000009990000", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/convenanten/weg/versies/1", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies/01", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies/x", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/soorten/weg/schema", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/auditregels/999999/bewijs", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/v1/auditregels/-1/bewijs", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/log/tile/entries/000", "", "", nil, 404, "niet-gevonden"},
		{"GET", "/log/tile/../../etc/passwd", "", "", nil, 404, "niet-gevonden"},
		{"DELETE", "/v1/berichten", "", "", nil, 405, "methode-niet-toegestaan"},
		{"PUT", "/v1/kaarten", "application/jose", "x", nil, 405, "methode-niet-toegestaan"},
		{"GET", "/access/v1/evaluation", "", "", nil, 405, "methode-niet-toegestaan"},
		{"GET", "/v1/kaarten", "", "", []string{"Accept", "text/html"}, 406, "niet-leverbaar"},
		{"POST", "/v1/kaarten", "text/plain", "x", nil, 415, "inhoudstype-onjuist"},
		{"POST", "/v1/kaarten", "application/jose", strings.Repeat("x", 49<<10), nil, 413, "te-groot"},
		{"POST", "/v1/kaarten", "application/jose", "x", nil, 400, "verzoek-onjuist"},
		{"POST", "/v1/kaarten", "application/jose", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten?map=in&map=uit", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten?map=in&wacht=31", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten?map=in&wacht=-1", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten?map=in&status=weg", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/berichten?map=in&cursor=x", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/kaarten?alles=ja", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/auditregels", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/auditregels?logdoel=nieuwsgierig", "", "", nil, 400, "verzoek-onjuist"},
		{"GET", "/v1/auditregels?logdoel=beveiliging&cursor=0", "", "", nil, 400, "verzoek-onjuist"},
	} {
		t.Run(tc.method+" "+tc.path, func(t *testing.T) {
			a := wrong(t, c, tc.method, r.URL+tc.path, tc.contentType, tc.body, tc.header...)
			a.refused(t, tc.status, tc.code)
			if tc.status == 405 && a.header.Get("Allow") == "" {
				t.Error("no Allow")
			}
		})
	}
}

// TestRequestIDs: what is sane goes back as it came; a UUID is the instance of a problem; anything else is replaced.
func TestRequestIDs(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	const id = "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"
	for sent, back := range map[string]string{id: id, "call-7": "call-7", "een naam met spaties": "", strings.Repeat("a", 65): "", "": ""} {
		a := wrong(t, noCertificate(t, r), http.MethodGet, r.URL+"/v1/kaarten", "", "", "X-Request-ID", sent)
		p := a.refused(t, http.StatusUnauthorized, "certificaat-ontbreekt")
		got := a.header.Get("X-Request-ID")
		if back != "" && got != back || back == "" && (got == sent || p.Instance != "urn:uuid:"+got) {
			t.Errorf("sent %q, got %q and %s", sent, got, p.Instance)
		}
		if sent == id && p.Instance != "urn:uuid:"+id {
			t.Errorf("instance %s", p.Instance)
		}
	}
}
