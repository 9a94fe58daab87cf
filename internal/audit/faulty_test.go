package audit_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// faulty is a store of which one step fails: not done at all, or done and then said to have failed.
type faulty struct {
	audit.Store
	mu        sync.Mutex
	steps     int // until the fault; 0: no fault
	persisted bool
	only      string // count only steps of this name; "" for all
	blind     bool   // after a fault while committing, the head cannot be read once
	failed    string // the step that failed
}

var errFault = errors.New("injected fault")

// arm lets the nth step from now on fail.
func (f *faulty) arm(n int, persisted bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.steps, f.persisted, f.blind, f.only, f.failed = n, persisted, false, "", ""
}

// armOnly lets the next step of a name fail.
func (f *faulty) armOnly(name string, persisted bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.steps, f.persisted, f.blind, f.only, f.failed = 1, persisted, false, name, ""
}

// armBlind lets the next commit fail, and the look at the head after it.
func (f *faulty) armBlind(persisted bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.steps, f.persisted, f.blind, f.only, f.failed = 1, persisted, true, "commit", ""
}

// step does something that may be the one to fail.
func (f *faulty) step(name string, do func() error) error {
	f.mu.Lock()
	counts := f.steps > 0 && (f.only == "" || f.only == name)
	fails := counts && f.steps == 1
	if counts {
		f.steps--
	}
	if fails {
		f.failed = name
	}
	persisted := f.persisted
	f.mu.Unlock()
	if !fails {
		return do()
	}
	if persisted {
		if err := do(); err != nil {
			return err
		}
	}
	return fmt.Errorf("%s: %w", name, errFault)
}

// isBlind is true once, at the look at the head after a fault while committing.
func (f *faulty) isBlind() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	blind := f.blind && f.failed == "commit"
	if blind {
		f.blind = false
	}
	return blind
}

func (f *faulty) Update(ctx context.Context, fn func(audit.Tx) error) error {
	if f.isBlind() {
		return errFault
	}
	if err := f.step("begin", func() error { return nil }); err != nil {
		return err
	}
	var committing error // when the commit fails without being done
	err := f.Store.Update(ctx, func(tx audit.Tx) error {
		if err := fn(faultyTx{tx, f}); err != nil {
			return err
		}
		if !f.persisted {
			committing = f.step("commit", func() error { return nil })
		}
		return committing
	})
	if err == nil && f.persisted {
		return f.step("commit", func() error { return nil })
	}
	return err
}

type faultyTx struct {
	audit.Tx
	f *faulty
}

func (t faultyTx) Head() (h audit.Head, err error) {
	err = t.f.step("head", func() (err error) { h, err = t.Tx.Head(); return err })
	return h, err
}

func (t faultyTx) Hashes(ix []int64) (hashes []tlog.Hash, err error) {
	err = t.f.step("hashes", func() (err error) { hashes, err = t.Tx.Hashes(ix); return err })
	return hashes, err
}

// Savepoint fails as a store does whose disk failed: the transaction is lost.
func (t faultyTx) Savepoint(fn func() error) error {
	err := t.f.step("savepoint", func() error { return t.Tx.Savepoint(fn) })
	if errors.Is(err, errFault) && t.f.failed == "savepoint" {
		return fmt.Errorf("%w: %w", audit.ErrAborted, err)
	}
	return err
}

func (t faultyTx) Apply(w audit.Write, first int64) error {
	return t.f.step("apply", func() error { return t.Tx.Apply(w, first) })
}

func (t faultyTx) AppendRecord(r tlog.Record, canonical []byte, parties []string, until time.Time) error {
	return t.f.step("append record", func() error { return t.Tx.AppendRecord(r, canonical, parties, until) })
}

func (t faultyTx) AppendHashes(first int64, hashes []tlog.Hash) error {
	return t.f.step("append hashes", func() error { return t.Tx.AppendHashes(first, hashes) })
}

func (t faultyTx) SetHead(h audit.Head) error {
	return t.f.step("set head", func() error { return t.Tx.SetHead(h) })
}
