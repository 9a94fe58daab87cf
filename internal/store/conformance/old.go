package conformance

import (
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Years that lie between what is old and now. A store may have a clock of its own that nobody can move, so what is to be at the end of its
// term was made in the past.
const (
	longAgo  = 6 * 365 * 24 * time.Hour
	fiveYear = "P5Y"
)

// inThePast does what it is given some time ago, by the clock of the log, and then goes on now.
func (h *house) inThePast(do func()) {
	h.t.Helper()
	h.clock = func() time.Time { return time.Now().Add(-longAgo) }
	h.reopen()
	do()
	h.clock = nil
	h.reopen()
}

// old is a message with everything that hangs from it, and the records about it, in order.
type old struct {
	message relay.Stored
	done    audit.Committed // decision, offer, review
	nrs     []int64         // of all its records
}

// deliver keeps a message with a review, lets everybody confirm it and erases its ciphertext, in records that stay for a term.
func (h *house) deliver(keep, caseID string) old {
	h.t.Helper()
	o := h.offer(keep, caseID)
	for i, to := range o.message.Recipients {
		compact := fmt.Sprintf("ontvangen by %s of %s", to.Party, o.message.ID)
		o.add(h.commit(audit.Change{Keep: keep, Records: []tlog.Record{o.record(tlog.Received, &compact)}, Writes: []audit.Write{relay.ConfirmWrite{
			Message: o.message.ID, Party: to.Party, Function: to.Function, From: message.Offered, To: message.Status(message.Received), Kind: message.Received,
			Compact: compact,
		}}}))
		o.message.Recipients[i].Status = message.Status(message.Received)
		o.message.Confirmed = append(o.message.Confirmed, compact)
	}
	o.add(h.commit(audit.Change{Keep: keep, Records: []tlog.Record{o.record(tlog.Erased, nil)},
		Writes: []audit.Write{relay.EraseWrite{Message: o.message.ID, Part: relay.PayloadPart}}}))
	o.message.HasPayload = false
	return o
}

// offer keeps a message on its way.
func (h *house) offer(keep, caseID string) old {
	h.t.Helper()
	m := letter()
	m.Case = caseID
	o := old{message: m}
	c := accepted(m, noise(500))
	c.Keep = keep
	c.Records = []tlog.Record{o.record(tlog.Decided, &m.Envelope), o.record(tlog.Offered, &m.Envelope), o.record(tlog.Review, nil)}
	c.Records[0].Decision = ptr(audit.Allowed)
	c.Writes = append(c.Writes, relay.ReviewWrite{Message: m.ID, Party: school, Cause: relay.CauseUndeclared, RecordIndex: 2, Due: now().Add(-longAgo)})
	o.done = h.commit(c)
	o.add(o.done)
	o.message.Nr, o.message.HasPayload = o.done.Records[1].Nr, true
	return o
}

func (o *old) add(done audit.Committed) {
	for _, r := range done.Records {
		o.nrs = append(o.nrs, r.Nr)
	}
}

func (o *old) record(kind tlog.RecordKind, jws *string) tlog.Record {
	r := tlog.Record{
		Kind: kind, Message: &o.message.ID, Case: &o.message.Case, JWS: jws, Convenant: &tlog.ConvenantRef{ID: "a", Version: 1},
		Sender: &tlog.Actor{Party: string(school), Participant: "vc-1"}, Reasons: []string{"een-reden"},
	}
	for _, to := range o.message.Recipients {
		r.Recipients = append(r.Recipients, tlog.Target{Party: string(to.Party), Function: string(to.Function), Participants: to.People})
	}
	return r
}

// prune commits the pruning of records.
func (h *house) prune(nrs ...int64) error {
	return h.keep(tlog.Pruned, relay.PruneWrite{Records: nrs})
}

// due gives the nrs of what may go now.
func (h *house) due() []int64 {
	h.t.Helper()
	list, err := h.Due(h.ctx, time.Now(), 1000)
	h.must(err)
	nrs := make([]int64, len(list))
	for i, d := range list {
		nrs[i] = d.Nr
	}
	return nrs
}

// canonical gives what was committed, as the store should give it.
func (h *house) canonical(records []tlog.Record) []string {
	h.t.Helper()
	list := make([]string, len(records))
	for i, r := range records {
		b, err := r.Canonical()
		h.must(err)
		list[i] = string(b)
	}
	return list
}
