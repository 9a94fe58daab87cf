package party

import (
	"crypto/ecdsa"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// VerifyParty parses and verifies a compact partijkaart at time now. Faults in the form come as [fault.List]; [ErrUntrusted]
// when the signature does not hold, the chain does not lead to an anchor, or the leaf's OIN is not the card's. Whether the
// days of the card contain now, and whether a convenant pins its key, is for the caller.
func (a *Anchors) VerifyParty(compact string, now time.Time) (VerifiedCard, error) {
	u, err := jose.Parse(compact, jose.PartyCard)
	if err != nil {
		return VerifiedCard{}, err
	}
	var faults fault.List
	card := parseCard(u.Payload, &faults)
	if err := faults.Err(); err != nil {
		return VerifiedCard{}, err
	}
	signed, err := u.VerifyLeaf()
	if err != nil {
		return VerifiedCard{}, untrusted("de handtekening klopt niet")
	}
	oin, err := a.VerifyChain(signed.Chain(), now)
	if err != nil {
		return VerifiedCard{}, err
	}
	if oin != card.OIN {
		return VerifiedCard{}, untrusted("het OIN in het certificaat is een ander dan het OIN op de kaart")
	}
	return VerifiedCard{
		card:    card,
		compact: compact,
		digest:  digest.Of([]byte(compact)),
		spki:    digest.Of(signed.Chain()[0].RawSubjectPublicKeyInfo),
	}, nil
}

// VerifyParticipant parses and verifies a compact deelnemerkaart against the card of its party. Faults in the form, and
// functions that the role of the party does not have, come as [fault.List]; [ErrUntrusted] when no beheerder of this party
// signed it or it is of another party. Whether the days of either card contain today is for the caller.
func VerifyParticipant(compact string, of VerifiedCard) (VerifiedParticipant, error) {
	u, err := jose.Parse(compact, jose.ParticipantCard)
	if err != nil {
		return VerifiedParticipant{}, err
	}
	var faults fault.List
	p := parseParticipant(u.Payload, &faults)
	if err := faults.Err(); err != nil {
		return VerifiedParticipant{}, err
	}
	admin := of.admin(u.Kid)
	if admin == nil {
		return VerifiedParticipant{}, untrusted("geen beheerder van de partij heeft deze kaart ondertekend")
	}
	if _, err := u.Verify(admin); err != nil {
		return VerifiedParticipant{}, untrusted("de handtekening klopt niet")
	}
	if p.OIN != of.card.OIN {
		return VerifiedParticipant{}, untrusted("de kaart is van een andere partij")
	}
	checkFunctions(p.Functions, of.card.Role, &faults)
	if err := faults.Err(); err != nil {
		return VerifiedParticipant{}, err
	}
	return VerifiedParticipant{
		participant: p, compact: compact, digest: digest.Of([]byte(compact)),
		kid: jose.Thumbprint(p.Key), signer: u.Kid,
	}, nil
}

// admin gives the key of the beheerder with a thumbprint, or nil.
func (v VerifiedCard) admin(kid string) *ecdsa.PublicKey {
	for _, a := range v.card.Admins {
		if jose.Thumbprint(a.Key) == kid {
			return a.Key
		}
	}
	return nil
}

func checkFunctions(functions []vocabulary.Function, role vocabulary.Role, faults *fault.List) {
	for _, f := range functions {
		if !vocabulary.Default().HasFunction(role, f) {
			faults.Add("functies", "bevat een functie die de rol van deze partij niet kent")
			return
		}
	}
}

// PeekParty gives the OIN of a party card that is not verified, to find out whose it is. The error is a [fault.List].
func PeekParty(compact string) (OIN, error) {
	oin, _, err := peek(compact, jose.PartyCard)
	return oin, err
}

// PeekParticipant gives OIN and id of a participant card that is not verified, to find the party card to verify it with. The
// error is a [fault.List].
func PeekParticipant(compact string) (oin OIN, id string, err error) {
	return peek(compact, jose.ParticipantCard)
}

func peek(compact string, typ jose.Typ) (oin OIN, id string, err error) {
	u, err := jose.Parse(compact, typ)
	if err != nil {
		return "", "", err
	}
	var faults fault.List
	o := strictjson.Parse(u.Payload, strictjson.Limits{Depth: cardDepth}, &faults).Object(&faults)
	oin = readOIN(o.Field("oin"), &faults)
	if typ == jose.ParticipantCard {
		id = readID(o.Field("id"), &faults)
	}
	if err := faults.Err(); err != nil {
		return "", "", err
	}
	return oin, id, nil
}
