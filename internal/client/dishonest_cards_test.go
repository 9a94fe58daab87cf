package client_test

import (
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

// kaarten is the answer with cards.
type kaarten struct {
	Cards []string `json:"kaarten"`
}

// slipped gives a card of politie/wa-7 that is newer than the real one and names an age key of the dishonest gateway.
func slipped(t *testing.T, r *gatewaytest.Region) party.Participant {
	t.Helper()
	own, err := age.GenerateHybridIdentity()
	check(t, err)
	p := r.Person("politie/wa-7").Participant
	p.Version, p.Age = 2, []string{own.Recipient().String()}
	return p
}

// TestSlippedInKeysAreRefused: the gateway puts a key of its own in the directory, in every way that it can sign for.
func TestSlippedInKeysAreRefused(t *testing.T) {
	r := gatewaytest.Start(t)
	police, wijkagent := r.Party("politie"), r.Person("politie/wa-7")
	gatewayKey, err := jose.GenerateKey()
	check(t, err)
	gatewayCA, err := pki.NewCA("Sluis eigen CA")
	check(t, err)
	// withAdmin gives a party card that names the gateway's key as beheerder, signed by somebody.
	withAdmin := func(version int, by pki.Identity) string {
		card := police.Card
		card.Version, card.Admins = version, []party.Admin{{ID: "beheer-1", Key: &gatewayKey.PublicKey}}
		form, err := party.SignCard(card, police.Signer.Key, police.Signer.Chain)
		check(t, err)
		// Signed without asking whether the certificate is the party's: the tools of Sluis would refuse.
		signed, err := jose.SignCertified(jose.PartyCard, by.Key, by.Chain, unbase64(t, strings.Split(form, ".")[1]))
		check(t, err)
		return signed
	}
	byGateway, err := party.SignParticipant(slipped(t, r), gatewayKey)
	check(t, err)
	byOther, err := party.SignParticipant(slipped(t, r), r.Party("school").Admin)
	check(t, err)
	honest, err := party.SignParticipant(slipped(t, r), police.Admin)
	check(t, err)
	unsigned := honest[:strings.LastIndex(honest, ".")+1]
	swapped := unsigned + byOther[strings.LastIndex(byOther, ".")+1:]
	samePartyCA, err := r.CA.IssueCardSigner(police.OIN, "Voorbeeld politie")
	check(t, err)
	ownCA, err := gatewayCA.IssueCardSigner(police.OIN, "Voorbeeld politie")
	check(t, err)
	otherParty := r.Party("school").Signer

	for name, c := range map[string]struct {
		cards []string
		code  client.RefusalCode
	}{
		"signed with the gateway's own key":        {[]string{police.Cards[0], byGateway}, client.CardUntrusted},
		"signed by another party":                  {[]string{police.Cards[0], byOther}, client.CardUntrusted},
		"not signed":                               {[]string{police.Cards[0], unsigned}, client.CardUntrusted},
		"with another card's signature":            {[]string{police.Cards[0], swapped}, client.CardUntrusted},
		"right OIN, not pinned":                    {[]string{withAdmin(2, samePartyCA), byGateway}, client.CardUnpinned},
		"right OIN, the gateway's own CA":          {[]string{withAdmin(2, ownCA), byGateway}, client.CardUntrusted},
		"signed with another party's certificate":  {[]string{withAdmin(2, otherParty), byGateway}, client.CardUntrusted},
		"another party's cards":                    {r.Party("school").Cards, client.CardUntrusted},
		"a card of another party between the real": {append([]string{r.Party("school").Cards[1]}, police.Cards...), client.CardUntrusted},
		"the real card, and a false one after it":  {append([]string{byGateway}, police.Cards...), client.CardUntrusted},
		"two party cards":                          {append([]string{police.Cards[0]}, police.Cards...), client.CardConflict},
		"no party card":                            {police.Cards[1:], client.CardUntrusted},
		"nothing":                                  {nil, client.CardUntrusted},
		"rubbish":                                  {[]string{police.Cards[0], "a.b.c", ""}, client.CardUntrusted},
		"one key for two people":                   {twins(t, r), client.CardConflict},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			school := b.client(t, r.Person("school/vc-1"))
			b.says("GET /v1/kaarten/"+string(police.OIN), instead(t, kaarten{c.cards}))
			_, err := school.Send(t.Context(), signal(r, aboutNoor))
			refused(t, err, c.code)
			b.nothingPosted(t)
		})
	}
	// The control: what the party itself signed is used, by the same way.
	b := &between{}
	b.says("GET /v1/kaarten/"+string(police.OIN), instead(t, kaarten{police.Cards}))
	sent, err := b.client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	if sent.Recipients[0].Participants[0].ID != wijkagent.ID {
		t.Error("the real card was not used")
	}
}

