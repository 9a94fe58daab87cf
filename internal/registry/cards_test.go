package registry_test

import (
	"bytes"
	"crypto/x509"
	"testing"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
)

func TestCardIsInForceAfterItIsKept(t *testing.T) {
	s := newSetting(t)
	school := s.Parties["school"]
	first, err := s.registry.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	before := s.registry.Snapshot()
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.Person("vc-1").Compact)
	must(t, err)
	if _, ok := before.Book.Participant(school.OIN, "vc-1"); ok {
		t.Error("a snapshot changed")
	}
	after := s.registry.Snapshot()
	if _, ok := after.Book.Participant(school.OIN, "vc-1"); !ok || after.Kept <= before.Kept {
		t.Error("the card is not in force")
	}

	size := s.size(t)
	again, err := s.registry.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	if !bytes.Equal(first.Record, again.Record) || first.Proof != again.Proof {
		t.Error("the same card again gives another receipt")
	}
	if s.size(t) != size || s.registry.Snapshot() != after {
		t.Error("the same card again left something behind")
	}
}

func TestCardsOfOthersAreRefused(t *testing.T) {
	s := newSetting(t)
	school, police := s.Parties["school"], s.Parties["politie"]
	stranger, err := pki.NewCA("Vreemd")
	must(t, err)
	foreign, err := stranger.IssueCardSigner(school.OIN, "school")
	must(t, err)
	forged, err := party.SignCard(school.Card, foreign.Key, foreign.Chain)
	must(t, err)

	_, err = s.registry.PublishCard(t.Context(), police.OIN, school.Compact)
	wantErr(t, err, registry.ErrNotYours)
	_, err = s.registry.PublishCard(t.Context(), school.OIN, forged)
	wantErr(t, err, party.ErrUntrusted)
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.Person("vc-1").Compact)
	wantErr(t, err, party.ErrUnknown) // no party card yet
	_, err = s.registry.PublishCard(t.Context(), school.OIN, "geen kaart")
	wantFault(t, err, "")

	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	_, err = s.registry.PublishCard(t.Context(), police.OIN, school.Person("vc-1").Compact)
	wantErr(t, err, registry.ErrNotYours)
	admin := school.Admin
	school.Admin = registrytest.Key(t) // no beheerder
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, school.Person("vc-1")))
	wantErr(t, err, party.ErrUntrusted)
	school.Admin = admin
	if s.size(t) != 1 {
		t.Errorf("%d records, want the one of the card that was taken", s.size(t))
	}
}

func TestVersionsOnlyGoUp(t *testing.T) {
	s := newSetting(t)
	school := s.Parties["school"]
	vc := school.Person("vc-1")
	s.PublishCards(t, s.registry)
	old := vc.Compact
	vc.Card.Version = 2
	_, err := s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, vc))
	must(t, err)
	_, err = s.registry.PublishCard(t.Context(), school.OIN, old)
	wantErr(t, err, party.ErrOlder)
	vc.Card.Name = "Iemand anders"
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, vc))
	wantErr(t, err, party.ErrConflict)
}

func TestConvenantPinsTheKeyOfCards(t *testing.T) {
	s := newSetting(t)
	s.Publish(t, s.registry, s.now)
	school := s.Parties["school"]
	other, err := s.CA.IssueCardSigner(school.OIN, "school") // a certificate with the right OIN, and another key
	must(t, err)
	school.Signing = other
	school.Card.Version = 2
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.Sign(t))
	wantFault(t, err, "x5c")
}

func TestEverythingIsThereAgainAfterAStart(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	police := s.Parties["politie"]
	_, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, police.SignWpgDecision(t, s.WpgDecision("2026/17")))
	must(t, err)
	school := s.Parties["school"]
	receipt, err := s.registry.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	s.close(t)
	s.open(t)

	snap := s.registry.Snapshot()
	if st, ok := snap.Convenant(c.ID, 1); !ok || !st.InForce(s.now) || len(snap.Convenants()) != 1 {
		t.Error("the convenant is not in force any more")
	}
	if _, ok := snap.WpgDecision(police.OIN, "2026/17"); !ok || len(snap.WpgDecisions(school.OIN)) != 1 || len(snap.WpgDecisions(s.Parties["halt"].OIN)) != 0 {
		t.Error("the Wpg decision is gone")
	}
	if len(snap.Book.Parties()) != 10 || len(snap.Book.Participants(school.OIN)) != 3 {
		t.Error("the address book is not whole")
	}
	again, err := s.registry.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	if !bytes.Equal(receipt.Record, again.Record) || receipt.Proof != again.Proof {
		t.Error("the receipt is another one after a start")
	}
}

func TestStartUnderOtherAnchorsIsRefused(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	other, err := pki.NewCA("Ander")
	must(t, err)
	_, err = registry.New(t.Context(), s.store, s.log, party.NewAnchors([]*x509.Certificate{other.Root}), s.clock)
	wantErr(t, err, party.ErrUntrusted)
}

func TestExpiredCertificateDoesNotStopAStartButDoesNotCount(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	school := s.Parties["school"]
	if _, valid, _ := s.registry.Snapshot().Party(school.OIN, s.now); !valid {
		t.Fatal("the card does not count today")
	}
	s.now = school.Signing.Chain[0].NotAfter.Add(1)
	s.close(t)
	s.open(t)
	if _, valid, known := s.registry.Snapshot().Party(school.OIN, s.now); valid || !known {
		t.Errorf("valid %v, known %v: a card counts no longer than its certificate", valid, known)
	}
}

func TestParticipantsOfABeheerderWhoLeft(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	school := s.Parties["school"]
	vc := school.Person("vc-1")
	old := vc.Compact
	school.Admin = registrytest.Key(t)
	school.Card.Version, school.Card.Admins = 2, []party.Admin{{ID: "nieuw", Key: &school.Admin.PublicKey}}
	_, err := s.registry.PublishCard(t.Context(), school.OIN, school.Sign(t))
	must(t, err)
	for range 2 { // before and after a start
		if _, ok := s.registry.Snapshot().Book.Participant(school.OIN, "vc-1"); ok {
			t.Error("a participant of a beheerder who left still counts")
		}
		_, err = s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, vc)) // version 1 again, by the new one
		if err == nil {
			t.Error("a version that was used came back")
		}
		s.close(t)
		s.open(t)
	}
	_, err = s.registry.PublishCard(t.Context(), school.OIN, old)
	wantErr(t, err, party.ErrUntrusted)
	vc.Card.Version = 2
	_, err = s.registry.PublishCard(t.Context(), school.OIN, school.SignPerson(t, vc))
	must(t, err)
}
