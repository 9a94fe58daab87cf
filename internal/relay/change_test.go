package relay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// during gives an upload during which something happens.
func (l *letter) during(happens func()) relay.Upload {
	up := l.upload()
	up.Payload = func() (io.Reader, error) {
		happens()
		return bytes.NewReader(l.payload), nil
	}
	return up
}

// renew gives somebody a new key, by a new card.
func (s *setting) renew(t *testing.T, of, id string) *registrytest.Person {
	t.Helper()
	p := s.Parties[of]
	who := p.Person(id)
	next := *who
	next.Key = registrytest.Key(t)
	next.Card.Key = &next.Key.PublicKey
	next.Card.Version++
	_, err := s.registry.PublishCard(t.Context(), p.OIN, p.SignPerson(t, &next))
	must(t, err)
	return &next
}

// TestKeysThatChangeDuringTheUpload: who replaced a key because somebody else has it, counts on it from that moment on.
func TestKeysThatChangeDuringTheUpload(t *testing.T) {
	s := newSetting(t)
	l, size := s.letter(t).sign(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.during(func() { s.renew(t, "school", "vc-1") }))
	wantErr(t, err, relay.ErrSender)
	s.unchanged(t, size+1, l.envelope.ID) // the card

	s = newSetting(t)
	l, size = s.letter(t).sign(t), s.size(t)
	_, err = s.relay.Accept(t.Context(), l.caller, l.during(func() { s.renew(t, "politie", "wa-7") }))
	var old *relay.OutdatedCard
	if !errors.As(err, &old) || old.Version != 2 {
		t.Errorf("error is %v, want that the card has moved on to version 2", err)
	}
	s.unchanged(t, size+1, l.envelope.ID)
}

// after is the sequencer, with something that happens between what is in the log and what its caller knows of it.
type after struct {
	registry.Committer
	happens func()
}

func (a *after) Commit(ctx context.Context, c audit.Change) (audit.Committed, error) {
	done, err := a.Committer.Commit(ctx, c)
	if a.happens != nil {
		a.happens()
	}
	return done, err
}

// TestNothingIsAcceptedAfterAWithdrawal: not in the moment either in which the withdrawal is in the log and not yet in force.
func TestNothingIsAcceptedAfterAWithdrawal(t *testing.T) {
	s := newSetting(t)
	log := &after{Committer: s.log}
	r, err := registry.New(t.Context(), s.store, log, s.Anchors, s.now)
	must(t, err)
	it := relay.New(relay.Options{
		Store: s.store, Log: s.log, Policy: func() relay.Decider { return s.policy }, Registry: r.Snapshot, CatchUp: r.CatchUp, Keys: s.keys, Waker: s.hub, Now: s.now,
	})
	l, size := s.letter(t).sign(t), s.size(t)
	told := make(chan error, 1)
	log.happens = func() {
		go func() {
			_, err := it.Accept(t.Context(), l.caller, l.upload())
			told <- err
		}()
		select {
		case err := <-told:
			t.Errorf("answered before the withdrawal was in force: %v", err)
			told <- err
		case <-time.After(300 * time.Millisecond):
		}
	}
	st := r.Snapshot().Convenants()[0]
	school := s.Parties["school"]
	_, err = r.PublishSignature(t.Context(), school.OIN, school.SignConvenant(t, st.Convenant, convenant.Withdrawn, s.now()))
	must(t, err)
	var denied *relay.Denied
	if err := <-told; !errors.As(err, &denied) {
		t.Errorf("error is %v, want a denial", err)
	}
	s.unchanged(t, size+3, l.envelope.ID) // the withdrawal, that the convenant is over, and the denial
}
