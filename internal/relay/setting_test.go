package relay_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

const origin = "sluis.test/log"

// setting is a relay between the parties of the example convenant: real store, log, rules, keys. What a test lets fail is a thin
// layer around the real thing.
type setting struct {
	*registrytest.Region
	clock    atomic.Int64 // unix seconds
	leapt    atomic.Int64 // seconds of it that did not pass
	dir      string
	store    conformance.Store
	another  func() conformance.Store // the store as another process has it open
	log      *failingLog
	policy   *failingPolicy
	rules    relay.Decider // that decide; nil: policy
	keys     *daykey.Folder
	registry *registry.Registry
	relay    *relay.Relay
	hub      *notify.Hub
	logKey   note.Verifier
	signer   note.Signer
	verifier func(tlog.Receipt) (tlog.Record, error)
}

// failingLog is the sequencer, with something that happens before a commit.
type failingLog struct {
	relay.Log
	before func(audit.Change) error
}

func (l *failingLog) Commit(ctx context.Context, c audit.Change) (audit.Committed, error) {
	if l.before != nil {
		if err := l.before(c); err != nil {
			return audit.Committed{}, err
		}
	}
	return l.Log.Commit(ctx, c)
}

// failingPolicy is the engine, with something that happens to its answer.
type failingPolicy struct {
	*policy.Engine
	after func(policy.Decision) (policy.Decision, error)
}

func (p *failingPolicy) Decide(ctx context.Context, f policy.Facts) (policy.Decision, error) {
	d, err := p.Engine.Decide(ctx, f)
	if err == nil && p.after != nil {
		return p.after(d)
	}
	return d, err
}

func newSetting(t testing.TB) *setting { return newSettingOn(t, engines["sqlite"]) }

func newSettingOn(t testing.TB, open engine) *setting {
	t.Helper()
	s := &setting{Region: registrytest.New(t), dir: t.TempDir(), hub: &notify.Hub{}}
	s.set(time.Now())
	ctx := t.Context()
	s.another = open(t, s.dir)
	s.store = s.another()
	secret, _, err := tlog.GenerateKey(origin)
	must(t, err)
	s.signer, err = tlog.ParseSigner(secret)
	must(t, err)
	s.logKey, err = tlog.VerifierOf(secret)
	must(t, err)
	s.verifier = func(r tlog.Receipt) (tlog.Record, error) { return tlog.VerifyReceipt(r, origin, s.logKey) }
	log, err := audit.NewSequencer(ctx, s.store, audit.Options{Origin: origin, Signer: s.signer, Now: s.now, Passed: s.passed})
	must(t, err)
	t.Cleanup(func() { must(t, log.Close()) })
	s.log = &failingLog{Log: log}
	engine, err := policy.New(ctx, policies.FS, vocabulary.Default())
	must(t, err)
	s.policy = &failingPolicy{Engine: engine}
	s.keys, err = daykey.Open(filepath.Join(s.dir, daykey.FolderName))
	must(t, err)
	s.registry, err = registry.New(ctx, s.store, log, s.Anchors, s.now)
	must(t, err)
	s.Publish(t, s.registry, s.now())
	s.relay = s.relayOn(s.store)
	return s
}

// relayOn makes a relay on a store, which is the setting's own or a layer around it.
func (s *setting) relayOn(store relay.Store) *relay.Relay {
	return relay.New(relay.Options{
		Store: store, Log: s.log, Policy: s.decider, Registry: s.registry.Snapshot, CatchUp: s.registry.CatchUp, Keys: s.keys, Waker: s.hub, Now: s.now,
	})
}

func (s *setting) decider() relay.Decider {
	if s.rules != nil {
		return s.rules
	}
	return s.policy
}

func (s *setting) now() time.Time       { return time.Unix(s.clock.Load(), 0) }
func (s *setting) set(t time.Time)      { s.clock.Store(t.Unix()) }
func (s *setting) pass(d time.Duration) { s.set(s.now().Add(d)) }

// leap sets the clock on the wall ahead, or back: the other one does not notice.
func (s *setting) leap(d time.Duration) { s.leapt.Add(int64(d / time.Second)); s.pass(d) }

func (s *setting) passed() time.Duration {
	return time.Duration(s.clock.Load()-s.leapt.Load()) * time.Second
}

func (s *setting) today() string { return s.now().UTC().Format(time.DateOnly) }
func (s *setting) size(t testing.TB) int64 {
	t.Helper()
	head, err := s.store.Head(context.Background())
	must(t, err)
	return head.Size
}

// caller gives a participant as auth would.
func (s *setting) caller(t testing.TB, of, id string) auth.Caller {
	t.Helper()
	p := s.Parties[of]
	book := s.registry.Snapshot().Book
	card, ok := book.Party(p.OIN)
	who, ok2 := book.Participant(p.OIN, id)
	if !ok || !ok2 {
		t.Fatalf("no participant %s of %s", id, of)
	}
	return auth.Caller{Party: card, Participant: who, Kid: jose.Thumbprint(who.Participant().Key)}
}

// unchanged wants that nothing was kept since: no record, no message, no ciphertext, staged or not.
func (s *setting) unchanged(t testing.TB, size int64, id string) {
	t.Helper()
	if got := s.size(t); got != size {
		t.Errorf("the trail went from %d to %d records", size, got)
	}
	s.notKept(t, id)
}

// notKept wants that there is no message and no ciphertext of it (a refusal is in the trail all the same).
func (s *setting) notKept(t testing.TB, id string) {
	t.Helper()
	if _, err := s.store.Message(context.Background(), id); !errors.Is(err, relay.ErrNotFound) {
		t.Errorf("looking for a message that was not accepted: %v", err)
	}
	if days, err := s.store.DaysInUse(context.Background()); err != nil || len(days) > 0 {
		t.Errorf("ciphertext is kept: days %v, %v", days, err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v, want %v", err, want)
	}
}

// wantFault wants a fault.List that names a place.
func wantFault(t testing.TB, err error, place string) {
	t.Helper()
	var faults fault.List
	if !errors.As(err, &faults) {
		t.Fatalf("error is %v, want faults", err)
	}
	for _, f := range faults {
		if f.Place == place {
			return
		}
	}
	t.Errorf("faults are %v, none at %s", faults, place)
}
