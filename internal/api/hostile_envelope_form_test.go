package api_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
)

// envelopeFormAttacks are envelopes that internal/message would never sign. The signature under each is the sender's own.
func envelopeFormAttacks() []attack {
	forged := func(name, place string, make func(s *siege, object []byte) string) attack {
		return attack{name: "envelope form: " + name, status: 400, code: "verzoek-onjuist", place: place, do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return s.upload(envelopePart(make(s, payloadOf(envelope))), payloadPart(payload))
		}}
	}
	body := func(name, place string, of func(object []byte) []byte) attack {
		return forged(name, place, func(s *siege, object []byte) string {
			return forge(headerOf(jose.Envelope, s.sender()), of(object), es256(s.sender().Key))
		})
	}
	value := func(name, place, key string, v any) attack {
		return body(name, place, func(object []byte) []byte { return changed(object, map[string]any{key: v}) })
	}
	header := func(name, place string, of func(s *siege) string) attack {
		return forged(name, place, func(s *siege, object []byte) string { return forge(of(s), object, es256(s.sender().Key)) })
	}
	to := func(people ...any) []any {
		return []any{map[string]any{"partij": "00000099000000020000", "functie": "wijkagent", "deelnemers": people}}
	}
	person := map[string]any{"id": "wa-7", "kaart": 1}
	list := []attack{
		forged("not a JWS", "", func(*siege, []byte) string { return canary }),
		forged("empty", "", func(*siege, []byte) string { return "" }),
		forged("in JSON serialisation", "", func(_ *siege, o []byte) string {
			return `{"payload":"` + base64.RawURLEncoding.EncodeToString(o) + `","signatures":[]}`
		}),
		forged("with a line end", "", func(s *siege, o []byte) string {
			return forge(headerOf(jose.Envelope, s.sender()), o, es256(s.sender().Key)) + "\n"
		}),
		header("typ of a token", "header.typ", func(s *siege) string { return headerOf(jose.Token, s.sender()) }),
		header("typ of a confirmation", "header.typ", func(s *siege) string { return headerOf(jose.Confirmation, s.sender()) }),
		header("alg none", "header.alg", func(s *siege) string {
			return strings.Replace(headerOf(jose.Envelope, s.sender()), "ES256", "none", 1)
		}),
		header("crit", "header.crit", func(s *siege) string {
			return strings.Replace(headerOf(jose.Envelope, s.sender()), `{`, `{"crit":[],`, 1)
		}),
		header("kid twice", "header.kid header.kid", func(s *siege) string {
			return string(twice([]byte(headerOf(jose.Envelope, s.sender())), "kid", `"`+canary+`"`))
		}),
		body("with a BOM", "", func(o []byte) []byte { return append([]byte("\xef\xbb\xbf"), o...) }),
		body("followed by another", "", func(o []byte) []byte { return append(o, o...) }),
		body("id twice", "id id", func(o []byte) []byte { return twice(o, "id", `"`+canary+`"`) }),
		body("a key twice, once escaped", "", func(o []byte) []byte {
			return []byte(`{"\u0064oel":"` + canary + `",` + string(o[1:]))
		}),
		body("a key twice, far below", "", func(o []byte) []byte {
			return []byte(strings.Replace(string(o), `"functie":"wijkagent"`, `"functie":"wijkagent","functie":"privacyfunctionaris"`, 1))
		}),
		body("nested 5,000 deep", "", func(o []byte) []byte {
			return []byte(strings.Replace(string(o), `"thema":null`, `"thema":`+strings.Repeat("[", 5000)+strings.Repeat("]", 5000), 1))
		}),
		body("invalid UTF-8", "", func(o []byte) []byte {
			return []byte(strings.Replace(string(o), `"veilige-school"`, "\"veilige-school\xff\xfe\"", 1))
		}),
		body("half a surrogate", "", func(o []byte) []byte {
			return []byte(strings.Replace(string(o), `"veilige-school"`, `"veilige-school\ud800"`, 1))
		}),
		body("a NUL in a text", "doel", func(o []byte) []byte {
			return []byte(strings.Replace(string(o), `"veilige-school"`, `"veilige-school\u0000"`, 1))
		}),
		body("cut off", "", func(o []byte) []byte { return o[:len(o)-1] }),
		value("unknown key", "(onbekende naam)", canary, true),
		value("key missing", "motivering", "motivering", removed),
		value("id null", "id", "id", nil),
		value("id of version 4", "id", "id", "3f2504e0-4f89-41d3-9a0c-0305e82c3301"),
		value("id in capitals", "id", "id", "0199AAAA-0000-7000-8000-000000000000"),
		value("unknown kind", "soort", "soort", canary),
		value("kind in capitals", "soort", "soort", "SIGNAAL"),
		value("unknown function", "ontvangers[0].functie", "ontvangers", []any{map[string]any{"partij": "00000099000000020000", "functie": canary, "deelnemers": []any{person}}}),
		value("no recipients", "ontvangers", "ontvangers", []any{}),
		value("recipients null", "ontvangers", "ontvangers", nil),
		value("nobody at a recipient", "ontvangers[0].deelnemers", "ontvangers", to()),
		value("the same person twice", "ontvangers[0].deelnemers[1]", "ontvangers", to(person, person)),
		value("the same recipient twice", "ontvangers[1] ontvangers[1].deelnemers[0]", "ontvangers", append(to(person), to(person)...)),
		value("to oneself", "ontvangers[0].partij", "ontvangers", []any{map[string]any{"partij": "00000099000000030000", "functie": "zorgcoordinator", "deelnemers": []any{map[string]any{"id": "zc-1", "kaart": 1}}}}),
		value("phase 1e400", "fase", "fase", json.Number("1e400")),
		value("phase 2.5", "fase", "fase", 2.5),
		value("phase as a text", "fase", "fase", "2"),
		value("a negative length", "lading.lengte", "lading", map[string]any{"digest": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "lengte": -1}),
		value("a digest of MD5", "lading.digest", "lading", map[string]any{"digest": "md5=:" + canary + ":", "lengte": 1}),
		value("a statement of one's own", "verklaringen.(onbekende naam)", "verklaringen", map[string]any{canary: true}),
		value("a tag that is a number", "betrokkenen[0]", "betrokkenen", []any{"123456782"}),
		value("a time without an offset", "tijd", "tijd", time.Now().Format("2006-01-02T15:04:05")),
		value("a time in words", "tijd", "tijd", canary),
	}
	return append(list, attack{name: "envelope form: 17 KiB", status: 413, code: "te-groot", do: func(s *siege) answer {
		envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
		long := forge(headerOf(jose.Envelope, s.sender()), append(payloadOf(envelope), strings.Repeat(" ", 12<<10)...), es256(s.sender().Key))
		return s.upload(envelopePart(long+strings.Repeat("A", max(0, 17<<10-len(long)))), payloadPart(payload))
	}})
}
