package policy

import (
	"encoding/binary"
	"slices"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// classText writes values one after another so that other values are another text: each text goes with its length, each list and
// each optional value with a mark that tells null from empty.
type classText []byte

func (w *classText) text(s string) {
	*w = append(binary.AppendUvarint(*w, uint64(len(s))), s...)
}

func (w *classText) number(i int) { *w = binary.AppendVarint(*w, int64(i)) }

func (w *classText) truth(b bool) {
	if b {
		*w = append(*w, 1)
		return
	}
	*w = append(*w, 0)
}

// there marks whether a value follows.
func (w *classText) there(b bool) bool {
	w.truth(b)
	return b
}

func (w *classText) optionalNumber(i *int) {
	if w.there(i != nil) {
		w.number(*i)
	}
}

func writeOptional[T ~string](w *classText, s *T) {
	if w.there(s != nil) {
		w.text(string(*s))
	}
}

func writeList[T ~string](w *classText, list []T) {
	if !w.there(list != nil) {
		return
	}
	w.number(len(list))
	for _, s := range list {
		w.text(string(s))
	}
}

func (w *classText) statements(said map[vocabulary.Statement]bool) {
	if !w.there(said != nil) {
		return
	}
	var space [16]vocabulary.Statement
	names := space[:0]
	for name := range said {
		names = append(names, name)
	}
	slices.Sort(names)
	w.number(len(names))
	for _, name := range names {
		w.text(string(name))
		w.truth(said[name])
	}
}
