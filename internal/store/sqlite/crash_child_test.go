package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// child accepts messages, small and staged, has them confirmed and erased, and keeps tokens, in many goroutines, until it is killed. It tells
// on its standard output what was committed, one a line, after it was.
func child(dir string) error {
	ctx := context.Background()
	store, err := Open(ctx, filepath.Join(dir, FileName))
	if err != nil {
		return err
	}
	secret, err := os.ReadFile(filepath.Join(dir, "log.key"))
	if err != nil {
		return err
	}
	signer, err := tlog.ParseSigner(string(secret))
	if err != nil {
		return err
	}
	log, err := audit.NewSequencer(ctx, store, audit.Options{Origin: crashOrigin, Signer: signer})
	if err != nil {
		return err
	}
	var mu sync.Mutex
	tell := func(word, id string, nr int64) {
		mu.Lock()
		defer mu.Unlock()
		fmt.Printf("%s %s=%d\n", word, id, nr)
	}
	failed := make(chan error)
	for i := range 6 {
		go func() {
			for {
				if err := live(ctx, store, log, tell, i%2 == 0); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// live is the life of one message.
func live(ctx context.Context, store *Store, log *audit.Sequencer, tell func(string, string, int64), staged bool) error {
	id := uuid.Must(uuid.NewV7()).String()
	if _, err := store.Seen(ctx, "issuer", id, time.Now().Add(time.Hour)); err != nil {
		return err
	}
	tell("seen", id, 0)
	w := relay.AcceptWrite{
		Message: relay.Stored{ID: id, Kind: "signaal", Time: time.Now(), SenderOIN: "A", Envelope: id,
			Recipients: []relay.RecipientState{{Party: "B", Function: "f", Status: message.Offered}}},
		RecordIndex: 1, Day: "2026-11-21",
	}
	if staged {
		w.Staging = id
		for nr := range 3 {
			if err := store.Stage(ctx, id, relay.PayloadPart, nr, make([]byte, 9000)); err != nil {
				return err
			}
		}
	} else {
		w.Inline = map[relay.Part][]byte{relay.PayloadPart: make([]byte, 5000)}
	}
	from, to := &tlog.Actor{Party: "A"}, []tlog.Target{{Party: "B"}}
	allowed, compact := audit.Allowed, "confirmation of "+id
	done, err := log.Commit(ctx, audit.Change{
		Records: []tlog.Record{
			{Kind: tlog.Decided, Message: &id, Sender: from, Recipients: to, Decision: &allowed},
			{Kind: tlog.Offered, Message: &id, Sender: from, Recipients: to, JWS: &id},
		},
		Writes: []audit.Write{w},
	})
	if err != nil {
		return err
	}
	tell("accepted", id, done.Records[1].Nr)
	done, err = log.Commit(ctx, audit.Change{
		Records: []tlog.Record{
			{Kind: tlog.Received, Message: &id, Sender: from, JWS: &compact},
			{Kind: tlog.Erased, Message: &id, Sender: from},
		},
		Writes: []audit.Write{
			relay.ConfirmWrite{Message: id, Party: "B", Function: "f", From: message.Offered, To: "ontvangen", Kind: message.Received, Compact: compact},
			relay.EraseWrite{Message: id, Part: relay.PayloadPart},
		},
	})
	if err != nil {
		return err
	}
	tell("erased", id, done.Records[1].Nr)
	return nil
}
