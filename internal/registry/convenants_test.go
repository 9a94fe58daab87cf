package registry_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/registry"
)

func TestConvenantComesInForceWhenAllHaveSigned(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	lead := s.Parties["gemeente"].OIN
	yaml := s.ConvenantYAML(t)
	c, first, err := s.registry.PublishConvenant(t.Context(), lead, yaml)
	must(t, err)
	text, err := s.registry.ConvenantYAML(t.Context(), c.ID, 1)
	must(t, err)
	if !bytes.Equal(text, yaml) {
		t.Error("the text is not as it was written")
	}
	_, again, err := s.registry.PublishConvenant(t.Context(), lead, yaml)
	must(t, err)
	if first.Proof != again.Proof {
		t.Error("the same version again gives another receipt")
	}
	left := len(s.Parties)
	for _, p := range s.InOrder() {
		if st, _ := s.registry.Snapshot().Convenant(c.ID, 1); st.InForce(s.now) {
			t.Fatalf("in force while %d have to sign", left)
		}
		_, err := s.registry.PublishSignature(t.Context(), p.OIN, p.SignConvenant(t, c, convenant.Agreed, s.now))
		must(t, err)
		left--
	}
	if st, _ := s.registry.Snapshot().Convenant(c.ID, 1); !st.InForce(s.now) {
		t.Error("not in force while all have signed")
	}
}

func TestConvenantIsOfWhoHasTheRegie(t *testing.T) {
	s := newSetting(t)
	lead, school := s.Parties["gemeente"].OIN, s.Parties["school"].OIN
	yaml := s.ConvenantYAML(t)
	_, _, err := s.registry.PublishConvenant(t.Context(), school, yaml)
	wantErr(t, err, registry.ErrNotYours)
	_, _, err = s.registry.PublishConvenant(t.Context(), lead, []byte("convenant: ["))
	if err == nil {
		t.Error("what is no convenant was taken")
	}
	_, _, err = s.registry.PublishConvenant(t.Context(), lead, yaml)
	must(t, err)
	_, _, err = s.registry.PublishConvenant(t.Context(), lead, bytes.Replace(yaml, []byte("(voorbeeld)"), []byte("(ander)"), 1))
	wantErr(t, err, registry.ErrTaken)
	third := bytes.Replace(yaml, []byte("versie: 1"), []byte("versie: 3"), 1)
	_, _, err = s.registry.PublishConvenant(t.Context(), lead, third)
	wantFault(t, err, "versie")
	second := bytes.Replace(yaml, []byte("versie: 1"), []byte("versie: 2"), 1)
	stolen := bytes.Replace(second, []byte(`regie: "`+lead+`"`), []byte(`regie: "`+school+`"`), 1)
	_, _, err = s.registry.PublishConvenant(t.Context(), school, stolen)
	wantErr(t, err, registry.ErrNotYours)
	_, _, err = s.registry.PublishConvenant(t.Context(), lead, second)
	must(t, err)
}

func TestSignaturesThatDoNotCountAreRefused(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	school, police := s.Parties["school"], s.Parties["politie"]
	_, err := s.registry.PublishSignature(t.Context(), police.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	wantErr(t, err, registry.ErrNotYours)

	pinned := school.Signing
	school.Signing, err = s.CA.IssueCardSigner(school.OIN, "school")
	must(t, err)
	_, err = s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	wantFault(t, err, "x5c")
	school.Signing = pinned

	_, err = s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Agreed, s.now.Add(10*time.Minute)))
	wantFault(t, err, "tijd")
	other, err := convenant.ParseYAML(bytes.Replace(s.ConvenantYAML(t), []byte("(voorbeeld)"), []byte("(ander)"), 1))
	must(t, err)
	_, err = s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, other, convenant.Agreed, s.now))
	wantFault(t, err, "digest")

	stranger := *school
	stranger.OIN = "00000099000000990000"
	stranger.Signing, err = s.CA.IssueCardSigner(stranger.OIN, "vreemd")
	must(t, err)
	_, err = s.registry.PublishSignature(t.Context(), stranger.OIN, stranger.SignConvenant(t, c, convenant.Agreed, s.now))
	wantErr(t, err, registry.ErrNotYours)
}

func TestWithdrawalEndsItAndAnOldYesDoesNotBringItBack(t *testing.T) {
	s := newSetting(t)
	c := s.Publish(t, s.registry, s.now)
	school := s.Parties["school"]
	_, err := s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Withdrawn, s.now))
	must(t, err)
	inForce := func() bool {
		st, _ := s.registry.Snapshot().Convenant(c.ID, 1)
		return st.InForce(s.now)
	}
	if inForce() {
		t.Fatal("in force after a withdrawal")
	}
	_, err = s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Agreed, s.now)) // as it was signed before
	wantFault(t, err, "tijd")
	if inForce() {
		t.Error("an old yes undid a withdrawal")
	}
	s.now = s.now.Add(time.Minute)
	_, err = s.registry.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, c, convenant.Agreed, s.now))
	must(t, err)
	if !inForce() {
		t.Error("a new yes does not count")
	}
}

func TestWpgDecisionIsOfThePolice(t *testing.T) {
	s := newSetting(t)
	police, school := s.Parties["politie"], s.Parties["school"]
	signed := police.SignWpgDecision(t, s.WpgDecision("2026/17"))
	_, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, signed)
	wantErr(t, err, party.ErrUnknown) // no card yet: nobody says that this is police
	s.PublishCards(t, s.registry)
	first, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, signed)
	must(t, err)
	again, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, signed)
	must(t, err)
	if first.Proof != again.Proof {
		t.Error("the same decision again gives another receipt")
	}
	other := s.WpgDecision("2026/17")
	other.Conditions = "andere"
	_, err = s.registry.PublishWpgDecision(t.Context(), police.OIN, police.SignWpgDecision(t, other))
	wantErr(t, err, registry.ErrTaken)
	_, err = s.registry.PublishWpgDecision(t.Context(), school.OIN, signed)
	wantErr(t, err, registry.ErrNotYours)
	_, err = s.registry.PublishWpgDecision(t.Context(), school.OIN, school.SignWpgDecision(t, s.WpgDecision("1")))
	wantErr(t, err, registry.ErrNotYours)
}

// TestWpgDecisionIsSignedWithTheCardKey: more than one certificate may carry the OIN of the police. The one that signs its card, which
// convenants pin, signs its decisions.
func TestWpgDecisionIsSignedWithTheCardKey(t *testing.T) {
	s := newSetting(t)
	s.PublishCards(t, s.registry)
	police := s.Parties["politie"]
	other, err := s.CA.IssueCardSigner(police.OIN, "Politie, andere afdeling")
	must(t, err)
	signed, err := convenant.SignWpgDecision(s.WpgDecision("2026/18"), other.Key, other.Chain)
	must(t, err)
	_, err = s.registry.PublishWpgDecision(t.Context(), police.OIN, signed)
	var faults fault.List
	if !errors.As(err, &faults) || faults[0].Place != "x5c" {
		t.Errorf("a decision by another certificate with the OIN of the police: %v", err)
	}
	if _, ok := s.registry.Snapshot().WpgDecision(police.OIN, "2026/18"); ok {
		t.Error("it was kept")
	}
	_, err = s.registry.PublishWpgDecision(t.Context(), police.OIN, police.SignWpgDecision(t, s.WpgDecision("2026/18")))
	must(t, err) // and it did not take the number
}
