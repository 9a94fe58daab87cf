package api_test

import (
	"net/http"
	"strconv"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestTooManyCalls: a party that calls too often is told when to come back, and no other party notices.
func TestTooManyCalls(t *testing.T) {
	r := gatewaytest.Start(t)
	r.Restart(func(c *gateway.Config) { c.Limits = gateway.LimitsConfig{RequestsPerSecond: 0.01, Burst: 3} })
	c := r.Person("school/vc-1").HTTP()
	for range 3 {
		get(t, c, r.URL+"/v1/kaarten").is(t, http.StatusOK)
	}
	a := get(t, c, r.URL+"/v1/kaarten")
	a.refused(t, http.StatusTooManyRequests, "te-veel-verzoeken")
	if after, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || after < 1 || after > 100 {
		t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
	}
	get(t, r.Person("mbo/vc-2").HTTP(), r.URL+"/v1/kaarten").is(t, http.StatusOK)
}
