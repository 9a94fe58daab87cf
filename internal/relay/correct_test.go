package relay_test

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestCorrectionNeedsSomethingToCorrect: a correctie goes where the wrong message went, and nowhere else; else it would be a way
// around the phase and the parents.
func TestCorrectionNeedsSomethingToCorrect(t *testing.T) {
	s := newSetting(t)
	signal := s.letter(t)
	correction := func(to, toID string) *letter {
		return s.letter(t, func(l *letter) {
			s.from(t, l, "school", "vc-1", to, toID)
			l.envelope.Kind, l.envelope.Basis, l.envelope.Case, l.envelope.Phase = "correctie", "avg-6-1-c", signal.envelope.Case, nil
			l.envelope.Categories = []vocabulary.Category{"identiteit", "signaal"}
		})
	}
	s.refusedFor(t, correction("politie", "wa-7"), "niets-te-corrigeren")
	s.send(t, signal)
	s.send(t, correction("politie", "wa-7"))
	s.refusedFor(t, correction("halt", "hm-1"), "niets-te-corrigeren")
}
