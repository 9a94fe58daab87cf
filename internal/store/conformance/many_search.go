package conformance

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// page is what the API asks the store for: a page, and one more to know whether there is another.
const page = 101

// searchMany asks what is hard to answer in a long log, and easy with the right index. want is how many records there must be; -1: some.
func (h *house) searchMany(head audit.Head, judge bool) {
	h.t.Helper()
	school, officer := schoolOf(0), func(id string) string { return audit.Participant(string(police), id) }
	from, to := h.momentOf(head.Size*2/5), h.momentOf(head.Size*3/5)
	for _, c := range []struct {
		name string
		q    audit.Query
		want int
	}{
		{"newest of a party with nearly all", audit.Query{Party: string(police)}, page},
		{"newest of a small party", audit.Query{Party: school}, -1},
		{"of a party with nothing", audit.Query{Party: "nobody"}, 0},
		{"a case", audit.Query{Party: string(police), Case: caseOf(0)}, -1},
		{"a large case", audit.Query{Party: string(police), Case: caseOf(100)}, page},
		{"a large case, and somebody who is not in it", audit.Query{Party: string(police), Case: caseOf(100), Participant: officer(rarePerson)}, 0},
		{"a case of others", audit.Query{Party: "nobody", Case: caseOf(0)}, 0},
		{"a participant with many", audit.Query{Party: string(police), Participant: officer(commonPerson)}, -1},
		{"a participant with one record, of the first", audit.Query{Party: string(police), Participant: officer(rarePerson)}, 1},
		{"a participant of another party", audit.Query{Party: school, Participant: officer("wa-0")}, -1},
		{"a participant who is not there", audit.Query{Party: string(police), Participant: officer("wa-none")}, 0},
		{"a reason that is common", audit.Query{Party: string(police), Reason: commonReason}, -1},
		{"a reason that came three times, long ago", audit.Query{Party: string(police), Reason: rareReason}, 3},
		{"a common reason, a rare participant", audit.Query{Party: string(police), Reason: commonReason, Participant: officer(rarePerson)}, 1},
		{"a rare reason, a common participant", audit.Query{Party: string(police), Reason: rareReason, Participant: officer(commonPerson)}, 0},
		{"a reason that is only for others", audit.Query{Party: school, Reason: rareReason}, 0},
		{"a common kind", audit.Query{Party: string(police), Kind: tlog.Offered}, page},
		{"a kind that came once, long ago", audit.Query{Party: string(police), Kind: tlog.Review}, 1},
		{"a rare kind, a common participant", audit.Query{Party: string(police), Kind: tlog.Review, Participant: officer(commonPerson)}, 1},
		{"a kind that never has a reason", audit.Query{Party: string(police), Kind: tlog.Offered, Reason: commonReason}, 0},
		{"a period in the middle", audit.Query{Party: string(police), From: from, To: to}, page},
		{"a period in the middle, a common reason", audit.Query{Party: string(police), From: from, To: to, Reason: commonReason}, -1},
		{"a period in the middle, a rare participant", audit.Query{Party: string(police), From: from, To: to, Participant: officer(rarePerson)}, 0},
		{"a period without records", audit.Query{Party: string(police), From: to.Add(time.Hour)}, 0},
		{"all at once", audit.Query{Party: string(police), Case: caseOf(201), Participant: officer(rarePerson), Reason: commonReason, Kind: tlog.Decided, To: from}, 1},
	} {
		c.q.Limit = page
		found := 0
		took := h.measure(7, func(int) {
			records, err := h.Search(h.ctx, c.q)
			h.must(err)
			found = len(records)
		})
		h.t.Logf("%-48s %4d found in %5.1f ms (slowest %.1f)", c.name, found, millis(took[3]), millis(took[6]))
		if c.want >= 0 && found != c.want || c.want < 0 && found == 0 {
			h.t.Errorf("%s: found %d, want %d", c.name, found, c.want)
		}
		if judge && took[0] > 50*time.Millisecond { // the fastest: the machine may be busy with something else
			h.t.Errorf("%s: takes %v", c.name, took[0])
		}
	}
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// momentOf gives the time of a record.
func (h *house) momentOf(nr int64) time.Time {
	h.t.Helper()
	canonical, err := h.Record(h.ctx, nr)
	h.must(err)
	r, err := tlog.ParseRecord(canonical)
	h.must(err)
	at, err := time.Parse(tlog.TimeLayout, r.Time)
	h.must(err)
	return at
}
