package endurance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// judge asks the gateway that was started again about everything that was sent in the life before.
type judge struct {
	load *load
	seen *witnessed
}

func newJudge(t testing.TB, s *served, w *load) *judge {
	t.Helper()
	verifier, err := tlog.ParseVerifier(s.Gateway.LogVerifierKey())
	must(t, err)
	return &judge{w, newWitnessed(tlog.Origin(strings.TrimPrefix(s.URL, "https://")), verifier)}
}

// again repeats each letter and each confirmation as it was. What was answered must be answered the same, byte for byte: a letter that was
// lost would be accepted anew, under another number. What got no answer gets one now. It gives what is wrong.
func (j *judge) again(ctx context.Context, letters []*letter) (wrong []error) {
	queue := make(chan *letter)
	var workers sync.WaitGroup
	var mu sync.Mutex
	for range 4 {
		workers.Go(func() {
			for l := range queue {
				if err := j.letter(ctx, l); err != nil {
					mu.Lock()
					wrong = append(wrong, fmt.Errorf("letter %s: %w", l.id(), err))
					mu.Unlock()
				}
			}
		})
	}
	for _, l := range letters {
		queue <- l
	}
	close(queue)
	workers.Wait()
	return wrong
}

func (j *judge) letter(ctx context.Context, l *letter) error {
	at := slices.IndexFunc(j.load.senders, func(d *desk) bool { return d.ID == l.envelope.Envelope().Sender.Participant })
	first := l.got
	l.attempts++
	l.got = j.load.senders[at].call(ctx, http.MethodPost, "/v1/berichten", l.contentType, l.body)
	l.doubt = first.status == 0
	if l.got.status != l.want {
		return fmt.Errorf("answered %d before and %d now, want %d: %s", first.status, l.got.status, l.want, l.got.body)
	}
	if !l.doubt && first.status != l.want {
		return fmt.Errorf("answered %d, want %d: %s", first.status, l.want, first.body)
	}
	if l.want != http.StatusCreated {
		return nil
	}
	if !l.doubt && !bytes.Equal(first.body, l.got.body) {
		return fmt.Errorf("accepted before, and now another receipt: it was lost")
	}
	if _, err := j.proved(l.got.body, tlog.Offered, l.id()); err != nil {
		return err
	}
	for _, c := range l.confirmations {
		if err := j.confirmation(ctx, l, c); err != nil {
			return err
		}
	}
	return nil
}

func (j *judge) confirmation(ctx context.Context, l *letter, c *confirmation) error {
	first := c.got
	c.got = j.load.readers[c.by].call(ctx, http.MethodPost, "/v1/berichten/"+l.id()+"/bevestigingen", "application/jose", []byte(c.compact))
	switch {
	case c.got.status != http.StatusCreated, first.status != 0 && first.status != http.StatusCreated:
		return fmt.Errorf("confirmation answered %d before and %d now: %s", first.status, c.got.status, c.got.body)
	case first.status != 0 && !bytes.Equal(receiptOf(first.body), receiptOf(c.got.body)):
		return fmt.Errorf("confirmed before, and now another receipt: the confirmation was lost")
	}
	_, err := j.proved(c.got.body, tlog.Received, l.id())
	return err
}

// proved verifies what an answer proves: a record of this kind about this message, in the log, under the log's key.
func (j *judge) proved(answer []byte, kind tlog.RecordKind, id string) (tlog.Record, error) {
	record, err := j.prove(answer)
	if err == nil && (record.Kind != kind || record.Message == nil || *record.Message != id) {
		err = fmt.Errorf("the receipt is about something else")
	}
	return record, err
}

// prove verifies the receipt in an answer, and gives its record.
func (j *judge) prove(answer []byte) (tlog.Record, error) {
	var receipt tlog.Receipt
	if err := json.Unmarshal(receiptOf(answer), &receipt); err != nil {
		return tlog.Record{}, fmt.Errorf("reading the receipt: %w", err)
	}
	return j.seen.receipt(receipt)
}

// receiptOf gives `ontvangst` of an answer as it stands there.
func receiptOf(answer []byte) json.RawMessage {
	var a struct {
		Receipt json.RawMessage `json:"ontvangst"`
	}
	_ = json.Unmarshal(answer, &a) // what is no answer has no receipt, and the caller says so
	return a.Receipt
}

// follow has the software that ships look at one message of this life. It keeps the last checkpoint that it saw, and refuses a log that
// does not hold everything of it.
func (j *judge) follow(ctx context.Context, c *client.Client, letters []*letter) error {
	for _, l := range letters {
		if l.want != http.StatusCreated {
			continue
		}
		if _, err := c.Message(ctx, l.id()); err != nil {
			return fmt.Errorf("looking at message %s: %w", l.id(), err)
		}
		return nil
	}
	return nil
}

// happened counts what became of letters: in doubt, accepted before the kill, refused; and confirmations.
func happened(letters []*letter) (doubt, accepted, refused, confirmed int) {
	for _, l := range letters {
		confirmed += len(l.confirmations)
		switch {
		case l.doubt:
			doubt++
		case l.want == http.StatusCreated:
			accepted++
		default:
			refused++
		}
	}
	return doubt, accepted, refused, confirmed
}

// enough reports whether so much happened between kills that it means something.
func enough(kills int, letters []*letter) bool {
	doubt, accepted, refused, confirmed := happened(letters)
	return accepted >= kills/2 && refused > 0 && doubt > 0 && confirmed > 0
}

// tell says what happened, and fails when it was too little to mean anything.
func tell(t *testing.T, kills int, letters []*letter) {
	t.Helper()
	doubt, accepted, refused, confirmed := happened(letters)
	t.Logf("%d kills: %d letters accepted before, %d refused, %d in doubt; %d confirmations", kills, accepted, refused, doubt, confirmed)
	if !enough(kills, letters) {
		t.Error("too little happened between the kills for this to mean anything")
	}
}
