package client

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// RenewReadingKey puts a new age key in a profile, before the old ones, and gives the public halves for a new card. The old keys stay:
// until that card is published messages are sealed for them, and what is on its way then must still open. Who is sure that nothing
// is on its way any more takes them out of age.txt: a key that is gone can open nothing for a thief.
func RenewReadingKey(dir string) (Public, error) {
	p, err := LoadProfile(dir)
	if err != nil {
		return Public{}, err
	}
	release, err := p.lock()
	if err != nil {
		return Public{}, err
	}
	defer release()
	if err := p.clearNew(); err != nil {
		return Public{}, err
	}
	old, err := os.ReadFile(p.path(fileAge)) // read again, now that nobody else writes it
	if err != nil {
		return Public{}, fmt.Errorf("reading %s of the profile: %w", fileAge, err)
	}
	if bytes.Count(old, []byte("AGE-SECRET-KEY-")) >= maxReadingKeys {
		return Public{}, fault.List{{Place: fileAge, Message: fmt.Sprintf("bevat al %d sleutels; haal eerst de oudste weg, onderaan", maxReadingKeys)}}
	}
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		return Public{}, fmt.Errorf("making an age key: %w", err)
	}
	keys := append([]byte("# public key: "+identity.Recipient().String()+"\n"+identity.String()+"\n"), old...)
	if err := writeFile(p.path(fileAge), keys); err != nil {
		return Public{}, err
	}
	if p, err = LoadProfile(dir); err != nil {
		return Public{}, err
	}
	public := p.Public()
	return public, writeFile(p.path(filePublicAge), []byte(strings.Join(public.Age, "\n")+"\n"))
}

// clearNew takes away what a renewal that was killed left in the folder itself: all reading keys stand in it. The lock must be held: all
// that writes there holds it.
func (p *Profile) clearNew() error {
	entries, err := os.ReadDir(p.Dir)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), newFile) {
			err = errors.Join(err, os.Remove(p.path(entry.Name())))
		}
	}
	if err != nil {
		return fmt.Errorf("clearing what an earlier renewal left in the profile: %w", err)
	}
	return nil
}

// maxReadingKeys is how many age keys a profile holds: opening tries them one by one.
const maxReadingKeys = 5
