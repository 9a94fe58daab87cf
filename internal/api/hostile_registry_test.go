package api_test

import (
	"net/http"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// registryAttacks try to get a card, a convenant or a Wpg decision in force that is not theirs to put there.
func registryAttacks() []attack {
	card := func(name, short string, status int, code, place string, make func(s *siege) string) attack {
		return attack{name: "card: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.Party(short).HTTP(), http.MethodPost, "/v1/kaarten", "application/jose", make(s))
		}}
	}
	draft := func(name, who string, status int, code string, of func(yaml string) string) attack {
		return attack{name: "convenant: " + name, status: status, code: code, do: func(s *siege) answer {
			at := "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies"
			text := get(s.t, s.Person("gemeente/cb-1").HTTP(), s.URL+at+"/1", "Accept", "application/yaml")
			return s.try(s.Person(who).HTTP(), http.MethodPost, at, "application/yaml", of(strings.Replace(string(text.body), "versie: 1", "versie: 2", 1)))
		}}
	}
	bomb := func(string) string {
		text := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
		for i, name := range strings.Split("bcdefghijk", "") {
			text += name + ": &" + name + " [" + strings.Repeat("*"+[]string{"a0", "b", "c", "d", "e", "f", "g", "h", "i", "j"}[i]+", ", 9) + "]\n"
		}
		return text
	}
	decision := func(name, who string, status int, code, place string, make func(s *siege) string) attack {
		return attack{name: "Wpg decision: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			return s.try(s.Person(who).HTTP(), http.MethodPost, "/v1/wpg-besluiten", "application/jose", make(s))
		}}
	}
	signature := func(name string, status int, code string, make func(s *siege) string) attack {
		return attack{name: "signature: " + name, status: status, code: code, do: func(s *siege) answer {
			return s.try(s.Person("mbo/vc-2").HTTP(), http.MethodPost,
				"/v1/convenanten/"+gatewaytest.ConvenantID+"/versies/1/ondertekeningen", "application/jose", make(s))
		}}
	}
	return []attack{
		card("of another party", "mbo", 403, "niet-bevoegd", "", func(s *siege) string { return s.Party("school").Cards[0] }),
		card("of another party's participant", "mbo", 403, "niet-bevoegd", "", func(s *siege) string { return s.Party("school").Cards[1] }),
		card("of a participant, signed by himself", "school", 403, "niet-te-vertrouwen", "", func(s *siege) string {
			p := s.sender().Participant
			p.Version = 7
			return s.participantCard(p, s.sender())
		}),
		card("the same version with another name", "school", 409, "versie-past-niet", "", func(s *siege) string {
			p := s.sender().Participant
			p.Name = "Iemand anders"
			compact, err := party.SignParticipant(p, s.Party("school").Admin)
			if err != nil {
				s.t.Fatal(err)
			}
			return compact
		}),
		card("the key of somebody else", "school", 409, "versie-past-niet", "", func(s *siege) string {
			p := s.sender().Participant
			p.Version, p.Key = 7, &s.receiver().Key.PublicKey
			compact, err := party.SignParticipant(p, s.Party("school").Admin)
			if err != nil {
				s.t.Fatal(err)
			}
			return compact
		}),
		card("a token", "school", 400, "verzoek-onjuist", "", func(s *siege) string { return s.sender().Token(nil) }),
		card("49 KiB", "school", 413, "te-groot", "", func(*siege) string { return strings.Repeat("a", 49<<10) }),
		card("certificates that are none", "school", 400, "verzoek-onjuist", "header.x5c[0]", func(s *siege) string {
			return forge(`{"alg":"ES256","typ":"partijkaart+jws","x5c":["`+canary+`"]}`, payloadOf(s.Party("school").Cards[0]), es256(s.Party("school").Signer.Key))
		}),
		draft("by a party without the regie", "school/vc-1", 403, "niet-bevoegd", strings.Clone),
		draft("by somebody without the function", "gemeente/ew-1", 403, "niet-bevoegd", strings.Clone),
		draft("a YAML bomb", "gemeente/cb-1", 400, "verzoek-onjuist", bomb),
		draft("nested 100,000 deep", "gemeente/cb-1", 400, "verzoek-onjuist", func(string) string { return strings.Repeat("[", 100_000) }),
		draft("200,000 lists in a row", "gemeente/cb-1", 400, "verzoek-onjuist", func(string) string { return strings.Repeat("- ", 100_000) }),
		draft("a key twice", "gemeente/cb-1", 400, "verzoek-onjuist", func(y string) string { return y + "\nversie: 3\n" }),
		draft("a tag of YAML", "gemeente/cb-1", 400, "verzoek-onjuist", func(y string) string { return strings.Replace(y, "versie: 2", "versie: !!python/object 2", 1) }),
		draft("two documents", "gemeente/cb-1", 400, "verzoek-onjuist", func(y string) string { return y + "\n---\n" + y }),
		draft("purpose opsporing", "gemeente/cb-1", 400, "verzoek-onjuist", func(y string) string { return strings.Replace(y, "veilige-school:", "opsporing:", 1) }),
		draft("300 kB", "gemeente/cb-1", 413, "te-groot", func(y string) string { return y + strings.Repeat("# "+canary+"\n", 15000) }),
		decision("by a school", "school/vc-1", 403, "niet-bevoegd", "", func(s *siege) string { return s.wpgBy("school") }),
		decision("of the police, by a school", "school/vc-1", 403, "niet-bevoegd", "", func(s *siege) string { return s.WpgDecision("WPG20-2026-099") }),
		decision("known number, other content", "politie/wa-7", 409, "versie-past-niet", "", func(s *siege) string { return s.WpgDecision(gatewaytest.WpgNumber) }),
		decision("a party card", "politie/wa-7", 400, "verzoek-onjuist", "header.typ", func(s *siege) string { return s.Party("politie").Cards[0] }),
		signature("of another party", 403, "niet-bevoegd", func(s *siege) string { return s.signedBy("school", s.Convenant) }),
		signature("a Wpg decision", 400, "verzoek-onjuist", func(s *siege) string { return s.WpgDecision("WPG20-2026-098") }),
		signature("over other words", 400, "verzoek-onjuist", func(s *siege) string {
			text := strings.Replace(string(s.Convenant.Canonical()), `"titel":"`, `"titel":"Ander `, 1)
			other, err := convenant.ParseCanonical([]byte(text))
			if err != nil {
				s.t.Fatal(err)
			}
			return s.signedBy("mbo", other)
		}),
	}
}

// participantCard is a card that a participant signed himself, as if he were a beheerder.
func (s *siege) participantCard(p party.Participant, signer *gatewaytest.Person) string {
	s.t.Helper()
	compact, err := party.SignParticipant(p, signer.Key)
	if err != nil {
		s.t.Fatal(err)
	}
	return compact
}

// wpgBy is the decision of the police, with the signature and certificate of another party.
func (s *siege) wpgBy(short string) string {
	s.t.Helper()
	p := s.Party(short)
	compact, err := jose.SignCertified(jose.WpgDecision, p.Signer.Key, p.Signer.Chain, payloadOf(s.WpgDecision("WPG20-2026-097")))
	if err != nil {
		s.t.Fatal(err)
	}
	return compact
}

func (s *siege) signedBy(short string, c *convenant.Convenant) string {
	s.t.Helper()
	p := s.Party(short)
	compact, err := convenant.Sign(c, convenant.Agreed, time.Now(), p.Signer.Key, p.Signer.Chain)
	if err != nil {
		s.t.Fatal(err)
	}
	return compact
}
