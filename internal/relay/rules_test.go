package relay_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// refusing are rules that allow nothing.
type refusing struct{}

func (*refusing) Decide(context.Context, policy.Facts) (policy.Decision, error) {
	return policy.Decision{Reasons: []policy.Reason{{Code: "doel-niet-toegestaan"}}, Policy: "anders"}, nil
}

// Rules that come during an upload decide when it commits, also when no fact has changed since.
func TestNewRulesDecideWhatIsUnderWay(t *testing.T) {
	s := newSetting(t)
	asked, newer := 0, &refusing{}
	it := relay.New(relay.Options{
		Store: s.store, Log: s.log, Registry: s.registry.Snapshot, CatchUp: s.registry.CatchUp, Keys: s.keys, Waker: s.hub, Now: s.now,
		Policy: func() relay.Decider {
			if asked++; asked == 1 {
				return s.policy
			}
			return newer
		},
	})
	l := s.letter(t).sign(t)
	var denied *relay.Denied
	if _, err := it.Accept(t.Context(), l.caller, l.upload()); !errors.As(err, &denied) || asked < 2 {
		t.Fatalf("after %d looks at the rules: %v", asked, err)
	}
}
