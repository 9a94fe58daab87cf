package registry_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

const origin = "sluis.test/log"

// setting is a registry on a real store and log.
type setting struct {
	*registrytest.Region
	now      time.Time
	path     string
	secret   string
	store    *sqlite.Store
	log      *audit.Sequencer
	registry *registry.Registry
}

func newSetting(t testing.TB) *setting {
	t.Helper()
	s := &setting{Region: registrytest.New(t), now: time.Now().Truncate(time.Second), path: filepath.Join(t.TempDir(), "d", sqlite.FileName)}
	var err error
	s.secret, _, err = tlog.GenerateKey(origin)
	must(t, err)
	s.open(t)
	t.Cleanup(func() { s.close(t) })
	return s
}

func (s *setting) clock() time.Time { return s.now }

func (s *setting) open(t testing.TB) {
	t.Helper()
	must(t, s.start(t.Context()))
}

func (s *setting) start(ctx context.Context) (err error) {
	if s.store, err = sqlite.Open(ctx, s.path); err != nil {
		return err
	}
	if err = s.startLog(ctx, nil); err != nil {
		return err
	}
	s.registry, err = registry.New(ctx, s.store, s.log, s.Anchors, s.clock)
	return err
}

// startLog starts the sequencer, with a clock beside that on the wall; nil: without.
func (s *setting) startLog(ctx context.Context, passed func() time.Duration) error {
	signer, err := tlog.ParseSigner(s.secret)
	if err != nil {
		return err
	}
	s.log, err = audit.NewSequencer(ctx, s.store, audit.Options{Origin: origin, Signer: signer, Now: s.clock, Passed: passed})
	return err
}

func (s *setting) close(t testing.TB) {
	t.Helper()
	must(t, errors.Join(s.log.Close(), s.store.Close()))
}

// size is how many records the trail has.
func (s *setting) size(t *testing.T) int64 {
	t.Helper()
	head, err := s.store.Head(t.Context())
	must(t, err)
	return head.Size
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantErr(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("error is %v, want %v", err, want)
	}
}

// wantFault wants a fault.List that names a place.
func wantFault(t *testing.T, err error, place string) {
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
