package demo

import (
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/client"
)

// refused has somebody send what must be refused for one reason, and tells the reason as the gateway gives it.
func (s *scene) refused(org, id, what, reason string, d client.Draft) {
	c, err := s.people.at(org, id)
	if err != nil {
		s.fail(what, err)
		return
	}
	sent, err := c.Send(s.ctx, d)
	var no *client.Problem
	switch {
	case err == nil:
		s.wrong("%s: dit had geweigerd moeten worden, en is aangenomen als regel %d", what, sent.Record.Nr)
		return
	case !errors.As(err, &no) || no.Status != 403:
		s.wrong("%s: geen weigering maar een fout: %v", what, err)
		return
	}
	for _, r := range no.Reasons {
		if r.Code == reason {
			s.denied++
			s.say("✗", fmt.Sprintf("%s: geweigerd.\n%s", what, r))
			return
		}
	}
	s.wrong("%s: geweigerd om een andere reden dan %s: %v", what, reason, err)
}
