package api_test

import (
	"net/http"
	"strings"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

// confirmationAttacks say of a message what may not be said, or not by them. A new message is sent for each.
func confirmationAttacks() []attack {
	// about sends a message and hands in what make gives for it, as somebody.
	about := func(name, who string, status int, code, place string, make func(s *siege, envelope, id string) string) attack {
		return attack{name: "confirmation: " + name, status: status, code: code, place: place, do: func(s *siege) answer {
			envelope, id := s.delivered()
			return s.confirm(s.Person(who), id, make(s, envelope, id))
		}}
	}
	by := func(name, caller, signer string, kind message.ConfirmationKind, status int, code string) attack {
		return about(name, caller, status, code, "", func(s *siege, envelope, id string) string {
			return confirmation(s.t, s.Person(signer), envelope, id, kind)
		})
	}
	changedTo := func(name, place, key string, value any) attack {
		return about(name, "politie/wa-7", 400, "verzoek-onjuist", place, func(s *siege, envelope, id string) string {
			right := confirmation(s.t, s.receiver(), envelope, id, message.Received)
			return forge(headerOf(jose.Confirmation, s.receiver()), changed(payloadOf(right), map[string]any{key: value}), es256(s.receiver().Key))
		})
	}
	return []attack{
		by("by somebody of the party who is not addressed", "politie/sc-1", "politie/sc-1", message.Received, 403, "niet-geadresseerd"),
		by("by another party", "mbo/vc-2", "mbo/vc-2", message.Received, 404, "niet-gevonden"),
		by("by the sender", "school/vc-1", "school/vc-1", message.Received, 403, "niet-geadresseerd"),
		by("of the recipient, handed in by the sender", "school/vc-1", "politie/wa-7", message.Received, 403, "afzender-onjuist"),
		by("signed by a colleague", "politie/wa-7", "politie/sc-1", message.Received, 403, "afzender-onjuist"),
		by("closed before it was received", "politie/wa-7", "politie/wa-7", message.Closed, 409, "status-past-niet"),
		about("over another envelope", "politie/wa-7", 400, "verzoek-onjuist", "envelop", func(s *siege, _, id string) string {
			other, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return confirmation(s.t, s.receiver(), other, id, message.Received)
		}),
		about("of another message", "politie/wa-7", 400, "verzoek-onjuist", "", func(s *siege, envelope, _ string) string {
			return confirmation(s.t, s.receiver(), envelope, message.NewID(), message.Received)
		}),
		about("an envelope", "politie/wa-7", 400, "verzoek-onjuist", "header.typ", func(_ *siege, envelope, _ string) string { return envelope }),
		about("rubbish", "politie/wa-7", 400, "verzoek-onjuist", "", func(*siege, string, string) string { return canary }),
		about("17 KiB", "politie/wa-7", 413, "te-groot", "", func(*siege, string, string) string { return strings.Repeat("a", 17<<10) }),
		changedTo("kind that is no confirmation", "soort", "soort", "aangeboden"),
		changedTo("unknown key", "(onbekende naam)", canary, true),
		changedTo("conform null", "conform", "conform", nil),
		changedTo("conform and not conform", "conform", "nietAangegeven", []string{"gezondheid"}),
		changedTo("tag garbage", "betrokkenen[0]", "betrokkenen", []any{canary}),
		changedTo("tag twice", "betrokkenen[1]", "betrokkenen", []any{strings.Repeat("A", 43), strings.Repeat("A", 43)}),
		changedTo("advice with a reception", "advies", "advies", map[string]any{"partij": "00000099000000040000", "functie": "zorgcoordinator"}),
		{name: "confirmation: of a message that is not there", do: func(s *siege) answer {
			envelope, _ := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			id := message.NewID()
			return s.confirm(s.receiver(), id, confirmation(s.t, s.receiver(), envelope, id, message.Received))
		}, status: 404, code: "niet-gevonden"},
		{name: "confirmation: as JSON", do: func(s *siege) answer {
			_, id := s.delivered()
			return s.try(s.receiver().HTTP(), http.MethodPost, "/v1/berichten/"+id+"/bevestigingen", "application/json", `{}`)
		}, status: 415, code: "inhoudstype-onjuist"},
		{name: "fetching: what is not addressed to you", do: func(s *siege) answer {
			_, id := s.delivered()
			return s.try(s.Person("politie/sc-1").HTTP(), http.MethodGet, "/v1/berichten/"+id+"/lading", "", "")
		}, status: 403, code: "niet-geadresseerd"},
		{name: "fetching: what is of other parties", do: func(s *siege) answer {
			_, id := s.delivered()
			return s.try(s.Person("mbo/vc-2").HTTP(), http.MethodGet, "/v1/berichten/"+id+"/lading", "", "")
		}, status: 404, code: "niet-gevonden"},
	}
}

// delivered sends a message that is right.
func (s *siege) delivered() (envelope, id string) {
	s.t.Helper()
	e := s.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := s.Seal(e, 10)
	sent(s.t, s.sender().Send(envelope, payload)).is(s.t, http.StatusCreated)
	s.unchangedBut(accepted)
	return envelope, e.ID
}

func (s *siege) confirm(who *gatewaytest.Person, id, compact string) answer {
	s.t.Helper()
	return s.try(who.HTTP(), http.MethodPost, "/v1/berichten/"+id+"/bevestigingen", "application/jose", compact)
}
