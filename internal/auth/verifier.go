package auth

import (
	"context"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// maxAhead is how far a token's iat may be ahead of this gateway's clock (WIRE, "Token": "`iat` at most 60 s ahead").
const maxAhead = 60 * time.Second

// ReplayStore keeps the jti of tokens that may be used once. Seen reports whether it was there already; when it was not, it is
// durably kept until exp before Seen returns. All processes of a gateway share it.
type ReplayStore interface {
	Seen(ctx context.Context, issuer, jti string, exp time.Time) (bool, error)
	Forget(ctx context.Context, before time.Time) error // drops those expired
}

// Directory is what is known of parties and people at one moment: registry.Snapshot.
type Directory interface {
	// Party gives a party's card and whether it counts at t. It does not when the certificate that signed it has expired, although the
	// card itself has not: the other parties' software refuses such a card, so nobody may act on it here. The party is not locked out:
	// a new card is published with the client certificate alone.
	Party(oin party.OIN, t time.Time) (card party.VerifiedCard, valid, known bool)
	// Holder gives the participant on whose card a key stands.
	Holder(kid string) (party.VerifiedParticipant, bool)
}

// Verifier establishes who is calling. It is safe for concurrent use.
type Verifier struct {
	audience  string
	directory func() Directory
	replay    ReplayStore
	now       func() time.Time
	bound     *boundTokens
}

// New makes a verifier: audience is the public origin (https://host[:port]); directory gives who is known now.
func New(audience string, directory func() Directory, replay ReplayStore, now func() time.Time) *Verifier {
	return &Verifier{audience: audience, directory: directory, replay: replay, now: now, bound: newBoundTokens(maxRemembered)}
}

// Certificate gives the party of a client certificate whose chain the TLS handshake verified against the configured anchors.
// [ErrNoCertificate] when cert is nil; another [*Error] when it names no OIN, or has expired since the handshake: a connection
// that is kept open does not outlive the certificate that opened it.
func (v *Verifier) Certificate(cert *x509.Certificate) (party.OIN, error) {
	if cert == nil {
		return "", ErrNoCertificate
	}
	now := v.now()
	if now.Before(cert.NotBefore) || now.After(cert.NotAfter) {
		return "", errCertificateExpired
	}
	oin, err := party.OINOf(cert)
	if err != nil {
		return "", errCertificateOIN
	}
	return oin, nil
}

// Caller verifies a bearer token over a connection with cert. Faults of certificate or token are [*Error]; a failure of the
// store is another error (503). A verified token that is bound to the certificate (cnf) is remembered until it expires; one
// that is not bound is used up by this call, before the caller learns the answer.
func (v *Verifier) Caller(ctx context.Context, token string, cert *x509.Certificate) (Caller, error) {
	oin, err := v.Certificate(cert)
	if err != nil {
		return Caller{}, err
	}
	now := v.now()
	connection := sha256.Sum256(cert.Raw)
	key := sha256.Sum256([]byte(token))
	if known, ok := v.bound.get(key, connection, now); ok {
		// Only the signature is remembered, not the trust: the key must still stand on a card that counts today.
		return v.holder(oin, known.participant, known.kid, now)
	}

	unverified, err := jose.ParseToken(token)
	if err != nil {
		return Caller{}, errForm
	}
	claims := unverified.Claims
	if err := v.judge(claims, oin, connection, now); err != nil {
		return Caller{}, err
	}
	caller, err := v.holder(oin, claims.Subject, unverified.Kid, now)
	if err != nil {
		return Caller{}, err
	}
	// Before the jti is kept: else anybody could use up somebody's token, or fill the table, without a key.
	if _, err := unverified.Verify(caller.Participant.Participant().Key); err != nil {
		return Caller{}, errSignature
	}
	if claims.CertThumbprint != "" {
		v.bound.put(key, boundToken{participant: claims.Subject, kid: unverified.Kid, connection: connection, expires: claims.Expires}, now)
		return caller, nil
	}
	seen, err := v.replay.Seen(ctx, claims.Issuer, claims.ID, claims.Expires)
	if err != nil {
		return Caller{}, fmt.Errorf("keeping the jti of a token: %w", err)
	}
	if seen {
		return Caller{}, errReplayed
	}
	return caller, nil
}

// judge looks at the claims, not yet at who signed them. Their form and the life of five minutes were checked by ParseToken.
func (v *Verifier) judge(c jose.TokenClaims, oin party.OIN, connection [sha256.Size]byte, now time.Time) error {
	switch {
	case c.Issuer != oin.URN():
		return errIssuer
	case c.Audience != v.audience:
		return errAudience
	case c.IssuedAt.After(now.Add(maxAhead)):
		return errAhead
	case !c.Expires.After(now):
		return errExpired
	case c.Expires.Sub(c.IssuedAt) > jose.MaxTokenLife:
		return errForm
	case c.CertThumbprint != "" && c.CertThumbprint != base64.RawURLEncoding.EncodeToString(connection[:]):
		return errBinding
	}
	return nil
}

// holder gives the caller when kid is the key of that participant, of that party, on cards that count today.
func (v *Verifier) holder(oin party.OIN, participant, kid string, now time.Time) (Caller, error) {
	directory := v.directory()
	card, valid, ok := directory.Party(oin, now)
	if !ok {
		return Caller{}, errHolder
	}
	holder, ok := directory.Holder(kid)
	if !ok || holder.Participant().OIN != oin || holder.Participant().ID != participant {
		return Caller{}, errHolder
	}
	if !valid || !holder.Participant().Valid.Contains(now) {
		return Caller{}, errCardExpired
	}
	return Caller{Party: card, Participant: holder, Kid: kid}, nil
}

// forgetAfter is how long the jti of a used token is kept after the token expired. A clock that ran ahead and is put back makes a token
// valid again: as long as it is put back by less than this, its jti is still known. Five minutes is the skew that this gateway allows
// others (message.Envelope.CheckClock); five more are to spare.
const forgetAfter = 10 * time.Minute

// Forget drops the jti of tokens that expired a while ago. The gateway calls it from time to time.
func (v *Verifier) Forget(ctx context.Context) error {
	if err := v.replay.Forget(ctx, v.now().Add(-forgetAfter)); err != nil {
		return fmt.Errorf("forgetting expired tokens: %w", err)
	}
	return nil
}
