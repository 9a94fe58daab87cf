package api_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// tokenFormAttacks are tokens that internal/jose would never make. Each is right in everything but one thing.
func tokenFormAttacks() []attack {
	type forger func(s *siege, claims []byte) string
	no := func(name string, make forger) attack {
		return attack{name: "token form: " + name, status: 401, code: "token-ongeldig", do: bearing(func(s *siege) string {
			return make(s, payloadOf(s.sender().Token(nil)))
		})}
	}
	header := func(name string, of func(s *siege) string) attack {
		return no(name, func(s *siege, claims []byte) string { return forge(of(s), claims, es256(s.sender().Key)) })
	}
	claims := func(name string, of func(claims []byte) []byte) attack {
		return no(name, func(s *siege, c []byte) string {
			return forge(headerOf(jose.Token, s.sender()), of(c), es256(s.sender().Key))
		})
	}
	claim := func(name, key string, value any) attack {
		return claims(name, func(c []byte) []byte { return changed(c, map[string]any{key: value}) })
	}
	kid := func(s *siege) string { return jose.Thumbprint(&s.sender().Key.PublicKey) }
	return []attack{
		no("alg none", func(s *siege, c []byte) string {
			return forge(strings.Replace(headerOf(jose.Token, s.sender()), "ES256", "none", 1), c, unsigned)
		}),
		no("alg none with a signature", func(s *siege, c []byte) string {
			return forge(strings.Replace(headerOf(jose.Token, s.sender()), "ES256", "none", 1), c, es256(s.sender().Key))
		}),
		no("HS256 with the public key", func(s *siege, c []byte) string {
			return forge(strings.Replace(headerOf(jose.Token, s.sender()), "ES256", "HS256", 1), c, hs256(&s.sender().Key.PublicKey))
		}),
		no("HS256 under the name of ES256", func(s *siege, c []byte) string {
			return forge(headerOf(jose.Token, s.sender()), c, hs256(&s.sender().Key.PublicKey))
		}),
		no("RS256", func(s *siege, c []byte) string {
			return forge(strings.Replace(headerOf(jose.Token, s.sender()), "ES256", "RS256", 1), c, rs256)
		}),
		no("no signature", func(s *siege, c []byte) string { return forge(headerOf(jose.Token, s.sender()), c, unsigned) }),
		no("a signature of zeroes", func(s *siege, c []byte) string { return forge(headerOf(jose.Token, s.sender()), c, zeroes) }),
		no("a signature in DER", func(s *siege, c []byte) string {
			return forge(headerOf(jose.Token, s.sender()), c, der(s.sender().Key))
		}),
		no("a colleague's key under the sender's kid", func(s *siege, c []byte) string {
			return forge(headerOf(jose.Token, s.sender()), c, es256(s.Person("school/zc-1").Key))
		}),
		no("kid of a colleague", func(s *siege, c []byte) string {
			return forge(headerOf(jose.Token, s.Person("school/zc-1")), c, es256(s.sender().Key))
		}),
		header("kid of nobody", func(*siege) string {
			return fmt.Sprintf(`{"alg":"ES256","kid":%q,"typ":"sluis-token+jwt"}`, strings.Repeat("A", 43))
		}),
		header("kid as a path", func(*siege) string { return `{"alg":"ES256","kid":"../../etc/passwd","typ":"sluis-token+jwt"}` }),
		header("no kid", func(*siege) string { return `{"alg":"ES256","typ":"sluis-token+jwt"}` }),
		header("typ JWT", func(s *siege) string { return headerOf("JWT", s.sender()) }),
		header("typ of an envelope", func(s *siege) string { return headerOf(jose.Envelope, s.sender()) }),
		header("crit", func(s *siege) string {
			return fmt.Sprintf(`{"alg":"ES256","crit":["b64"],"b64":true,"kid":%q,"typ":"sluis-token+jwt"}`, kid(s))
		}),
		header("its own key", func(s *siege) string {
			jwk, err := jose.MarshalPublicJWK(&s.sender().Key.PublicKey)
			if err != nil {
				s.t.Fatal(err)
			}
			return fmt.Sprintf(`{"alg":"ES256","jwk":%s,"kid":%q,"typ":"sluis-token+jwt"}`, jwk, kid(s))
		}),
		header("a key elsewhere", func(s *siege) string {
			return fmt.Sprintf(`{"alg":"ES256","jku":"https://elders.example/%s","kid":%q,"typ":"sluis-token+jwt"}`, canary, kid(s))
		}),
		header("alg twice", func(s *siege) string { return string(twice([]byte(headerOf(jose.Token, s.sender())), "alg", `"none"`)) }),
		claims("sub twice", func(c []byte) []byte { return twice(c, "sub", `"zc-1"`) }),
		claims("with a BOM", func(c []byte) []byte { return append([]byte("\xef\xbb\xbf"), c...) }),
		claims("in UTF-16", func(c []byte) []byte {
			return []byte("\xff\xfe" + strings.Join(strings.Split(string(c), ""), "\x00") + "\x00")
		}),
		claims("followed by more", func(c []byte) []byte { return append(c, "{}"...) }),
		claims("a list", func(c []byte) []byte { return []byte("[" + string(c) + "]") }),
		claim("a claim more", "rol", canary),
		claim("no jti", "jti", removed),
		claim("a short jti", "jti", "AAAA"),
		claim("exp null", "exp", nil),
		claim("exp as a text", "exp", "4102444800"),
		claim("exp 1e400", "exp", json.Number("1e400")),
		claim("exp in the year 30000", "exp", 884541340800),
		claim("good for a day", "iat", 1),
		claim("two audiences", "aud", []string{"https://localhost", "https://elders.example"}),
		claim("cnf null", "cnf", nil),
		claim("cnf empty", "cnf", map[string]any{}),
	}
}
