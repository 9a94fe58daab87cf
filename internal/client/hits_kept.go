package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/sluis-gateway/sluis/internal/party"
)

// dirHits holds a file for each uitslag that this profile sent or opened, named after the message: one word, and the other party. It
// says nothing of whom it was about, and what it says of the case is also in the trail. The oldest go first.
const (
	dirHits = "uitslagen"
	maxHits = 2000
)

// keepHit notes what an uitslag said. With several youngsters in it, one who is known is a hit: content may be about that one.
func (p *Profile) keepHit(id string, with party.OIN, body []byte) error {
	var said struct {
		Outcomes []struct {
			Outcome Hit `json:"uitslag"`
		} `json:"uitslagen"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return fmt.Errorf("reading an uitslag: %w", err)
	}
	word := HitNone
	for _, one := range said.Outcomes {
		if one.Outcome == HitFound {
			word = HitFound
		}
	}
	if err := writeFile(p.path(dirHits+"/"+id), []byte(string(word)+" "+string(with)+"\n")); err != nil {
		return err
	}
	names, err := os.ReadDir(p.path(dirHits)) // sorted: UUIDv7 is in order of time
	if err != nil {
		return fmt.Errorf("reading %s in the profile: %w", dirHits, err)
	}
	for _, old := range names[:max(0, len(names)-maxHits)] {
		if err := os.Remove(p.path(dirHits + "/" + old.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("removing from %s in the profile: %w", dirHits, err)
		}
	}
	return nil
}

// keptHit gives what was noted; HitUnseen when nothing was, or it cannot be read.
func (p *Profile) keptHit(id string) (Hit, party.OIN) {
	data, err := os.ReadFile(p.path(dirHits + "/" + id))
	word, with, ok := strings.Cut(strings.TrimSpace(string(data)), " ")
	if hit := Hit(word); err == nil && ok && (hit == HitFound || hit == HitNone) {
		return hit, party.OIN(with)
	}
	return HitUnseen, ""
}
