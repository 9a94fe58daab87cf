package conformance

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// searching asks for every combination of what can be asked, and compares with looking at each record.
func searching(t *testing.T, h *house) {
	cases := []string{uuid.NewString(), uuid.NewString()}
	all := variety(h, cases)
	moments := []time.Time{{}, moment(h, all[len(all)/3]), moment(h, all[len(all)/3]).Add(time.Microsecond), moment(h, all[len(all)*2/3])}
	h.both(func() {
		found := 0
		for _, party := range []string{"B", "nobody"} {
			for _, of := range []string{"", cases[0]} {
				for _, who := range []string{"", audit.Participant("A", "a-1"), audit.Participant("B", "b-1")} {
					for _, reason := range []string{"", "r-1", "r-2"} {
						for _, kind := range []tlog.RecordKind{"", tlog.Decided, tlog.PolicyKept} {
							for i, from := range moments {
								q := audit.Query{Party: party, Case: of, Participant: who, Reason: reason, Kind: kind, From: from, To: moments[(i+2)%4], Limit: 1000}
								found += compare(h, q, all)
							}
						}
					}
				}
			}
		}
		if found < 400 {
			t.Errorf("only %d records found in all: this compares nothing", found)
		}
	})
}

// variety commits records of all sorts, and gives them newest first.
func variety(h *house, cases []string) []tlog.Record {
	var all []tlog.Record
	for i := range 60 {
		from := []string{"A", "B", "C"}[i%3]
		r := tlog.Record{Kind: []tlog.RecordKind{tlog.Decided, tlog.Offered, tlog.Review, tlog.PolicyKept}[i/2%4],
			Sender: &tlog.Actor{Party: from, Participant: []string{"a-1", "b-1", "c-1", ""}[i%4]}}
		if i%5 > 0 {
			r.Recipients = []tlog.Target{{Party: "B", Participants: []string{"b-1", "b-2"}}, {Party: "C"}}
		}
		if i%7 > 3 {
			r.Case = ptr(cases[i%2])
		}
		if i%4 < 2 {
			r.Decision = ptr(audit.Allowed)
		} else {
			r.Reasons = []string{"r-1", "r-2", "r-1"}[:1+i%3]
		}
		done, err := h.log.Commit(h.ctx, audit.Change{Records: []tlog.Record{r}})
		h.must(err)
		all = append([]tlog.Record{done.Records[0]}, all...)
		if i%20 == 10 {
			time.Sleep(2 * time.Millisecond)
		}
	}
	return all
}

// compare searches in pages and holds that against what the laws of the trail say of each record by itself.
func compare(h *house, q audit.Query, all []tlog.Record) (found int) {
	h.t.Helper()
	var want, got []int64
	for _, r := range all {
		if asked(h, q, r) {
			want = append(want, r.Nr)
		}
	}
	for q.Limit = 4; ; {
		page, err := h.Search(h.ctx, q)
		h.must(err)
		for _, canonical := range page {
			r, err := tlog.ParseRecord(canonical)
			h.must(err)
			got, q.Before = append(got, r.Nr), r.Nr
		}
		if len(page) < q.Limit || q.Before == 0 || len(got) > len(all) {
			break
		}
	}
	q.Before = 0
	h.same(fmt.Sprintf("%+v", q), want, got)
	return len(got)
}

// asked says whether a record is one that was asked for, and for whoever asked: "a denied attempt is visible to the sender's party only".
func asked(h *house, q audit.Query, r tlog.Record) bool {
	to := func(yes func(tlog.Target) bool) bool { return slices.ContainsFunc(r.Recipients, yes) }
	refused := r.Kind == tlog.Decided && (r.Decision == nil || *r.Decision != audit.Allowed)
	mine := r.Kind == tlog.PolicyKept || r.Sender.Party == q.Party || !refused && to(func(t tlog.Target) bool { return t.Party == q.Party })
	did := r.Sender.Participant != "" && audit.Participant(r.Sender.Party, r.Sender.Participant) == q.Participant
	addressed := to(func(t tlog.Target) bool {
		return slices.ContainsFunc(t.Participants, func(id string) bool { return audit.Participant(t.Party, id) == q.Participant })
	})
	at := moment(h, r)
	return mine && (q.Case == "" || r.Kind != tlog.PolicyKept && r.Case != nil && *r.Case == q.Case) &&
		(q.Participant == "" || did || addressed) &&
		(q.Reason == "" || slices.Contains(r.Reasons, q.Reason)) &&
		(q.Kind == "" || r.Kind == q.Kind) &&
		(q.From.IsZero() || !at.Before(q.From)) && (q.To.IsZero() || at.Before(q.To))
}

func moment(h *house, r tlog.Record) time.Time {
	at, err := time.Parse(tlog.TimeLayout, r.Time)
	h.must(err)
	return at
}
