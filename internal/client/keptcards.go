package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
)

// keepCards compares cards with those that this profile saw before, and keeps the newer ones in kaarten/. A gateway that shows
// an older card could bring back a key that was withdrawn. A party card is judged before the cards that hang from it.
func (c *Client) keepCards(oin party.OIN, cards partyCards) error {
	release, err := c.profile.lock()
	if err != nil {
		return err
	}
	defer release()
	card := cards.party
	name := string(oin) + ".partijkaart"
	if err := c.keepCard(oin, name, jose.PartyCard, card.Card().Version, card.Digest(), card.Compact()); err != nil {
		return err
	}
	for _, p := range cards.participants {
		name := participantCard(oin, p.Participant().ID)
		if err := c.keepCard(oin, name, jose.ParticipantCard, p.Participant().Version, p.Digest(), p.Compact()); err != nil {
			return err
		}
	}
	return nil
}

func (c *Client) keepCard(oin party.OIN, name string, typ jose.Typ, version int, d digest.SHA256, compact string) error {
	path := c.profile.path(dirCards + "/" + name)
	kept, err := os.ReadFile(path)
	if err == nil {
		seen, err := keptVersion(string(kept), typ)
		switch {
		case err != nil:
			return fmt.Errorf("reading %s in %s of the profile: %w", name, dirCards, err)
		case version < seen:
			return refuse(CardOlder, nil, "De sluis geeft een oudere kaart van organisatie ", string(oin), " (versie ", strconv.Itoa(version),
				") dan u al zag (versie ", strconv.Itoa(seen), "). Er wordt niets verstuurd. Waarschuw de beheerder van de sluis.")
		case version == seen && digest.Of(kept) != d:
			return refuse(CardConflict, nil, "De sluis geeft een andere kaart van organisatie ", string(oin), " met hetzelfde versienummer (",
				strconv.Itoa(version), ") dan u al zag. Er wordt niets verstuurd. Waarschuw de privacyfunctionaris en die organisatie.")
		case version == seen:
			return nil
		}
		// What the newer card replaces may have signed a message that is still on its way.
		if err := writeFile(c.profile.path(dirCards+"/"+previousCard(name)), kept); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading %s in %s of the profile: %w", name, dirCards, err)
	}
	return writeFile(path, []byte(compact))
}

// keptVersion reads the version of a card that was verified when it was kept. Its certificate may have expired since.
func keptVersion(compact string, typ jose.Typ) (int, error) {
	u, err := jose.Parse(compact, typ)
	if err != nil {
		return 0, err
	}
	var card struct {
		Version int `json:"versie"`
	}
	return card.Version, json.Unmarshal(u.Payload, &card)
}

// newFile begins the name of a file that is not whole yet.
const newFile = ".nieuw-"

// writeFile replaces a file of the profile whole: a crash leaves the old one or the new one, and nobody else can read either.
func writeFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("making a folder of the profile: %w", err)
	}
	tmp, err := os.CreateTemp(dir, newFile+"*") // 0600
	if err != nil {
		return fmt.Errorf("writing in the profile: %w", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Sync()
	}
	if closing := tmp.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing %s in the profile: %w", filepath.Base(path), err)
	}
	return nil
}
