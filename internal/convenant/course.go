package convenant

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/term"
)

// course is when a version had everything that it takes to be in force, whatever newer versions did.
type course struct {
	members map[party.OIN]int         // place among the parties
	words   map[party.OIN][]Signature // that count, in order of arrival
	agreed  map[party.OIN][]span      // when each party's last word was akkoord, within the term
	all     []span                    // when that was so of all members
	latest  time.Time                 // the last arrival: a moment that has been, whatever a clock says now
}

// span is the time from a moment up to another; it has no end when until is zero.
type span struct{ from, until time.Time }

func (s Standing) course() *course {
	if s.known != nil {
		return s.known
	}
	return s.newCourse()
}

func (s Standing) newCourse() *course {
	c := &course{members: map[party.OIN]int{}, words: map[party.OIN][]Signature{}, agreed: map[party.OIN][]span{}}
	if s.Convenant == nil {
		return c
	}
	for i, m := range s.Convenant.Parties {
		c.members[m.OIN] = i
	}
	s.known = c // s is a copy; what follows looks up in what is there already
	for _, sig := range s.Signatures {
		if s.counts(sig) {
			c.words[sig.Party] = append(c.words[sig.Party], sig)
		}
	}
	var days []span
	if from, until, ok := termOf(s.Convenant.Valid); ok {
		days = []span{{from, until}}
	}
	c.all = days
	for _, m := range s.Convenant.Parties {
		c.agreed[m.OIN] = overlap(days, s.agreedSpans(m.OIN))
		c.all = overlap(c.all, c.agreed[m.OIN])
	}
	for _, sig := range s.Signatures {
		c.latest = later(c.latest, sig.arrival())
	}
	return c
}

// agreedSpans gives when the last word of a party was akkoord: from the time that it signed, and not before it came in, until a no
// came in. What came in later did not come in earlier, whatever a clock wrote.
func (s Standing) agreedSpans(oin party.OIN) []span {
	var spans []span
	var came time.Time
	var open *span
	s.words(oin, func(sig Signature) {
		came = later(came, sig.arrival())
		switch from := later(came, sig.Time); {
		case sig.Verdict == Agreed && open == nil:
			open = &span{from: from}
		case sig.Verdict == Agreed:
			open.from = sooner(open.from, from)
		case open != nil:
			open.until = came
			spans = append(spans, *open)
			open = nil
		}
	})
	if open != nil {
		spans = append(spans, *open)
	}
	return spans
}

// since gives the first moment at which the version was in force for these parties, as far as it is known now.
func (s Standing) since(parties []party.OIN) (time.Time, bool) {
	c := s.course()
	spans := c.all
	if s.Convenant.PerParty {
		if len(parties) == 0 {
			return time.Time{}, false
		}
		spans = c.agreed[parties[0]]
		for _, oin := range parties[1:] {
			spans = overlap(spans, c.agreed[oin])
		}
	}
	var first time.Time
	for i, one := range spans {
		if i == 0 || one.from.Before(first) {
			first = one.from
		}
	}
	return first, len(spans) > 0
}

// overlap gives when both are the case.
func overlap(a, b []span) []span {
	var both []span
	for _, x := range a {
		for _, y := range b {
			one := span{later(x.from, y.from), sooner(x.until, y.until)}
			if one.until.IsZero() || one.from.Before(one.until) {
				both = append(both, one)
			}
		}
	}
	return both
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

// sooner gives the first of two moments; zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// termOf gives the moments between which the days of a term lie: from the first, before the second.
func termOf(v party.Validity) (from, until time.Time, ok bool) {
	from, err := time.ParseInLocation(time.DateOnly, v.From, term.Zone)
	if err != nil {
		return from, until, false
	}
	last, err := time.ParseInLocation(time.DateOnly, v.Until, term.Zone)
	return from, last.AddDate(0, 0, 1), err == nil
}
