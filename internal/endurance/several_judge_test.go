package endurance

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"
)

// heardWithin is how long after the sender's answer everybody must have heard. A listener whose gateway is killed begins again at once, and
// polling finds in seconds what no wake-up told.
const heardWithin = 20 * time.Second

// deaf gives the listeners that did not hear of a letter that they must hear of. Those over a stream are told what waits, and not what
// was confirmed meanwhile.
func (c *crew) deaf(p *parcel) (list []*ear) {
	if p.want != http.StatusCreated {
		return nil
	}
	for _, e := range c.ears {
		if p.to(e.hand.name) && (p.leave || !e.stream) && len(e.times(p.id())) == 0 {
			list = append(list, e)
		}
	}
	return list
}

// to says whether a letter is addressed to somebody of the police, <party>/<id>.
func (l *letter) to(name string) bool {
	for _, r := range l.envelope.Envelope().Recipients {
		if "politie/"+r.Participants[0].ID == name {
			return true
		}
	}
	return false
}

// hearEverything waits until all heard everything, lets what was heard of be confirmed, and gives what was not heard, heard twice, or late.
func (c *crew) hearEverything(t *testing.T) []error {
	t.Helper()
	for _, p := range c.parcels {
		for deadline := now().Add(heardWithin); len(c.deaf(p)) > 0 && now().Before(deadline); {
			time.Sleep(10 * time.Millisecond)
		}
	}
	for _, e := range c.ears {
		e.end()
	}
	for _, h := range c.hands {
		h.end()
	}
	wrong, delays := c.heard()
	if len(delays) == 0 {
		return append(wrong, fmt.Errorf("nobody heard of anything"))
	}
	t.Logf("heard %d times, after the sender's answer: half within %v, 99 of 100 within %v, all within %v", len(delays),
		part(delays, 50).Round(time.Millisecond), part(delays, 99).Round(time.Millisecond), part(delays, 100).Round(time.Millisecond))
	return wrong
}

// heard gives what was not heard, heard twice, or late; and how long each hearing came after the sender's answer, in order.
func (c *crew) heard() (wrong []error, delays []time.Duration) {
	for _, p := range c.parcels {
		if n := len(c.deaf(p)); n > 0 {
			wrong = append(wrong, fmt.Errorf("%d did not hear of letter %s", n, p.id()))
		}
		for _, e := range c.ears {
			for i, at := range e.times(p.id()) {
				if i > 0 {
					wrong = append(wrong, fmt.Errorf("letter %s was told twice to one listener", p.id()))
				}
				delay := at.Sub(p.answered)
				if delay > heardWithin {
					wrong = append(wrong, fmt.Errorf("letter %s was heard of %v after its sender had his answer", p.id(), delay))
				}
				delays = append(delays, delay)
			}
		}
	}
	slices.Sort(delays)
	return wrong, delays
}

// part gives what a part of 100 stays within.
func part(sorted []time.Duration, of100 int) time.Duration {
	return sorted[max(0, len(sorted)*of100/100-1)]
}

// withdraw has a party withdraw, and remembers where in the log that is.
func (c *crew) withdraw(t *testing.T, s *served) {
	t.Helper()
	c.withdrawing.Store(true) // from here on, a refusal may be because of it
	record, err := c.judge.prove(s.withdraw(t).body)
	must(t, err)
	c.withdrawn = record.Nr
}

// afterWithdrawal gives what is wrong about when the withdrawal took effect, by the records of the log.
func (c *crew) afterWithdrawal(t *testing.T, s *served) error {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	var before, after int
	must(t, k.db.QueryRowContext(t.Context(), k.accepted, c.withdrawn).Scan(&before, &after))
	t.Logf("%d letters accepted before the withdrawal", before)
	if before == 0 || c.withdrawn == 0 {
		return fmt.Errorf("nothing was accepted before the withdrawal, or it was not recorded")
	}
	if after > 0 {
		return fmt.Errorf("%d letters were accepted after the record of the withdrawal", after)
	}
	return nil
}

// tell says what happened, and fails when it was too little to mean anything.
func (c *crew) tell(t *testing.T, length time.Duration) {
	t.Helper()
	var accepted, again, refused, late, confirmed int
	for _, p := range c.parcels {
		confirmed += len(p.confirmations)
		if p.attempts > 1 {
			again++
		}
		switch {
		case p.want == http.StatusCreated:
			accepted++
		case p.want == http.StatusForbidden && len(p.envelope.Envelope().Categories) == 2:
			late++
		default:
			refused++
		}
	}
	t.Logf("in %v %d letters accepted (%.0f/s), %d refused by the rules, %d because of the withdrawal, %d sent more than once; %d confirmations",
		length, accepted, float64(accepted)/length.Seconds(), refused, late, again, confirmed)
	if accepted < int(length/time.Second) || again == 0 || late == 0 || refused == 0 || confirmed == 0 {
		t.Error("too little happened for this to mean anything")
	}
}
