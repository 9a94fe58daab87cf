package demo

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// account ends the demonstration: the trail is checked by a program that shares no code with what wrote it.
func (s *stage) account(ctx context.Context) {
	s.heading("Wat er blijft: geen berichten, wel het auditspoor")
	verifier, err := tlog.ParseVerifier(s.gateway.LogVerifierKey())
	if err != nil {
		s.wrong("De sleutel van het auditspoor is niet te lezen: %v", err)
		return
	}
	r, err := trailcheck.Verify(ctx, s.folder.gateway(), verifier)
	if err != nil {
		s.wrong("Het auditspoor klopt niet: %v", err)
		return
	}
	s.done("Het auditspoor klopt: %d regels zonder gaten, %d controlepunten met een geldige handtekening", r.Records, r.Checkpoints)
	if r.Held == 0 {
		s.done("%d berichten gingen door de sluis, en van allemaal is de lading gewist", r.Messages)
	} else {
		s.done("%d berichten gingen door de sluis: van %d is de lading gewist; nog niet opgehaald: %d", r.Messages, r.Erased, r.Held)
	}
	s.done("%d keer zei Sluis nee, en zei erbij waarom", s.denied)
}
