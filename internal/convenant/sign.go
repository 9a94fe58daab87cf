package convenant

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Verdict is `besluit` of an ondertekening.
type Verdict string

// What a party can say of a convenant.
const (
	Agreed    Verdict = "akkoord"
	Rejected  Verdict = "afgewezen"
	Withdrawn Verdict = "ingetrokken"
)

// Signature is an ondertekening+jws by a party, verified. Its digest is over the canonical form, so a party agreed to exactly
// those words.
type Signature struct {
	Convenant string        `json:"convenant"`
	Version   int           `json:"versie"`
	Digest    digest.SHA256 `json:"digest"`
	Verdict   Verdict       `json:"besluit"`
	Time      time.Time     `json:"tijd"`
	Party     party.OIN     `json:"-"` // from the certificate
	CardKey   digest.SHA256 `json:"-"`
	Compact   string        `json:"-"`
	Arrived   time.Time     `json:"-"` // when the gateway kept it; zero where that is not known
}

// arrival is when a signature came in. Where nobody kept that, the time that was signed stands in for it.
func (s Signature) arrival() time.Time {
	if s.Arrived.IsZero() {
		return s.Time
	}
	return s.Arrived
}

// Sign makes an ondertekening+jws with the key of the party's certificate; chain is leaf first, the root left out.
func Sign(c *Convenant, v Verdict, at time.Time, key *ecdsa.PrivateKey, chain []*x509.Certificate) (string, error) {
	payload, err := strictjson.MarshalCanonical(Signature{
		Convenant: c.ID, Version: c.Version, Digest: c.digest, Verdict: v, Time: at.UTC().Truncate(time.Second),
	})
	if err != nil {
		return "", fmt.Errorf("making the signature of convenant %s version %d: %w", c.ID, c.Version, err)
	}
	var faults fault.List
	if readSignature(payload, &faults); len(faults) > 0 {
		return "", faults
	}
	compact, err := jose.SignCertified(jose.ConvenantSigned, key, chain, payload)
	if err != nil {
		return "", fmt.Errorf("signing convenant %s version %d: %w", c.ID, c.Version, err)
	}
	return compact, nil
}

// VerifySignature reads an ondertekening+jws and checks signature and chain at time now. Faults in the form come as fault.List,
// a chain that does not lead to an anchor as party.ErrUntrusted, a wrong signature as jose.ErrSignature. Whether the signer is a
// party of the convenant with a pinned key is for [Standing] to judge.
func VerifySignature(compact string, anchors *party.Anchors, now time.Time) (Signature, error) {
	verified, oin, err := verifyCertified(compact, jose.ConvenantSigned, anchors, now)
	if err != nil {
		return Signature{}, fmt.Errorf("verifying the signature of a convenant: %w", err)
	}
	var faults fault.List
	s := readSignature(verified.Payload(), &faults)
	if err := faults.Err(); err != nil {
		return Signature{}, err
	}
	s.Party, s.Compact = oin, compact
	s.CardKey = digest.Of(verified.Chain()[0].RawSubjectPublicKeyInfo)
	return s, nil
}

// verifyCertified checks the signature of an object with x5c and the chain of who signed it.
func verifyCertified(compact string, typ jose.Typ, anchors *party.Anchors, now time.Time) (jose.Verified, party.OIN, error) {
	unverified, err := jose.Parse(compact, typ)
	if err != nil {
		return jose.Verified{}, "", err
	}
	verified, err := unverified.VerifyLeaf()
	if err != nil {
		return jose.Verified{}, "", err
	}
	oin, err := anchors.VerifyChain(verified.Chain(), now)
	if err != nil {
		return jose.Verified{}, "", err
	}
	return verified, oin, nil
}

func readSignature(payload []byte, faults *fault.List) Signature {
	o := strictjson.Parse(payload, strictjson.Limits{}, faults).Object(faults)
	s := Signature{
		Convenant: o.Text("convenant", 64),
		Version:   o.Int("versie", 1, 9999),
		Verdict:   Verdict(o.Text("besluit", 16)),
		Time:      readMoment(o, "tijd"),
	}
	if !isID(s.Convenant) && s.Convenant != "" {
		o.Fault("convenant", "heeft niet de juiste vorm: 1 tot en met 64 kleine letters, cijfers en streepjes")
	}
	if text := o.Text("digest", 64); text != "" {
		d, err := digest.Parse(text)
		if err != nil {
			o.Fault("digest", "is %s", err)
		}
		s.Digest = d
	}
	switch s.Verdict {
	case Agreed, Rejected, Withdrawn, "":
	default:
		o.Fault("besluit", "moet akkoord, afgewezen of ingetrokken zijn")
	}
	o.End()
	return s
}

// readMoment reads an RFC 3339 time with any offset.
func readMoment(o *strictjson.Object, name string) time.Time {
	text := o.Text(name, 40)
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		o.Fault(name, "is geen tijd volgens RFC 3339")
	}
	return t
}
