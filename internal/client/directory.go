package client

import (
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// directoryLife is how long what was verified is believed without asking again. It bounds how late a withdrawal is noticed.
const directoryLife = time.Minute

// directory remembers what this process verified: convenants, and the cards of each party under each convenant.
type directory struct {
	mu         sync.Mutex
	convenants map[message.ConvenantRef]knownConvenant
	cards      map[cardsKey]knownCards
}

type knownConvenant struct {
	agreed *convenant.Convenant
	at     time.Time
}

type cardsKey struct {
	ref message.ConvenantRef
	oin party.OIN
}

type knownCards struct {
	of partyCards
	at time.Time
}

// partyCards is a party's verified card and the verified cards of its participants.
type partyCards struct {
	party        party.VerifiedCard
	participants []party.VerifiedParticipant
}

func (d *directory) convenant(ref message.ConvenantRef, now time.Time) (*convenant.Convenant, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.convenants[ref]
	if !ok || !fresh(k.at, now) {
		return nil, false
	}
	return k.agreed, true
}

func (d *directory) keepConvenant(ref message.ConvenantRef, agreed *convenant.Convenant, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.convenants == nil {
		d.convenants = map[message.ConvenantRef]knownConvenant{}
	}
	d.convenants[ref] = knownConvenant{agreed, now}
}

func (d *directory) partyCards(key cardsKey, now time.Time) (partyCards, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, ok := d.cards[key]
	return k.of, ok && fresh(k.at, now)
}

func (d *directory) keepPartyCards(key cardsKey, of partyCards, now time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.cards == nil {
		d.cards = map[cardsKey]knownCards{}
	}
	d.cards[key] = knownCards{of, now}
}

func (d *directory) forgetCards() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cards = nil
}

func fresh(at, now time.Time) bool { return !now.Before(at) && now.Sub(at) < directoryLife }
