package convenant

import (
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// Source is a convenant as written: what it says, and where each part of it stands. It serves those who look at a text that is
// right and have something to say about it.
type Source struct {
	*Convenant
	root node
}

// ParseSource is [ParseYAML] that remembers where everything stands. The error is a fault.List with line and column.
func ParseSource(yaml []byte) (*Source, error) {
	var faults fault.List
	root := readYAML(yaml, &faults)
	c, err := build(root, faults)
	if err != nil {
		return nil, err
	}
	return &Source{c, root}, nil
}

// At gives line and column, from 1, of a place such as `stromen[2].grondslagen[0]`: the place that a fault would name. Of a place
// that is not there it gives the nearest one around it.
func (s *Source) At(place string) (line, column int) {
	n := s.root.around(place)
	return n.line, n.column
}

// around gives the deepest node in which a place lies.
func (n node) around(place string) node {
	inner := n.items
	for _, f := range n.fields {
		inner = append(inner, f.value)
	}
	for _, in := range inner {
		if rest, ok := strings.CutPrefix(place, in.place); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
			return in.around(place)
		}
	}
	return n
}
