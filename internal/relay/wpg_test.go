package relay_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/term"
)

// TestWpgDecisionThatEndsDuringTheUpload: its last day ends at midnight in Amsterdam, and with it what the police may tell a school.
func TestWpgDecisionThatEndsDuringTheUpload(t *testing.T) {
	s := newSetting(t)
	y, m, d := s.now().In(term.Zone).Date()
	s.set(time.Date(y, m, d+1, 23, 50, 0, 0, term.Zone)) // tomorrow: the clock of a log does not go back
	police, decision := s.Parties["politie"], s.WpgDecision("2026/17")
	decision.Valid = party.Validity{From: "2020-01-01", Until: s.now().In(term.Zone).Format(time.DateOnly)}
	_, err := s.registry.PublishWpgDecision(t.Context(), police.OIN, police.SignWpgDecision(t, decision))
	must(t, err)
	s.send(t, s.questions(t))

	late := s.questions(t).sign(t)
	up := late.upload()
	payload := up.Payload
	up.Payload = func() (io.Reader, error) {
		s.pass(15 * time.Minute)
		return payload()
	}
	_, err = s.relay.Accept(t.Context(), late.caller, up)
	var denied *relay.Denied
	if !errors.As(err, &denied) || denied.Reasons[0].Code != "wpg-besluit-ontbreekt" {
		t.Errorf("after the last day: %v", err)
	}
}
