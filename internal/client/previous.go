package client

import (
	"crypto/ecdsa"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
)

// previousCard is where the version of a card before the newest one is kept.
func previousCard(name string) string { return name + ".vorige" }

func participantCard(oin party.OIN, id string) string {
	return string(oin) + "." + id + ".deelnemerkaart"
}

// replacedKey gives the key of the card version before the newest, when it is the one that signed an envelope, that version named the
// sender's function on a day when it was valid, and the newest card says that it still counted then (`vervangtTot`). A gateway takes nothing that is signed with a key that was replaced; what it took
// just before that may still be on its way.
//
// The time of the envelope is its own word here; that the log has it at that time is checked with the receipt.
func (c *Client) replacedKey(cards partyCards, newest party.Participant, claimed message.Envelope, kid string) (*ecdsa.PublicKey, error) {
	before, until, err := c.replaced(cards, newest)
	if err != nil || before == nil || claimed.Time.After(until) || jose.Thumbprint(before.Key) != kid ||
		!before.Valid.Contains(claimed.Time.Time) || !has(before.Functions, claimed.Sender.Function) {
		return nil, err
	}
	return before.Key, nil
}

// replaced gives the card version before the newest, and until when its key counted. Without `vervangtTot` a key was withdrawn at once,
// perhaps because it was stolen: then, and when this profile never saw the version before, there is none.
func (c *Client) replaced(cards partyCards, newest party.Participant) (before *party.Participant, until time.Time, err error) {
	if newest.ReplacesTo == nil {
		return nil, until, nil
	}
	if until, err = time.Parse(time.RFC3339, *newest.ReplacesTo); err != nil {
		return nil, until, nil
	}
	name := previousCard(participantCard(newest.OIN, newest.ID))
	kept, err := os.ReadFile(c.profile.path(dirCards + "/" + name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, until, nil
	}
	if err != nil {
		return nil, until, fmt.Errorf("reading %s in %s of the profile: %w", name, dirCards, err)
	}
	// Verified again: whoever may write in this folder must not get to add a key.
	v, err := party.VerifyParticipant(string(kept), cards.party)
	card := v.Participant()
	if err != nil || card.OIN != newest.OIN || card.ID != newest.ID || card.Version != newest.Version-1 {
		return nil, until, nil
	}
	return &card, until, nil
}
