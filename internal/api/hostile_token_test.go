package api_test

import (
	"net/http"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// present asks for the school's inbox with an Authorization of one's own.
func present(authorization func(*siege) []string) func(*siege) answer {
	return func(s *siege) answer {
		s.t.Helper()
		var header []string
		for _, value := range authorization(s) {
			header = append(header, "Authorization", value)
		}
		return s.try(s.sender().Party.HTTP(), http.MethodGet, "/v1/berichten?map=in", "", "", header...)
	}
}

// bearing presents one token.
func bearing(token func(*siege) string) func(*siege) answer {
	return present(func(s *siege) []string { return []string{"Bearer " + token(s)} })
}

// claiming presents a token of the sender with other claims, signed as it should be.
func claiming(change func(*jose.TokenClaims)) func(*siege) answer {
	return bearing(func(s *siege) string { return s.sender().Token(change) })
}

// tokenAttacks are tokens that are well made, and not for this. A 401 leaves nothing in the trail.
func tokenAttacks() []attack {
	no := func(name string, do func(*siege) answer) attack {
		return attack{name: "token: " + name, do: do, status: 401, code: "token-ongeldig"}
	}
	return []attack{
		{name: "token: used twice without a certificate in it", do: func(s *siege) answer {
			once := "Bearer " + s.sender().Token(func(c *jose.TokenClaims) { c.CertThumbprint = "" })
			get(s.t, s.sender().Party.HTTP(), s.URL+"/v1/berichten?map=in", "Authorization", once).is(s.t, http.StatusOK)
			return present(func(*siege) []string { return []string{once} })(s)
		}, status: 401, code: "token-herhaald"},
		{name: "token: expired", do: claiming(func(c *jose.TokenClaims) {
			c.IssuedAt, c.Expires = c.IssuedAt.Add(-time.Hour), c.Expires.Add(-time.Hour)
		}), status: 401, code: "token-verlopen"},
		{name: "token: bound to another certificate", do: claiming(func(c *jose.TokenClaims) {
			c.CertThumbprint = strings.Repeat("A", 43)
		}), status: 401, code: "certificaat-onjuist"},
		{name: "token: of a colleague, for the envelope of the sender", do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return sent(s.t, s.Person("school/zc-1").Send(envelope, payload))
		}, status: 403, code: "afzender-onjuist"},
		no("of another party", bearing(func(s *siege) string { return s.receiver().Token(nil) })),
		no("in the name of a colleague", claiming(func(c *jose.TokenClaims) { c.Subject = "zc-1" })),
		no("in the name of another party", claiming(func(c *jose.TokenClaims) { c.Issuer = "urn:nld:oin:00000099000000020000" })),
		no("of nobody", claiming(func(c *jose.TokenClaims) { c.Subject = canary })),
		no("for another gateway", claiming(func(c *jose.TokenClaims) { c.Audience = "https://elders.example" })),
		no("for this gateway with a path", claiming(func(c *jose.TokenClaims) { c.Audience += "/v1" })),
		no("of the future", claiming(func(c *jose.TokenClaims) {
			c.IssuedAt, c.Expires = c.IssuedAt.Add(2*time.Minute), c.Expires.Add(2*time.Minute)
		})),
		no("an envelope", bearing(func(s *siege) string {
			envelope, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return envelope
		})),
		no("none", present(func(*siege) []string { return nil })),
		no("two", present(func(s *siege) []string {
			return []string{"Bearer " + s.sender().Token(nil), "Bearer " + s.receiver().Token(nil)}
		})),
		no("as a password", present(func(s *siege) []string { return []string{"Basic " + s.sender().Token(nil)} })),
		no("in the address", func(s *siege) answer {
			return s.try(s.sender().Party.HTTP(), http.MethodGet, "/v1/berichten?map=in&access_token="+s.sender().Token(nil), "", "")
		}),
		no("in a cookie", func(s *siege) answer {
			return s.try(s.sender().Party.HTTP(), http.MethodGet, "/v1/berichten?map=in", "", "", "Cookie", "token="+s.sender().Token(nil))
		}),
		no("rubbish", bearing(func(*siege) string { return canary })),
		no("of 40 kB", bearing(func(*siege) string { return strings.Repeat("a", 40<<10) })),
	}
}
