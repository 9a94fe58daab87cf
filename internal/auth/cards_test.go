package auth_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/auth"
)

func TestCardsMustCountToday(t *testing.T) {
	s := newSetting(t)
	s.vc.Card.Valid.Until = "2026-01-01"
	s.school.SignPerson(t, s.vc)
	s.book = s.region.Book(t, s.now)
	_, err := s.verifier.Caller(t.Context(), issue(t, s.claims(), s.vc.Key), s.cert)
	wantCode(t, err, auth.CodeBadToken)
}

// TestCertificateUnderTheCardHasExpired: nobody acts on a card that the others' software already refuses, with a new token or a
// remembered one.
func TestCertificateUnderTheCardHasExpired(t *testing.T) {
	s := newSetting(t)
	c := s.claims()
	c.CertThumbprint = thumbprint(s.cert)
	bound := issue(t, c, s.vc.Key)
	if _, err := s.verifier.Caller(t.Context(), bound, s.cert); err != nil {
		t.Fatal(err)
	}
	s.uncertified = true
	for _, token := range []string{bound, issue(t, s.claims(), s.vc.Key)} {
		_, err := s.verifier.Caller(t.Context(), token, s.cert)
		wantCode(t, err, auth.CodeBadToken)
	}
}
