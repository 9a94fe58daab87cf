package audit_test

import (
	"context"

	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

const origin = "sluis.example/log"

func ptr[T any](v T) *T { return &v }

// clock is a clock that a test can set.
type clock struct {
	mu sync.Mutex
	t  time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// house is a real store in a folder of its own, the key of its log, and a clock.
type house struct {
	t        testing.TB
	dir      string
	secret   string // of the log's key
	store    *sqlite.Store
	signer   note.Signer
	verifier note.Verifier
	clock    *clock
	cards    int // that grow committed
}

func newHouse(t testing.TB) *house {
	t.Helper()
	secret, _, err := tlog.GenerateKey(origin)
	h := &house{t: t, dir: t.TempDir(), clock: &clock{t: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)}}
	h.must(err)
	h.secret = secret
	h.signer, err = tlog.ParseSigner(secret)
	h.must(err)
	h.verifier, err = tlog.VerifierOf(secret)
	h.must(err)
	h.store, err = sqlite.Open(context.Background(), filepath.Join(h.dir, sqlite.FileName))
	h.must(err)
	t.Cleanup(func() { h.must(h.store.Close()) })
	return h
}

// sequencer starts one before a store, which is the house's own or a wrapper around it.
func (h *house) sequencer(store audit.Store, change ...func(*audit.Options)) *audit.Sequencer {
	h.t.Helper()
	o := audit.Options{Origin: origin, Signer: h.signer, Now: h.clock.now}
	for _, f := range change {
		f(&o)
	}
	s, err := audit.NewSequencer(context.Background(), store, o)
	h.must(err)
	h.t.Cleanup(func() { h.must(s.Close()) })
	return s
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// sound checks the whole trail with code that shares nothing with the writer's, and gives its number of records.
func (h *house) sound() int64 {
	h.t.Helper()
	report, err := trailcheck.Verify(context.Background(), h.dir, h.verifier)
	h.must(err)
	return report.Records
}

// card is a change that keeps a card and records it; two with the same id conflict.
func card(id string) audit.Change {
	w := party.CardWrite{OIN: "00000099000000030000", ID: id, Version: 1, Digest: digest.Of([]byte(id)).String(), Compact: id}
	return audit.Change{
		Records: []tlog.Record{{Kind: tlog.CardKept, JWS: ptr(digest.Of([]byte(id)).String()), Purpose: ptr(id)}},
		Writes:  []audit.Write{w},
	}
}

// all commits many changes at once and gives their outcomes.
func all(s *audit.Sequencer, changes ...audit.Change) ([]audit.Committed, []error) {
	done, errs := make([]audit.Committed, len(changes)), make([]error, len(changes))
	var group sync.WaitGroup
	for i, c := range changes {
		group.Go(func() { done[i], errs[i] = s.Commit(context.Background(), c) })
	}
	group.Wait()
	return done, errs
}
