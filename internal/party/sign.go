package party

import (
	"crypto/ecdsa"
	"crypto/x509"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// SignCard makes a compact partijkaart with the key of the party's certificate. It refuses what [Anchors.VerifyParty] would:
// faults of the card come as [fault.List], [ErrUntrusted] when the certificate is of another OIN or not for signing.
func SignCard(c Card, key *ecdsa.PrivateKey, chain []*x509.Certificate) (string, error) {
	payload, err := encode(c, parseCard)
	if err != nil {
		return "", err
	}
	if len(chain) == 0 {
		return "", untrusted("er is geen certificaat")
	}
	if err := checkLeaf(chain[0]); err != nil {
		return "", err
	}
	oin, err := OINOf(chain[0])
	if err != nil {
		return "", err
	}
	if oin != c.OIN {
		return "", untrusted("het OIN in het certificaat is een ander dan het OIN op de kaart")
	}
	compact, err := jose.SignCertified(jose.PartyCard, key, chain, payload)
	if err != nil {
		return "", fmt.Errorf("signing the card of party %s: %w", c.OIN, err)
	}
	return compact, nil
}

// SignParticipant makes a compact deelnemerkaart with the key of a beheerder. Faults of the card come as [fault.List].
// Whether the key is a beheerder's, and the functions exist in the role of the party, is checked where the card is verified.
func SignParticipant(p Participant, admin *ecdsa.PrivateKey) (string, error) {
	payload, err := encode(p, parseParticipant)
	if err != nil {
		return "", err
	}
	compact, err := jose.Sign(jose.ParticipantCard, admin, payload)
	if err != nil {
		return "", fmt.Errorf("signing the card of a participant of party %s: %w", p.OIN, err)
	}
	return compact, nil
}

// encode gives the canonical payload of a card and reads it back by the rules that its readers use.
func encode[T any](card T, parse func([]byte, *fault.List) T) ([]byte, error) {
	payload, err := strictjson.MarshalCanonical(card)
	if err != nil {
		return nil, err
	}
	var faults fault.List
	parse(payload, &faults)
	return payload, faults.Err()
}
