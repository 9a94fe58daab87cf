package client

import (
	"bytes"
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
)

// fileCardKeys holds the own party's `kaartsleutel`, one digest a line: the keys that may sign cards, convenants and Wpg decisions
// in its name. It is optional (WIRE does not name it), and comes from the partijbeheerder, not from a gateway.
//
// Without it, a convenant names the key that vouches for that same convenant: somebody who obtained another certificate in the
// party's name could, together with a dishonest gateway, make one that the party never saw. With it, he cannot.
const fileCardKeys = "kaartsleutel"

// maxCardKeys is how many keys a party may have at one time: the one in use and its successors.
const maxCardKeys = 8

// readCardKeys reads the file when there is one.
func (p *Profile) readCardKeys(f folder) {
	data := f.public(fileCardKeys, "")
	if data == nil {
		return
	}
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		key, err := digest.Parse(string(line))
		if err != nil || len(p.cardKeys) == maxCardKeys {
			f.faults.Add(fileCardKeys, `moet op elke regel één kaartsleutel hebben, in de vorm "sha-256=:…:", hoogstens %d`, maxCardKeys)
			return
		}
		p.cardKeys = append(p.cardKeys, key)
	}
	if len(p.cardKeys) == 0 {
		f.faults.Add(fileCardKeys, "is leeg; haal het bestand weg, of zet de kaartsleutel van uw organisatie erin")
	}
}

// speaksFor reports whether a key may speak for the own party, as far as the profile knows.
func (p *Profile) speaksFor(key digest.SHA256) bool {
	return len(p.cardKeys) == 0 || slices.Contains(p.cardKeys, key)
}

// cardKeyLines is the file as it is written; nil for no keys.
func cardKeyLines(keys []digest.SHA256) []byte {
	var out []byte
	for _, key := range keys {
		out = append(append(out, key.String()...), '\n')
	}
	return out
}
