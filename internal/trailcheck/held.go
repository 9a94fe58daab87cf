package trailcheck

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// held is a checkpoint that somebody holds, its signature verified.
type held struct {
	name string
	size int64
	root string // base64
	in   bool   // the trail begins with it
}

// Missing is a checkpoint that somebody holds and that the trail does not go on from.
type Missing struct {
	Held     int   // which of those that were given
	Size     int64 // how many records it is of
	Have     int64 // how many there are; not fewer than Size when there are other records among them
	Admitted bool  // the trail says itself that this was lost
}

// openHeld verifies a checkpoint under one of the names of the log.
func openHeld(signed []byte, names []note.Verifier) (held, error) {
	n, err := note.Open(signed, note.VerifierList(names...))
	if err != nil {
		return held{}, falsehood(noRecord, "een controlepunt dat u gaf is niet door dit auditspoor ondertekend")
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || !slices.ContainsFunc(names, func(v note.Verifier) bool { return v.Name() == lines[0] }) {
		return held{}, falsehood(noRecord, "een controlepunt dat u gaf heeft niet de juiste vorm")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return held{}, falsehood(noRecord, "een controlepunt dat u gaf heeft niet de juiste vorm")
	}
	return held{name: lines[0], size: size, root: lines[2]}, nil
}

// compare looks whether the trail, at a size, is what somebody holds of it.
func (c *check) compare(size int64, root hash) {
	for i := range c.held {
		if c.held[i].size == size {
			c.held[i].in = c.held[i].root == base64.StdEncoding.EncodeToString(root[:])
		}
	}
}

// missing gives what others hold and the trail does not go on from.
func (c *check) missing() (list []Missing) {
	for i, h := range c.held {
		if h.in {
			continue
		}
		m := Missing{Held: i, Size: h.size, Have: c.size}
		for _, loss := range c.report.Losses {
			was, err := openHeld([]byte(loss.Checkpoint), append(c.before, c.name))
			m.Admitted = m.Admitted || err == nil && was.name == h.name && h.size <= was.size
		}
		list = append(list, m)
	}
	return list
}
