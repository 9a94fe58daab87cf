package message

import (
	"crypto/ecdsa"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// CoSignature is what a second participant of the sender's party signs (`medeondertekening+jws`, WIRE, "Messages"): this message, with
// exactly this envelope.
type CoSignature struct {
	Message  string        `json:"bericht"` // id of the message
	Envelope digest.SHA256 `json:"envelop"` // over the decoded payload of the envelope's JWS
	Time     Time          `json:"tijd"`
}

// CoSignedFor is how long before it is sent an envelope may have been signed when somebody signed with the sender. A colleague has to
// read what they sign: the five minutes of [ClockSkew] are for one person.
const CoSignedFor = 24 * time.Hour

// CheckClock gives a fault.List when the second signature is not between the envelope that it is about and now, or the envelope is older
// than CoSignedFor; ClockSkew is allowed for on either side. It takes the place of [Envelope.CheckClock].
func (c CoSignature) CheckClock(e Envelope, now time.Time) error {
	var faults fault.List
	switch {
	case e.Time.Sub(now) > ClockSkew:
		faults.Add("tijd", "ligt meer dan 5 minuten in de toekomst: controleer de klok van uw systeem")
	case now.Sub(e.Time.Time) > CoSignedFor+ClockSkew:
		faults.Add("tijd", "ligt meer dan 24 uur in het verleden: maak het bericht opnieuw, en laat uw collega opnieuw tekenen")
	}
	switch {
	case c.Time.Sub(now) > ClockSkew:
		faults.Add("medeondertekening.tijd", "ligt meer dan 5 minuten in de toekomst: controleer de klok van het systeem van uw collega")
	case e.Time.Sub(c.Time.Time) > ClockSkew:
		faults.Add("medeondertekening.tijd", "ligt voor de envelop: uw collega tekent na u")
	}
	return faults.Err()
}

// Matches reports whether this is about that envelope, and no other.
func (c CoSignature) Matches(v VerifiedEnvelope) bool {
	return c.Message == v.Envelope().ID && c.Envelope == v.Digest()
}

// ParsedCoSignature has the right form; nobody has checked who signed it.
type ParsedCoSignature struct {
	content CoSignature
	jws     jose.Unverified
}

// ParseCoSignature reads a compact medeondertekening+jws. The error is a fault.List, as in [ParseEnvelope].
func ParseCoSignature(compact string) (ParsedCoSignature, error) {
	jws, err := jose.Parse(compact, jose.CoSignature)
	if err != nil {
		return ParsedCoSignature{}, err
	}
	content, err := readCoSignature(jws.Payload)
	if err != nil {
		return ParsedCoSignature{}, err
	}
	return ParsedCoSignature{content: content, jws: jws}, nil
}

func readCoSignature(payload []byte) (CoSignature, error) {
	r := reader{words: vocabulary.Default()}
	o := strictjson.Parse(payload, strictjson.Limits{}, &r.faults).Object(&r.faults)
	c := CoSignature{Message: r.id(o.Field("bericht")), Envelope: r.digest(o.Field("envelop")), Time: r.time(o.Field("tijd"))}
	o.End()
	return c, r.faults.Err()
}

// Kid is the thumbprint of the key that is said to have signed.
func (p ParsedCoSignature) Kid() string { return p.jws.Kid }

// Message is the id of the message that it says it is about.
func (p ParsedCoSignature) Message() string { return p.content.Message }

// Names reports whether it says that it is about that envelope, whoever signed it.
func (p ParsedCoSignature) Names(v VerifiedEnvelope) bool { return p.content.Matches(v) }

// Verify checks the signature. Its only error is [jose.ErrSignature].
func (p ParsedCoSignature) Verify(key *ecdsa.PublicKey) (VerifiedCoSignature, error) {
	v, err := p.jws.Verify(key)
	if err != nil {
		return VerifiedCoSignature{}, err
	}
	return VerifiedCoSignature{content: p.content, compact: v.Compact(), kid: v.Kid()}, nil
}

// SignCoSignature signs with the sender of an envelope, whose signature was verified.
func SignCoSignature(v VerifiedEnvelope, at Time, key *ecdsa.PrivateKey) (VerifiedCoSignature, error) {
	c := CoSignature{Message: v.Envelope().ID, Envelope: v.Digest(), Time: at}
	payload, err := strictjson.MarshalCanonical(c)
	if err != nil {
		return VerifiedCoSignature{}, err
	}
	compact, err := sign(jose.CoSignature, key, payload)
	if err != nil {
		return VerifiedCoSignature{}, err
	}
	return VerifiedCoSignature{content: c, compact: compact, kid: jose.Thumbprint(&key.PublicKey)}, nil
}

// VerifiedCoSignature is a second signature that was checked with the key named by its kid. Whose key that is, is for the one who
// verified it to say. It can only be had from [ParsedCoSignature.Verify] and [SignCoSignature].
type VerifiedCoSignature struct {
	content CoSignature
	compact string
	kid     string
}

// CoSignature gives the content.
func (v VerifiedCoSignature) CoSignature() CoSignature { return v.content }

// Compact gives the JWS as signed.
func (v VerifiedCoSignature) Compact() string { return v.compact }

// Kid is the thumbprint of the key that signed.
func (v VerifiedCoSignature) Kid() string { return v.kid }