// twins gives cards in which somebody else has wa-7's key.
func twins(t *testing.T, r *gatewaytest.Region) []string {
	t.Helper()
	police := r.Party("politie")
	twin := r.Person("politie/wa-7").Participant
	twin.ID = "wa-9"
	signed, err := party.SignParticipant(twin, police.Admin)
	check(t, err)
	return append([]string{police.Cards[0], signed}, police.Cards[1:]...)
}

// TestCardsOnlyGoUp: what was seen once is never replaced by something older, nor by something else of the same version, also in
// another process later.
func TestCardsOnlyGoUp(t *testing.T) {
	r := gatewaytest.Start(t)
	police := r.Party("politie")
	newer := r.Person("politie/wa-7").Participant
	newer.Version = 2
	newerCard, err := party.SignParticipant(newer, police.Admin)
	check(t, err)
	changed := newer
	changed.Name = "Iemand anders"
	changedCard, err := party.SignParticipant(changed, police.Admin)
	check(t, err)
	partyCard := police.Card
	partyCard.Version = 2
	newerParty, err := party.SignCard(partyCard, police.Signer.Key, police.Signer.Chain)
	check(t, err)

	for _, c := range []struct {
		name       string
		seen, then []string
		code       client.RefusalCode
	}{
		{"participant older", []string{police.Cards[0], newerCard}, []string{police.Cards[0], police.Cards[1]}, client.CardOlder},
		{"participant changed", []string{police.Cards[0], newerCard}, []string{police.Cards[0], changedCard}, client.CardConflict},
		{"party older", []string{newerParty, newerCard}, []string{police.Cards[0], newerCard}, client.CardOlder},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := "GET /v1/kaarten/" + string(police.OIN)
			first := &between{}
			school := first.client(t, r.Person("mbo/vc-2"))
			first.says(path, instead(t, kaarten{c.seen}))
			// The gateway refuses an unknown card version; that the client saw the card is what counts here.
			_, _ = school.Send(t.Context(), signal(r, aboutNoor))

			second := &between{}
			later := second.client(t, r.Person("mbo/vc-2"))
			second.says(path, instead(t, kaarten{c.then}))
			_, err := later.Send(t.Context(), signal(r, aboutNoor))
			refused(t, err, c.code)
			second.nothingPosted(t)
		})
	}
}

// TestExpiredCardsAreNotUsed: nobody is addressed on a card of last year.
func TestExpiredCardsAreNotUsed(t *testing.T) {
	r := gatewaytest.Start(t)
	police := r.Party("politie")
	old := police.Card
	old.Version, old.Valid = 2, party.Validity{From: "2020-01-01", Until: party.Day(time.Now().AddDate(0, 0, -2))}
	expired, err := party.SignCard(old, police.Signer.Key, police.Signer.Chain)
	check(t, err)
	b := &between{}
	school := b.client(t, r.Person("school/vc-1"))
	b.says("GET /v1/kaarten/"+string(police.OIN), instead(t, kaarten{[]string{expired, police.Cards[1]}}))
	_, err = school.Send(t.Context(), signal(r, aboutNoor))
	refused(t, err, client.CardExpired)
	b.nothingPosted(t)
}

// TestRenewedCardIsUsedAtOnce: a card that moved on between reading and sending costs one more try, with the new key.
func TestRenewedCardIsUsedAtOnce(t *testing.T) {
	r := gatewaytest.Start(t)
	police := r.Party("politie")
	b := &between{}
	school := b.client(t, r.Person("school/vc-1"))
	_, err := school.Send(t.Context(), signal(r, aboutNoor)) // now the cards are remembered
	check(t, err)
	renewed := r.Person("politie/wa-7").Participant
	renewed.Version = 2
	card, err := party.SignParticipant(renewed, police.Admin)
	check(t, err)
	_, err = (&between{}).client(t, r.Person("politie/wa-7")).PublishCard(t.Context(), card)
	check(t, err)
	sent, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	if got := sent.Recipients[0].Participants[0].Card; got != 2 {
		t.Errorf("sealed for card version %d, want 2", got)
	}
	if len(b.posted) != 3 {
		t.Errorf("%d posts, want 3: one, then one refused and one more", len(b.posted))
	}
}
