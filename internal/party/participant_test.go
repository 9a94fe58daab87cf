package party_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestVerifyParticipantGivesWhatWasSigned(t *testing.T) {
	w := newWorld(t)
	want := w.participant(school, "vc-1", 2, func(p *party.Participant) {
		p.Phone, p.Email = ptr("06-12345678"), ptr("v@example.nl")
		p.OIDC = &party.OIDCSubject{Issuer: "https://login.example", Subject: "abc"}
		p.ReplacesTo, p.AbsentUntil, p.Substitute = ptr("2026-05-01T10:00:00+02:00"), ptr("2026-06-01"), ptr("vc-2")
	})
	v := w.verifiedParticipant(want, w.verified(w.card(school, 1)))
	got := v.Participant()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if v.Digest() != digest.Of([]byte(v.Compact())) || v.Kid() != jose.Thumbprint(v.Participant().Key) || v.Signer() != jose.Thumbprint(&w.admin.PublicKey) {
		t.Error("digest, kid or signer is of something else")
	}
	if write := v.Write(); write.OIN != school || write.ID != "vc-1" || write.Version != 2 || write.Compact != v.Compact() {
		t.Errorf("write %+v", write)
	}
	if oin, id, err := party.PeekParticipant(v.Compact()); err != nil || oin != school || id != "vc-1" {
		t.Errorf("peek: %q, %q, %v", oin, id, err)
	}
}

func TestVerifyParticipantRefuses(t *testing.T) {
	w := newWorld(t)
	of := w.verified(w.card(school, 1))
	good, err := party.SignParticipant(w.participant(school, "vc-1", 1), w.admin)
	check(t, err)
	stranger, err := party.SignParticipant(w.participant(school, "vc-1", 1), newKey(t))
	check(t, err)
	byCardKey, err := party.SignParticipant(w.participant(school, "vc-1", 1), w.signers[school].Key)
	check(t, err)
	elsewhere, err := party.SignParticipant(w.participant(police, "vc-1", 1, func(p *party.Participant) { p.Functions = nil }), w.admin)
	check(t, err)
	cases := map[string]struct {
		compact string
		of      party.VerifiedCard
	}{
		"signed by a stranger":                     {stranger, of},
		"signed by the party's key, no beheerder":  {byCardKey, of},
		"of another party, by a beheerder of both": {elsewhere, of},
		"held against no card at all":              {good, party.VerifiedCard{}},
		"held against another party's card": {good, w.verified(w.card(police, 1, func(c *party.Card) {
			c.Admins = []party.Admin{{ID: "b", Key: &newKey(t).PublicKey}}
		}))},
		"a bent signature": {good[:len(good)-4] + "AAAA", of},
	}
	for name, c := range cases {
		if v, err := party.VerifyParticipant(c.compact, c.of); !errors.Is(err, party.ErrUntrusted) || v.Compact() != "" {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := party.VerifyParticipant(of.Compact(), of); err == nil {
		t.Error("a party card passed for a participant card")
	}
	if _, err := w.anchors.VerifyParty(good, time.Now()); err == nil {
		t.Error("a participant card passed for a party card")
	}
}

// Whoever signs is told the same faults as whoever reads.
func TestSignRefusesWhatVerifyWould(t *testing.T) {
	w := newWorld(t)
	id := w.signers[school]
	bad := w.card(school, 0, func(c *party.Card) { c.Name, c.Valid.Until = "", "2020-01-01" })
	_, err := party.SignCard(bad, id.Key, id.Chain)
	var faults fault.List
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Errorf("card: got %v, want three faults", err)
	}
	if _, err := party.SignCard(w.card(police, 1), id.Key, id.Chain); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("with the certificate of another party: %v", err)
	}
	if _, err := party.SignCard(w.card(school, 1), id.Key, nil); !errors.Is(err, party.ErrUntrusted) {
		t.Errorf("without certificate: %v", err)
	}
	if _, err := party.SignCard(w.card(school, 1), newKey(t), id.Chain); err == nil {
		t.Error("signed with a key that is not the certificate's")
	}
	person := w.participant(school, "VC 1", 1, func(p *party.Participant) { p.Age = nil })
	if _, err := party.SignParticipant(person, w.admin); !errors.As(err, &faults) || len(faults) != 2 {
		t.Errorf("participant: got %v, want two faults", err)
	}
	unknown := w.participant(school, "vc-1", 1, func(p *party.Participant) { p.Functions = []vocabulary.Function{"tovenaar"} })
	if compact, err := party.SignParticipant(unknown, w.admin); err == nil {
		if _, err := party.VerifyParticipant(compact, w.verified(w.card(school, 1))); !errors.As(err, &faults) {
			t.Errorf("unknown function: %v", err)
		}
	}
	if _, err := party.SignParticipant(w.participant(school, "vc-1", 1, func(p *party.Participant) { p.Key = nil }), w.admin); err == nil {
		t.Error("signed a participant without key")
	}
}

// Laws: no panic, and nothing verifies but what the beheerder or the party signed.
func FuzzVerify(f *testing.F) {
	w := newWorld(f)
	card := w.verified(w.card(school, 1))
	person := w.verifiedParticipant(w.participant(school, "vc-1", 1), card)
	f.Add(card.Compact())
	f.Add(person.Compact())
	f.Add("..")
	f.Fuzz(func(t *testing.T, compact string) {
		if v, err := w.anchors.VerifyParty(compact, time.Now()); err == nil && v.Card().OIN != school && v.Card().OIN != police {
			t.Error("verified a card of a party without certificate")
		}
		if v, err := party.VerifyParticipant(compact, card); err == nil && v.Participant().OIN != school {
			t.Error("verified a participant of another party")
		}
		_, _ = party.PeekParty(compact)
		_, _, _ = party.PeekParticipant(compact)
	})
}

// Laws of the payload readers, which signatures keep a fuzzer away from: what SignParticipant accepted from JSON comes back the
// same. The payload is signed here by the right key.
func FuzzPayload(f *testing.F) {
	w := newWorld(f)
	card := w.verified(w.card(school, 1))
	f.Add([]byte(w.participantJSON()))
	f.Add([]byte(w.cardJSON()))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		if compact, err := jose.Sign(jose.ParticipantCard, w.admin, payload); err == nil {
			if v, err := party.VerifyParticipant(compact, card); err == nil {
				if _, err := party.SignParticipant(v.Participant(), w.admin); err != nil {
					t.Errorf("read a card that cannot be written: %v", err)
				}
			}
		}
		id := w.signers[school]
		if compact, err := jose.SignCertified(jose.PartyCard, id.Key, id.Chain, payload); err == nil {
			if v, err := w.anchors.VerifyParty(compact, time.Now()); err == nil {
				if _, err := party.SignCard(v.Card(), id.Key, id.Chain); err != nil {
					t.Errorf("read a card that cannot be written: %v", err)
				}
			}
		}
	})
}
