package conformance

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// house is a store with a sequencer before it, as in a gateway.
type house struct {
	t    *testing.T
	ctx  context.Context
	open Open
	dir  string

	clock func() time.Time // of the log, from the next start on; nil: that of the machine

	Store
	log      *audit.Sequencer
	signer   note.Signer
	verifier note.Verifier
	sent     atomic.Int64 // messages, by Many
}

const origin = "sluis.example/log"

func newHouse(t *testing.T, open Open) *house {
	t.Helper()
	secret, _, err := tlog.GenerateKey(origin)
	h := &house{t: t, ctx: t.Context(), open: open, dir: t.TempDir()}
	h.must(err)
	h.signer, err = tlog.ParseSigner(secret)
	h.must(err)
	h.verifier, err = tlog.VerifierOf(secret)
	h.must(err)
	h.start()
	t.Cleanup(h.stop)
	return h
}

func (h *house) start() {
	h.t.Helper()
	h.Store = h.open(h.t, h.dir)
	var err error
	h.log, err = audit.NewSequencer(h.ctx, h.Store, audit.Options{Origin: origin, Signer: h.signer, Now: h.clock})
	h.must(err)
}

func (h *house) stop() {
	h.t.Helper()
	h.must(h.log.Close())
	h.must(h.Store.Close())
}

// reopen closes everything and opens it again: what was only in memory is gone.
func (h *house) reopen() {
	h.t.Helper()
	h.stop()
	h.start()
}

// both runs a check now and after reopening.
func (h *house) both(check func()) {
	h.t.Helper()
	check()
	h.reopen()
	check()
}

// commit keeps a change and gives its records' place.
func (h *house) commit(c audit.Change) audit.Committed {
	h.t.Helper()
	done, err := h.log.Commit(h.ctx, c)
	h.must(err)
	return done
}

// receipts are those of all records of a change.
func (h *house) receipts(done audit.Committed) []tlog.Receipt {
	h.t.Helper()
	list := make([]tlog.Receipt, len(done.Records))
	for i := range list {
		var err error
		list[i], err = done.Receipt(i)
		h.must(err)
	}
	return list
}

// keep commits one write with a record of a kind.
func (h *house) keep(kind tlog.RecordKind, w audit.Write) error {
	_, err := h.log.Commit(h.ctx, audit.Change{Records: []tlog.Record{{Kind: kind}}, Writes: []audit.Write{w}})
	return err
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// same compares; an empty list and none are the same.
func (h *house) same(what string, want, got any) {
	h.t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		h.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// now is a moment as a store keeps it: milliseconds, UTC.
func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }

func ptr[T any](v T) *T { return &v }
