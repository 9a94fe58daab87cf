package api_test

import (
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// letter sends a signal that is right but for a change, sealed and signed after it.
func letter(change func(*siege, *message.Envelope)) func(*siege) answer {
	return func(s *siege) answer {
		s.t.Helper()
		e := s.Signal("school/vc-1", "politie/wa-7")
		change(s, &e)
		envelope, payload := s.Seal(e, 10)
		return sent(s.t, s.sender().Send(envelope, payload))
	}
}

// at gives a time as envelopes have it.
func at(t time.Time) message.Time {
	return message.Time{Time: t, Text: t.UTC().Format(time.RFC3339)}
}

// addressee names somebody of the police.
func addressee(s *siege, id string) message.Addressee {
	return message.Addressee{ID: id, Card: s.Person("politie/" + id).Participant.Version}
}

// envelopeAttacks are envelopes of the right form that say what is not allowed, or are not the caller's.
func envelopeAttacks() []attack {
	denied := func(name, reason string, change func(*siege, *message.Envelope)) attack {
		return attack{name: "envelope: " + name, do: letter(change), status: 403, code: "geweigerd", reason: reason}
	}
	wrongAt := func(name, place string, change func(*siege, *message.Envelope)) attack {
		return attack{name: "envelope: " + name, do: letter(change), status: 400, code: "verzoek-onjuist", place: place}
	}
	others := func(name, person string) attack {
		return attack{name: "envelope: " + name, status: 403, code: "afzender-onjuist", do: func(s *siege) answer {
			envelope, payload := s.Seal(s.Signal("school/vc-1", "politie/wa-7"), 10)
			return sent(s.t, s.Person(person).Send(envelope, payload))
		}}
	}
	return []attack{
		others("of a colleague", "school/zc-1"),
		others("of another party", "mbo/vc-2"),
		others("of the sender, by its recipient", "politie/wa-7"),
		denied("function not on the card", "functie-niet-bevoegd", func(_ *siege, e *message.Envelope) { e.Sender.Function = "zorgcoordinator" }),
		denied("recipient without that function", "functie-niet-bevoegd", func(_ *siege, e *message.Envelope) { e.Recipients[0].Function = "schoolcontactpersoon" }),
		denied("phase too low", "fase-te-laag", func(_ *siege, e *message.Envelope) { one := 1; e.Phase = &one }),
		denied("purpose opsporing", "doel-is-opsporing", func(_ *siege, e *message.Envelope) { e.Purpose = "opsporing" }),
		denied("category outside the flow", "categorie-niet-toegestaan", func(_ *siege, e *message.Envelope) {
			e.Categories = []vocabulary.Category{"signaal", "gezondheid"}
		}),
		denied("legal basis of another", "grondslag-niet-toegestaan", func(_ *siege, e *message.Envelope) { e.Basis = "toestemming" }),
		denied("convenant that does not exist", "onbekend-convenant", func(_ *siege, e *message.Envelope) { e.Convenant.ID = canary }),
		denied("version of later", "onbekend-convenant", func(_ *siege, e *message.Envelope) { e.Convenant.Version = 99 }),
		denied("kind that the flow has not", "stroom-niet-toegestaan", func(_ *siege, e *message.Envelope) { e.Kind = "zorgmelding" }),
		wrongAt("10 minutes ahead", "tijd", func(_ *siege, e *message.Envelope) { e.Time = at(time.Now().Add(10 * time.Minute)) }),
		wrongAt("10 minutes old", "tijd", func(_ *siege, e *message.Envelope) { e.Time = at(time.Now().Add(-10 * time.Minute)) }),
		wrongAt("card of later", "ontvangers[0].deelnemers[0].kaart", func(_ *siege, e *message.Envelope) { e.Recipients[0].Participants[0].Card = 9 }),
		{name: "envelope: four people where three may be", do: func(s *siege) answer {
			e := s.Signal("school/vc-1", "politie/wa-7")
			for _, id := range []string{"sc-1", "pf-2", "as-1"} {
				e.Recipients[0].Participants = append(e.Recipients[0].Participants, addressee(s, id))
			}
			envelope, payload := s.Seal(e, 10)
			return sent(s.t, s.sender().Send(envelope, payload))
		}, status: 403, code: "geweigerd", reason: "te-veel-deelnemers"},
		{name: "envelope: same id with another content", do: func(s *siege) answer {
			e := s.Signal("school/vc-1", "politie/wa-7")
			envelope, payload := s.Seal(e, 10)
			sent(s.t, s.sender().Send(envelope, payload)).is(s.t, http.StatusCreated)
			s.unchangedBut(accepted)
			three := 3
			e.Phase = &three
			envelope, payload = s.Seal(e, 10)
			return sent(s.t, s.sender().Send(envelope, payload))
		}, status: 409, code: "bericht-bestaat-al"},
		{name: "envelope: id of another party's message", do: func(s *siege) answer {
			e := s.Signal("school/vc-1", "politie/wa-7")
			envelope, payload := s.Seal(e, 10)
			sent(s.t, s.sender().Send(envelope, payload)).is(s.t, http.StatusCreated)
			s.unchangedBut(accepted)
			other := s.Signal("mbo/vc-2", "politie/wa-7")
			other.ID = e.ID
			envelope, payload = s.Seal(other, 10)
			return sent(s.t, s.Person("mbo/vc-2").Send(envelope, payload))
		}, status: 409, code: "bericht-bestaat-al"},
		{name: "envelope: key of an old card", do: sendForOldCard, status: 409, code: "kaart-verouderd"},
	}
}

// sendForOldCard seals a message, has the recipient's card move on, and sends it.
func sendForOldCard(s *siege) answer {
	s.t.Helper()
	officer := s.Person("politie/sc-1")
	e := s.Signal("school/vc-1", "politie/sc-1")
	envelope, payload := s.Seal(e, 10)
	next := officer.Participant
	next.Version++
	card, err := party.SignParticipant(next, officer.Party.Admin)
	if err != nil {
		s.t.Fatal(err)
	}
	post(s.t, officer.Party.HTTP(), s.URL+"/v1/kaarten", "application/jose", card).is(s.t, http.StatusCreated)
	officer.Participant = next
	s.unchangedBut(map[string]int{"card": 1, "record kaart": 1})
	got := sent(s.t, s.sender().Send(envelope, payload))
	if p := got.refused(s.t, http.StatusConflict, "kaart-verouderd"); p.Card["versie"] != float64(next.Version) || p.Card["deelnemer"] != "sc-1" {
		s.t.Errorf("kaart: %v", p.Card)
	}
	return got
}

// envelopePart and payloadPart are the two parts of every message.
func envelopePart(compact string) gatewaytest.Part {
	return gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(compact)}
}

func payloadPart(file []byte) gatewaytest.Part {
	return gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: file}
}
