package relay_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/notify"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// slowLog is a log on a slow disk: its first change stays in its transaction until a second one is handed in, or a while has passed.
type slowLog struct {
	relay.Log
	changes atomic.Int64
	inside  chan struct{} // closed when the first change is in its transaction: too late to take it back
	next    chan struct{} // closed when the second one is handed in
}

func (l *slowLog) Commit(ctx context.Context, c audit.Change) (audit.Committed, error) {
	switch l.changes.Add(1) {
	case 1:
		guard := c.Guard
		c.Guard = func(registry int64) error {
			close(l.inside)
			select {
			case <-l.next:
			case <-time.After(300 * time.Millisecond):
			}
			if guard != nil {
				return guard(registry)
			}
			return nil
		}
	case 2:
		close(l.next)
	}
	return l.Log.Commit(ctx, c)
}

func (s *setting) slowly() *slowLog {
	slow := &slowLog{Log: s.log.Log, inside: make(chan struct{}), next: make(chan struct{})}
	s.log.Log = slow
	return slow
}

// TestWhoHangsUpWhileHisConfirmationIsKept: another recipient who confirms in that moment must see that everybody has it now. Else nobody
// erases, ever.
func TestWhoHangsUpWhileHisConfirmationIsKept(t *testing.T) {
	s := newSetting(t)
	l := s.twoRecipients(t)
	s.send(t, l)
	one, other := s.confirmation(t, l, message.Received, s.police("wa-7")), s.confirmation(t, l, message.Received, s.police("scp-1"))
	wa7, scp1 := s.caller(t, "politie", "wa-7"), s.caller(t, "politie", "scp-1")
	disk := s.slowly()
	ctx, hangUp := context.WithCancel(t.Context())
	var first sync.WaitGroup
	first.Go(func() { _, _, _ = s.relay.Confirm(ctx, wa7, l.envelope.ID, one) })
	<-disk.inside
	hangUp()
	_, _, err := s.relay.Confirm(t.Context(), scp1, l.envelope.ID, other)
	first.Wait()
	must(t, err)
	st, err := s.store.Message(t.Context(), l.envelope.ID)
	must(t, err)
	if len(st.Confirmed) != 2 || st.HasPayload {
		t.Errorf("%d of 2 confirmed, and the payload is held: %v", len(st.Confirmed), st.HasPayload)
	}
}

// TestNobodyWaitsForAStoreThatHangs: a commit that waits for a server, or for its standby, lasts longer than a caller has. He hears in time that
// it is not certain, what was being kept is finished, and the same again is answered with it.
func TestNobodyWaitsForAStoreThatHangs(t *testing.T) {
	for name, call := range map[string]func(*setting, *letter) func(context.Context) (tlog.Receipt, error){
		"a confirmation": func(s *setting, l *letter) func(context.Context) (tlog.Receipt, error) {
			caller, compact := s.caller(t, "politie", "wa-7"), s.confirmation(t, l, message.Received, s.police("wa-7"))
			return func(ctx context.Context) (tlog.Receipt, error) {
				_, receipt, err := s.relay.Confirm(ctx, caller, l.envelope.ID, compact)
				return receipt, err
			}
		},
		"a hold": func(s *setting, l *letter) func(context.Context) (tlog.Receipt, error) {
			officer := s.caller(t, "school", "fg-1")
			return func(ctx context.Context) (tlog.Receipt, error) {
				return s.relay.Hold(ctx, officer, l.envelope.Case, relay.Complaint)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			l := s.letter(t)
			s.send(t, l)
			keep, size := call(s, l), s.size(t)
			ctx, giveUp := context.WithCancel(t.Context())
			hanging, told := make(chan struct{}), make(chan error, 1)
			s.log.before = func(c audit.Change) error { giveUp(); <-hanging; return nil }
			go func() {
				_, err := keep(ctx)
				told <- err
			}()
			select {
			case err := <-told:
				wantErr(t, err, audit.ErrInDoubt)
			case <-time.After(time.Minute):
				t.Error("not told before the store answers")
			}
			close(hanging)
			receipt, err := keep(t.Context())
			must(t, err)
			if kept, err := s.verifier(receipt); err != nil || kept.Nr != size {
				t.Errorf("the receipt of the second time is of record %d, %v; the log held %d", kept.Nr, err, size)
			}
		})
	}
}

// TestMessageOfWhoHangsUp: it is kept, so its recipient hears of it. What is sent again wakes nobody.
func TestMessageOfWhoHangsUp(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t).sign(t)
	woken := s.hub.Wait(string(s.Parties["politie"].OIN))
	disk := s.slowly()
	ctx, hangUp := context.WithCancel(t.Context())
	go func() { <-disk.inside; hangUp() }()
	_, err := s.relay.Accept(ctx, l.caller, l.upload())
	if err != nil && !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	s.send(t, s.letter(t, func(l *letter) { s.from(t, l, "school", "vc-1", "halt", "hm-1") })) // comes after it in the log
	if _, err := s.store.Message(t.Context(), l.envelope.ID); err != nil {
		t.Fatal(err)
	}
	wait, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if !notify.Until(wait, woken) {
		t.Error("the recipient was not woken")
	}
}
