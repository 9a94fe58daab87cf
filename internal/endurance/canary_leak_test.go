package endurance

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestALeakIsFound shows that the search of TestNoWordStays finds a word that does reach the gateway: the number of a Wpg decision stands
// in the envelope, so it goes over the line, into the trail, and to the officer who looks there.
func TestALeakIsFound(t *testing.T) {
	log, line, c := &diary{}, &wire{}, newCanaries()
	logger := slog.New(slog.NewJSONHandler(log, nil))
	r := gatewaytest.Start(t, gatewaytest.Logger(logger))
	l := c.letters(t, r)[0]
	number := strings.ToUpper(c.word())
	l.draft.WpgDecision = &number
	if _, err := openProfile(t, r, l.from, line.tap()).Send(t.Context(), l.draft); err == nil {
		t.Fatal("a decision that nobody took was accepted")
	}
	_, _, err := openProfile(t, r, "politie/pf-2", line.tap()).Records(t.Context(), client.Look{Why: client.Lawfulness}, "")
	must(t, err)
	logger.Info("somebody wrote too much", "about", l.words[0])
	p := places{}
	p.addFolder(t, "folder", r.Config.Dir, time.Time{})
	line.in(p)
	log.in(p)
	found := strings.Join(p.search(c.forms()), "\n")
	for _, place := range []string{"folder: sluis.db", "requests", "answers", "log"} {
		if !strings.Contains(found, place) {
			t.Errorf("a leak is not found in %s, only:\n%s", place, found)
		}
	}
}
