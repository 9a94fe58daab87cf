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

	// It brings no more than there was to correct: schoolresultaten would be a message of its own. The signaal held an incident.
	of := func(categories ...vocabulary.Category) *letter {
		l := correction("politie", "wa-7")
		l.envelope.Categories = categories
		return l
	}
	s.refusedFor(t, of("signaal", "schoolresultaten"), "correctie-te-ruim")
	s.send(t, of("signaal", "incident"))
	s.refusedFor(t, of("signaal", "schoolresultaten"), "correctie-te-ruim") // nor after a correction
}
