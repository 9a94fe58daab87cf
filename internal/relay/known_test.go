package relay_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// lookups counts how often a case is looked into.
type lookups struct {
	relay.Store
	looked *int
}

func (c lookups) Standing(ctx context.Context, id string, of party.OIN, answer vocabulary.Kind) (relay.Standing, error) {
	*c.looked++
	return c.Store.Standing(ctx, id, of, answer)
}

// TestWhatCameBeforeIsReadOnceInAMoment: of a new case nothing is read, of another once; and again when the upload took its time, because the
// facts of a decision are of its own moment.
func TestWhatCameBeforeIsReadOnceInAMoment(t *testing.T) {
	for name, c := range map[string]struct {
		again bool // in the case of an earlier message
		slow  bool
		want  int
	}{
		"a new case":                  {false, false, 0},
		"a new case, a slow upload":   {false, true, 1},
		"a known case":                {true, false, 1},
		"a known case, a slow upload": {true, true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			first := s.letter(t)
			s.send(t, first)
			looked := 0
			r := s.relayOn(lookups{s.store, &looked})
			l := s.letter(t)
			if c.again {
				l.envelope.Case = first.envelope.Case
			}
			up := l.sign(t).upload()
			if payload := up.Payload; c.slow {
				up.Payload = func() (io.Reader, error) {
					s.pass(5 * time.Second)
					return payload()
				}
			}
			_, err := r.Accept(t.Context(), l.caller, up)
			must(t, err)
			if looked != c.want {
				t.Errorf("the case was looked into %d times, not %d", looked, c.want)
			}
		})
	}
}
