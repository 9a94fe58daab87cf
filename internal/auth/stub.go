package auth

import (
	"context"
	"crypto/x509"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// --- OWNER: relay helper. Replace these stubs; keep the signatures. ---

// ReplayStore keeps the jti of tokens that may be used once. Seen reports whether it was there already; when it was not, it is
// durably kept until exp before Seen returns.
type ReplayStore interface {
	Seen(ctx context.Context, issuer, jti string, exp time.Time) (bool, error)
	Forget(ctx context.Context, before time.Time) error // drops those expired
}

type Verifier struct { /* owner */
}

// New: audience is the public origin (https://host[:port]); book gives the current address book.
func New(audience string, book func() *party.Book, replay ReplayStore, now func() time.Time) *Verifier {
	panic("stub")
}

// Certificate gives the party of a verified client certificate. ErrNoCertificate when cert is nil; *Error otherwise.
func (v *Verifier) Certificate(cert *x509.Certificate) (party.OIN, error) { panic("stub") }

// Caller verifies a bearer token over a connection with cert. Token faults are *Error; a store failure is another error (503).
// A verified token with cnf is remembered until exp.
func (v *Verifier) Caller(ctx context.Context, token string, cert *x509.Certificate) (Caller, error) {
	panic("stub")
}

// Error is a 401: Code is the urn:sluis:fout code (token-ongeldig, certificaat-ontbreekt, …), Detail Dutch without values.
type Error struct{ Code, Detail string }

func (e *Error) Error() string { return e.Code + ": " + e.Detail }

var ErrNoCertificate = &Error{"certificaat-ontbreekt", "Er is geen clientcertificaat getoond. Software moet zich met het certificaat van haar organisatie melden."}
