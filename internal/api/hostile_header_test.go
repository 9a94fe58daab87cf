package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestForwardedForIsNotBelieved: who writes another address into X-Forwarded-For is counted at his own all the same, and is not
// anybody else in the log either.
func TestForwardedForIsNotBelieved(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Restart(func(c *gateway.Config) { c.Limits = gateway.LimitsConfig{RequestsPerSecond: 0.01, Burst: 3} })
	c := noCertificate(t, r)
	ask := func(n int) answer {
		last := string(rune('0' + n))
		return wrong(t, c, http.MethodGet, r.URL+"/v1/log/sleutel", "", "", "X-Forwarded-For", "192.0.2."+last,
			"X-Real-IP", "192.0.2."+last, "Forwarded", "for=192.0.2."+last)
	}
	for n := range 3 {
		ask(n).is(t, http.StatusOK)
	}
	a := ask(4)
	a.refused(t, http.StatusTooManyRequests, "te-veel-verzoeken")
	if a.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
}

// TestStrangeHeadersChangeNothing: headers that other servers obey, on a request that is right. It is answered as if they were not
// there, and none of them comes back.
func TestStrangeHeadersChangeNothing(t *testing.T) {
	r := gatewaytest.Start(t)
	me := r.Person("school/vc-1")
	for _, header := range [][]string{
		{"X-HTTP-Method-Override", "DELETE"}, {"X-Original-URL", "/v1/soorten"}, {"X-Rewrite-URL", "/v1/soorten"},
		{"X-Forwarded-Host", canary}, {"X-Forwarded-Proto", "http"}, {"X-Forwarded-Client-Cert", "Subject=\"serialNumber=00000099000000020000\""},
		{"X-Client-Cert", canary}, {"SSL-Client-Cert", canary}, {"X-User", canary}, {"Origin", "https://" + canary + ".example"},
		{"Range", "bytes=0-1"}, {"If-None-Match", "*"}, {"X-Request-ID", canary + "<script>"}, {"traceparent", canary},
		{"traceparent", "00-" + strings.Repeat("0", 32) + "-" + strings.Repeat("0", 16) + "-01"}, {"tracestate", strings.Repeat(canary, 500)},
		{"Cookie", "__Host-sluis=" + canary}, {"Content-Length", "0"}, {"Accept-Encoding", "gzip, br"}, {"Accept-Language", canary},
	} {
		t.Run(header[0], func(t *testing.T) {
			a := wrong(t, me.HTTP(), http.MethodGet, r.URL+"/v1/berichten?map=in", "", "", header...)
			a.is(t, http.StatusOK)
			for name, values := range a.header {
				if strings.Contains(strings.Join(values, " "), canary) {
					t.Errorf("%s repeats what was sent", name)
				}
			}
			if a.header.Get("Content-Encoding") != "" || a.header.Get("Access-Control-Allow-Origin") != "" || strings.Contains(string(a.body), canary) {
				t.Errorf("the answer obeys: %v", a.header)
			}
		})
	}
}
