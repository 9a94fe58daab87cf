package client

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/message"
)

// dirSent holds a file for each message that this profile sent, named after it: the number of its record, and the name that the log had.
// Nothing of the message stands in it. When the log loses its end, it tells which messages were in there. The oldest go first.
const (
	dirSent = "verzonden"
	maxSent = 2000
)

// keepSent notes where the receipt of a message stands.
func (p *Profile) keepSent(id string, nr int64, name string) error {
	if err := writeFile(p.path(dirSent+"/"+id), fmt.Appendf(nil, "%d %s\n", nr, name)); err != nil {
		return err
	}
	names, err := os.ReadDir(p.path(dirSent)) // sorted: UUIDv7 is in order of time
	if err != nil {
		return fmt.Errorf("reading %s in the profile: %w", dirSent, err)
	}
	for _, old := range names[:max(0, len(names)-maxSent)] {
		if err := os.Remove(p.path(dirSent + "/" + old.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing from %s in the profile: %w", dirSent, err)
		}
	}
	return nil
}

// noted is what a profile keeps of a message that it sent.
type noted struct {
	id string
	nr int64
}

// sentUnder gives the messages of which the record stood in the log under a name, in the order of their records.
func (p *Profile) sentUnder(log string) ([]noted, error) {
	names, err := os.ReadDir(p.path(dirSent))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading %s in the profile: %w", dirSent, err)
	}
	var list []noted
	for _, entry := range names {
		if !message.ValidID(entry.Name()) {
			continue
		}
		data, err := os.ReadFile(p.path(dirSent + "/" + entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading %s in the profile: %w", dirSent, err)
		}
		text, name, _ := strings.Cut(strings.TrimSpace(string(data)), " ")
		if nr, err := strconv.ParseInt(text, 10, 64); err == nil && name == log {
			list = append(list, noted{entry.Name(), nr})
		}
	}
	slices.SortFunc(list, func(a, b noted) int { return cmp.Compare(a.nr, b.nr) })
	return list, nil
}
