package trailcheck_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// A gateway goes on while its trail is checked; what it adds meanwhile is neither missed nor called false.
func TestBesideARunningGateway(t *testing.T) {
	dir := t.TempDir()
	secret, public, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err := tlog.ParseVerifier(public)
	must(t, err)
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: origin, Signer: signer})
	must(t, err)
	if report, err := trailcheck.Verify(t.Context(), dir, verifier); err != nil || report.Records != 0 {
		t.Errorf("an empty trail: %v", err)
	}
	quit, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-quit:
				done <- nil
				return
			default:
			}
			if err := busy(t, log, fmt.Sprint(i)); err != nil {
				done <- err
				return
			}
		}
	}()
	var last int64
	for end := time.Now().Add(time.Second); (time.Now().Before(end) || last == 0) && len(done) == 0; {
		report, err := trailcheck.Verify(t.Context(), dir, verifier)
		must(t, err)
		if report.Records < last {
			t.Errorf("%d records after %d", report.Records, last)
		}
		last = report.Records
	}
	close(quit)
	must(t, <-done)
	must(t, log.Close())
	must(t, store.Close())
	report, err := trailcheck.Verify(t.Context(), dir, verifier)
	must(t, err)
	if last == 0 || report.Held != 0 || report.Messages == 0 {
		t.Errorf("%d records while running; %+v", last, report)
	}
}

// busy keeps a card, and a message that is confirmed and erased at once.
func busy(t *testing.T, log *audit.Sequencer, id string) error {
	from, conf := &tlog.Actor{Party: "A"}, "conf "+id
	_, err := log.Commit(t.Context(), audit.Change{
		Records: []tlog.Record{
			{Kind: tlog.Offered, Message: &id, Sender: from, JWS: &id},
			{Kind: tlog.CardKept, Sender: from, JWS: ptr(digest(id))},
		},
		Writes: []audit.Write{
			party.CardWrite{OIN: "A", ID: id, Version: 1, Digest: digest(id), Compact: id},
			relay.AcceptWrite{Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("x")},
				Message: relay.Stored{ID: id, Envelope: id, Recipients: []relay.RecipientState{{Party: "B", Function: "f", Status: message.Offered}}}},
		},
	})
	if err != nil {
		return err
	}
	_, err = log.Commit(t.Context(), audit.Change{
		Records: []tlog.Record{{Kind: tlog.Received, Message: &id, Sender: from, JWS: &conf}, {Kind: tlog.Erased, Message: &id, Sender: from}},
		Writes: []audit.Write{
			relay.ConfirmWrite{Message: id, Party: "B", Function: "f", From: message.Offered, To: "ontvangen", Kind: message.Received, Compact: conf},
			relay.EraseWrite{Message: id, Part: relay.PayloadPart},
		},
	})
	return err
}
