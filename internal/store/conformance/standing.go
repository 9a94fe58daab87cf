package conformance

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// standing: who sent or received in a case, and with whom answers of a kind were exchanged, either way, in that case and of that kind.
func standing(t *testing.T, h *house) {
	const answer, stranger = "uitslag", party.OIN("00000099000000050000")
	first := letter() // school to police and care
	zaak := first.Case
	h.send(first)
	back := letter() // care to the school, an answer
	back.Case, back.Kind, back.SenderOIN = zaak, answer, care
	back.Recipients = back.Recipients[:1]
	back.Recipients[0].Party = school
	h.send(back)
	other := letter() // an answer in another case
	other.Kind = answer
	h.send(other)
	h.both(func() {
		for _, c := range []struct {
			id, zaak    string
			sent, began bool
		}{{first.ID, zaak, true, true}, {letter().ID, zaak, false, true}, {first.ID, letter().Case, true, false}, {zaak, first.ID, false, false}} {
			got, err := h.Known(h.ctx, c.id, c.zaak)
			h.must(err)
			h.same("known message and case", relay.Known{Sent: c.sent, Began: c.began, Size: 6}, got)
		}
		for _, c := range []struct {
			of   party.OIN
			zaak string
			want relay.Standing
		}{
			{school, zaak, relay.Standing{Member: true, Answered: []party.OIN{care}}},
			{care, zaak, relay.Standing{Member: true, Answered: []party.OIN{school}}},
			{police, zaak, relay.Standing{Member: true}},
			{stranger, zaak, relay.Standing{}},
			{school, other.Case, relay.Standing{Member: true, Answered: []party.OIN{police, care}}},
			{police, other.Case, relay.Standing{Member: true, Answered: []party.OIN{school}}},
			{school, letter().Case, relay.Standing{New: true}},
		} {
			got, err := h.Standing(h.ctx, c.zaak, c.of, answer)
			h.must(err)
			h.same("standing of "+string(c.of), c.want, got)
		}
	})
}
