package audit

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/sluis-gateway/sluis/internal/term"
	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// request is a change on its way through the writer.
type request struct {
	change   Change
	state    atomic.Int32
	answered chan struct{} // closed by the writer; err and entries are read after that only

	err     error
	entries []entry
	keep    term.Period
	grown   *growth // of the batch: the tree that the receipts are proofs in

	registry int64 // see Committed.Registry
}

// entry is a record as it stands in the log.
type entry struct {
	draft     trail.Draft
	record    trail.Record
	canonical []byte
	parties   []string
	keepUntil time.Time
}

const (
	waiting   int32 = iota
	taken           // by the writer: too late to go away unnoticed
	abandoned       // by its caller: the writer passes it by
)

// newRequest completes what does not depend on the place in the log. It works in the caller's goroutine, to spare the writer.
func newRequest(ctx context.Context, c Change) (*request, error) {
	if len(c.Records) == 0 {
		return nil, ErrNoRecord
	}
	var keep term.Period
	if c.Keep != "" {
		var err error
		if keep, err = term.ParsePeriod(c.Keep); err != nil {
			return nil, fmt.Errorf("reading how long records stay: %w", err)
		}
	}
	trace, span := Trace(ctx)
	if trace == "" {
		trace = hex.EncodeToString(random(16))
	}
	if span == "" {
		span = hex.EncodeToString(random(8))
	}
	entries := make([]entry, len(c.Records))
	for i, r := range c.Records {
		if r.TraceID == "" {
			r.TraceID = trace
		}
		if r.SpanID == "" {
			r.SpanID = span
		}
		r.Salt = base64.RawURLEncoding.EncodeToString(random(trail.SaltLength))
		draft, err := trail.NewDraft(r)
		if err != nil {
			return nil, err
		}
		entries[i] = entry{draft: draft, parties: readers(r, c.Records)}
	}
	return &request{change: c, keep: keep, entries: entries, answered: make(chan struct{})}, nil
}

// random never fails: crypto/rand ends the process when the system has no randomness.
func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	return b
}

// readers gives the OINs of the parties that are part of a record: who did it and whom it was for. "A denied attempt is
// visible to the sender's party only" (WIRE, "Trail"): where one decision of a change is a refusal, nothing was sent, and all
// its decisions are the sender's alone. By which rules Sluis decides, and what it lost, is for every party, also for one that joins later.
func readers(r trail.Record, all []trail.Record) []string {
	if r.Kind == trail.PolicyKept || r.Kind == trail.LossAdmitted {
		return []string{Everyone}
	}
	var parties []string
	if r.Sender != nil && r.Sender.Party != "" {
		parties = append(parties, r.Sender.Party)
	}
	if r.Kind != trail.Decided || !slices.ContainsFunc(all, refused) {
		for _, t := range r.Recipients {
			if t.Party != "" {
				parties = append(parties, t.Party)
			}
		}
	}
	slices.Sort(parties)
	return slices.Compact(parties)
}

// Everyone stands for all parties as the reader of a record; it is no OIN.
const Everyone = "*"

func refused(r trail.Record) bool {
	return r.Kind == trail.Decided && (r.Decision == nil || *r.Decision != Allowed)
}

// Allowed is `besluit` of a decision that lets a message pass; everything else is a refusal.
const Allowed = "toegestaan"

// number gives the records their place and time, and with them the bytes that are hashed. When a transaction is tried again, it gives them
// anew.
func (r *request) number(first int64, now time.Time) (err error) {
	for i := range r.entries {
		e := &r.entries[i]
		if e.record, e.canonical, err = e.draft.At(first+int64(i), now); err != nil {
			return err
		}
		if !r.keep.IsZero() {
			e.keepUntil = r.keep.Until(now)
		}
	}
	return nil
}

func (r *request) take() bool    { return r.state.CompareAndSwap(waiting, taken) }
func (r *request) abandon() bool { return r.state.CompareAndSwap(waiting, abandoned) }

func (r *request) isAnswered() bool {
	select {
	case <-r.answered:
		return true
	default:
		return false
	}
}

func (r *request) answer(err error) {
	r.err = err
	close(r.answered)
}

// committed is what the caller is told.
func (r *request) committed() Committed {
	c := Committed{Registry: r.registry, entries: r.entries, grown: r.grown, Records: make([]trail.Record, len(r.entries))}
	for i, e := range r.entries {
		c.Records[i] = e.record
	}
	return c
}
