package demo

import (
	"fmt"
	"os"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

// cards are the signed cards of one party: its own first, then its people's.
type cards []string

// makeProfiles makes the profile of each person of a party and signs their cards as the partijbeheerder does: with a key that
// never enters a profile.
func (f folder) makeProfiles(o organisation, url string, logKey []byte) (cards, error) {
	signer, err := pki.ReadCardSigner(f.party(o))
	if err != nil {
		return nil, err
	}
	jwk, err := os.ReadFile(f.adminKey(o))
	if err != nil {
		return nil, fmt.Errorf("reading the key of a partijbeheerder: %w", err)
	}
	admin, err := jose.ParsePrivateJWK(jwk)
	if err != nil {
		return nil, fmt.Errorf("reading the key of a partijbeheerder: %w", err)
	}
	valid := party.Validity{From: party.Day(time.Now().AddDate(0, 0, -1)), Until: party.Day(time.Now().AddDate(1, 0, 0))}
	card := party.Card{OIN: o.oin, Name: o.name, Role: o.role, Version: 1, Valid: valid,
		Admins: []party.Admin{{ID: "beheer-1", Key: &admin.PublicKey}}}
	if o.school != "" {
		card.SchoolType = &o.school
	}
	own, err := party.SignCard(card, signer.Key, signer.Chain)
	if err != nil {
		return nil, fmt.Errorf("signing the card of %s: %w", o.folder, err)
	}
	if err := write(f.partyCard(o), []byte(own+"\n")); err != nil { // what a party gives to whoever writes a convenant
		return nil, err
	}
	signed := cards{own}
	search := message.NewSearchKey() // of the party: all its people find the same
	for _, p := range o.people {
		public, err := f.makeProfile(o, p, client.NewProfile{URL: url, LogKeys: logKey, SearchKey: &search,
			CardKeys: []digest.SHA256{digest.Of(signer.Chain[0].RawSubjectPublicKeyInfo)}})
		if err != nil {
			return nil, fmt.Errorf("making profile %s: %w", o.profile(p), err)
		}
		key, err := jose.ParsePublicJWK(public.JWK)
		if err != nil {
			return nil, fmt.Errorf("reading the public key of %s: %w", o.profile(p), err)
		}
		one, err := party.SignParticipant(party.Participant{OIN: o.oin, ID: p.id, Version: 1, Name: p.name,
			Functions: p.functions, Key: key, Age: public.Age, Valid: valid}, admin)
		if err != nil {
			return nil, fmt.Errorf("signing the card of %s: %w", o.profile(p), err)
		}
		signed = append(signed, one)
	}
	return signed, nil
}

// makeProfile makes one folder, as `sluis profile new` does; n says what all of a party have in common.
func (f folder) makeProfile(o organisation, p person, n client.NewProfile) (client.Public, error) {
	n.OIN, n.Participant, n.Function = o.oin, p.id, p.functions[0]
	var err error
	for path, into := range map[string]*[]byte{
		f.party(o) + "/tls.crt": &n.TLSCert,
		f.party(o) + "/tls.key": &n.TLSKey,
		f.anchors():             &n.CardAnchors,
	} {
		if *into, err = os.ReadFile(path); err != nil {
			return client.Public{}, fmt.Errorf("reading what a profile needs: %w", err)
		}
	}
	n.TLSAnchors = n.CardAnchors // one CA serves the demonstration; production has two
	return client.CreateProfile(f.profile(o, p), n)
}
