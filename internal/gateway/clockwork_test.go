package gateway

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// newLog makes a log of its own on a new store.
func newLog(t *testing.T, o audit.Options) (*sqlite.Store, *audit.Sequencer) {
	t.Helper()
	store, err := sqlite.Open(t.Context(), t.TempDir()+"/"+sqlite.FileName)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	o.Origin = "localhost/log"
	names, err := namesOf(t.TempDir()+"/log.key", o.Origin, audit.Head{})
	if err != nil {
		t.Fatal(err)
	}
	if o.Signer, err = names.signer(1); err != nil {
		t.Fatal(err)
	}
	log, err := audit.NewSequencer(t.Context(), store, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { log.Close() })
	return store, log
}

// TestRefusedCallsAreOneRecord, and none is lost when it cannot be made.
func TestRefusedCallsAreOneRecord(t *testing.T) {
	store, log := newLog(t, audit.Options{})
	g := &Gateway{store: store, log: log}
	if err := g.recordRefused(t.Context()); err != nil {
		t.Fatal(err)
	}
	g.refused.Store(7)
	for range 2 {
		if err := g.recordRefused(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	canonical, err := store.Record(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	record, err := tlog.ParseRecord(canonical)
	if err != nil || record.Kind != tlog.Refused || string(record.Facts) != `{"aantal":7}` || record.Sender != nil {
		t.Errorf("record: %+v, %v", record, err)
	}
	if head, err := store.Head(t.Context()); err != nil || head.Size != 1 {
		t.Errorf("%d records, %v", head.Size, err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	g.refused.Store(3)
	if err := g.recordRefused(context.Background()); err == nil || g.refused.Load() != 3 {
		t.Errorf("with a closed log: %v, %d left", err, g.refused.Load())
	}
}

// TestNothingIsDestroyedByAClockThatLeaps: a day key that is destroyed a day too early keeps the gateway from taking anything in.
func TestNothingIsDestroyedByAClockThatLeaps(t *testing.T) {
	now := time.Now().Round(0)
	store, log := newLog(t, audit.Options{Now: func() time.Time { return now }, Passed: func() time.Duration { return 0 }})
	done := 0
	job := (&Gateway{store: store, log: log}).believing(func(context.Context) error { done++; return nil })
	now = now.Add(48 * time.Hour)
	if err := job(t.Context()); !errors.Is(err, audit.ErrLeap) || done != 0 {
		t.Errorf("under a clock that leapt: done %d times, %v", done, err)
	}
	now = now.Add(-48 * time.Hour)
	if err := job(t.Context()); err != nil || done != 1 {
		t.Errorf("after it was put right: done %d times, %v", done, err)
	}
}

// TestEveryRunsAtOnce: what a crash left to do is not left for another minute.
func TestEveryRunsAtOnce(t *testing.T) {
	g := &Gateway{}
	ctx, stop := context.WithCancel(t.Context())
	ran := make(chan struct{}, 1)
	g.every(ctx, "a job", func(context.Context) error { ran <- struct{}{}; return nil })
	select {
	case <-ran:
	case <-time.After(time.Minute):
		t.Error("the job did not run")
	}
	stop()
	g.running.Wait()
}
