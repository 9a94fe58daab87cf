package convenant

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
)

// WithCardKeys gives the YAML of a convenant with other card keys for the parties named, everything else as it was, comments
// too. It serves to take an example into use, or to replace a party's key in the next version. It is an error to name a party
// that is not in the convenant, or one that has more than one key there; the outcome parses, or the error is a fault.List.
func WithCardKeys(yaml []byte, keys map[party.OIN]digest.SHA256) ([]byte, error) {
	var faults fault.List
	root := readYAML(yaml, &faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	var places []keyPlace
	found := map[party.OIN]bool{}
	for _, item := range root.get("partijen").items {
		oin := party.OIN(item.get("oin").text)
		key, wanted := keys[oin]
		if !wanted {
			continue
		}
		found[oin] = true
		at := item.get("kaartsleutel")
		if at.kind == aList && len(at.items) == 1 {
			at = at.items[0]
		}
		if at.kind != aText {
			return nil, fmt.Errorf("replacing the card key of %s: the convenant does not name exactly one", oin)
		}
		places = append(places, keyPlace{at, key})
	}
	for oin := range keys {
		if !found[oin] {
			return nil, fmt.Errorf("replacing the card key of %s: not a party of this convenant", oin)
		}
	}
	out, err := replaceKeys(yaml, places)
	if err != nil {
		return nil, err
	}
	if _, err := ParseYAML(out); err != nil {
		return nil, fmt.Errorf("replacing card keys: %w", err)
	}
	return out, nil
}

type keyPlace struct {
	at  node
	key digest.SHA256
}

// replaceKeys works from the last line to the first, so that earlier places stay where they are.
func replaceKeys(yaml []byte, places []keyPlace) ([]byte, error) {
	slices.SortFunc(places, func(a, b keyPlace) int {
		return cmp.Or(cmp.Compare(b.at.line, a.at.line), cmp.Compare(b.at.column, a.at.column))
	})
	lines := bytes.Split(yaml, []byte("\n"))
	for _, p := range places {
		line := lines[p.at.line-1]
		from := bytes.LastIndex(line, []byte(p.at.text))
		if from < 0 || bytes.Count(line, []byte(p.at.text)) != 1 {
			return nil, fmt.Errorf("replacing a card key in line %d: the key does not stand there once", p.at.line)
		}
		lines[p.at.line-1] = slices.Concat(line[:from], []byte(p.key.String()), line[from+len(p.at.text):])
	}
	return bytes.Join(lines, []byte("\n")), nil
}
