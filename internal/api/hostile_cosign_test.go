package api_test

import (
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// cosignAttacks send a second signature that is not one, with a message that needs none: what came along must be right all the same.
func cosignAttacks() []attack {
	with := func(name string, status int, code, place string, make func(s *siege, envelope string) []gatewaytest.Part) attack {
		return attack{name: "second signature: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			parts := append([]gatewaytest.Part{envelopePart(envelope)}, make(s, envelope)...)
			return s.upload(append(parts, payloadPart(payload))...)
		}}
	}
	one := func(name string, status int, code, place string, make func(s *siege, envelope string) string) attack {
		return with(name, status, code, place, func(s *siege, envelope string) []gatewaytest.Part {
			return []gatewaytest.Part{secondPart(make(s, envelope))}
		})
	}
	by := func(s *siege, envelope, who string) string {
		return coSigned(s.t, envelope, s.sender(), s.Person(who), time.Now())
	}
	return []attack{
		one("of another party", 403, "afzender-onjuist", "", func(s *siege, e string) string { return by(s, e, "mbo/vc-2") }),
		one("of the recipient", 403, "afzender-onjuist", "", func(s *siege, e string) string { return by(s, e, "politie/wa-7") }),
		one("of another message", 400, "verzoek-onjuist", "medeondertekening", func(s *siege, _ string) string {
			other, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return by(s, other, "school/zc-1")
		}),
		one("a token of the colleague", 400, "verzoek-onjuist", "medeondertekening.header.typ", func(s *siege, _ string) string { return s.Person("school/zc-1").Token(nil) }),
		one("a confirmation", 400, "verzoek-onjuist", "medeondertekening.header.typ", func(s *siege, e string) string {
			return confirmation(s.t, s.Person("school/zc-1"), e, message.NewID(), message.Received)
		}),
		one("rubbish", 400, "verzoek-onjuist", "medeondertekening", func(*siege, string) string { return canary }),
		one("empty", 400, "verzoek-onjuist", "medeondertekening", func(*siege, string) string { return "" }),
		one("17 KiB", 413, "te-groot", "", func(*siege, string) string { return strings.Repeat("a", 17<<10) }),
		one("of tomorrow", 400, "verzoek-onjuist", "medeondertekening.tijd", func(s *siege, e string) string {
			return coSigned(s.t, e, s.sender(), s.Person("school/zc-1"), time.Now().Add(24*time.Hour))
		}),
		with("twice", 400, "verzoek-onjuist", "lading", func(s *siege, e string) []gatewaytest.Part {
			return []gatewaytest.Part{secondPart(by(s, e, "school/zc-1")), secondPart(by(s, e, "school/zc-1"))}
		}),
		with("as bytes", 415, "inhoudstype-onjuist", "", func(s *siege, e string) []gatewaytest.Part {
			p := secondPart(by(s, e, "school/zc-1"))
			p.Type = "application/octet-stream"
			return []gatewaytest.Part{p}
		}),
	}
}

func secondPart(compact string) gatewaytest.Part {
	return gatewaytest.Part{Name: "medeondertekening", Type: "application/jose", Data: []byte(compact)}
}
