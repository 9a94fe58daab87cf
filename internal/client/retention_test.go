package client_test

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// TestATermThatEnds is the whole way: of three messages one is older than its term and goes, one is held, and one is younger. What goes
// is gone from every table and every byte of the files; who kept the receipt proves it still.
func TestATermThatEnds(t *testing.T) {
	w := &waiting{clock: &gatewaytest.Clock{}, t: t}
	w.Region = gatewaytest.Start(t, gatewaytest.Telling(w.clock), gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.Replace(text, []byte("bewaartermijnAudit: P5Y"), []byte("bewaartermijnAudit: P30D"), 1)
	}))
	goes, held := w.sent(signal(w.Region, aboutNoor)), w.sent(signal(w.Region, aboutNoor))
	w.says("politie/wa-7", goes.ID, "ontvangen", nil)
	w.says("politie/wa-7", goes.ID, "overgenomen", nil)
	w.says("politie/wa-7", held.ID, "ontvangen", nil)
	officer := func() *client.Client { return w.as("school/pf-1", nil) }
	_, err := officer().Hold(t.Context(), held.Case, "inzageverzoek")
	check(t, err)
	w.clock.Later(20 * day)
	w.Restart()
	young := w.sent(signal(w.Region, aboutNoor))
	w.says("politie/wa-7", young.ID, "ontvangen", nil)
	if w.left(goes) == 0 {
		t.Fatal("nothing of the message is found in the files before its term is over: this would find nothing after it either")
	}
	w.clock.Later(12 * day)
	w.Restart()
	w.until(func() bool {
		_, err := w.as("school/vc-1", nil).Message(t.Context(), goes.ID)
		return isStatus(err, http.StatusNotFound)
	})

	for _, sent := range []client.Sent{held, young} {
		got, err := w.as("school/vc-1", nil).Message(t.Context(), sent.ID)
		if err != nil || got.Status != "ontvangen" {
			t.Errorf("a message that must be whole stands at %q, %v", got.Status, err)
		}
	}
	if _, _, err := officer().Replay(t.Context(), goes.Record.Nr-1, client.Lawfulness); !isStatus(err, http.StatusGone) {
		t.Errorf("deciding again on what was pruned: %v", err)
	}
	_, _, err = officer().Replay(t.Context(), held.Record.Nr-1, client.Lawfulness)
	check(t, err)
	_, err = officer().Proof(t.Context(), goes.Record) // which proves the record that was kept here
	check(t, err)
	records, _, err := officer().Records(t.Context(), client.Look{Why: client.Lawfulness, Kind: tlog.Pruned}, "")
	check(t, err)
	if len(records) == 0 || !strings.Contains(string(records[0].Facts), `"aantal"`) {
		t.Errorf("%d records say what was pruned", len(records))
	}
	w.Stop()
	if n := w.left(goes); n > 0 {
		t.Errorf("in %d places of the files something of the message is left", n)
	}
	verifier, err := note.NewVerifier(w.Gateway.LogVerifierKey())
	check(t, err)
	report, err := trailcheck.Verify(t.Context(), w.Config.Dir, verifier)
	if err != nil || report.Pruned < 5 || report.Messages != 2 {
		t.Errorf("%d records were pruned and %d messages are left, %v", report.Pruned, report.Messages, err)
	}
	w.Restart()
	_, err = officer().Release(t.Context(), held.Case, "inzageverzoek")
	check(t, err)
	w.Restart()
	w.until(func() bool {
		_, err := w.as("school/vc-1", nil).Message(t.Context(), held.ID)
		return isStatus(err, http.StatusNotFound)
	})
}

func isStatus(err error, status int) bool {
	var no *client.Problem
	return errors.As(err, &no) && no.Status == status
}

func (w *waiting) until(holds func() bool) {
	w.t.Helper()
	for until := time.Now().Add(time.Minute); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(until) {
			w.t.Fatal("it never came to that")
		}
	}
}

// left counts the places in the database where the id, the case, a tag, the payload's digest or the envelope of a message stand.
func (w *waiting) left(s client.Sent) (n int) {
	w.t.Helper()
	parts := strings.Split(*s.Record.JWS, ".") // the envelope ends with the case, which no other has
	words := []string{s.ID, s.Case, s.Record.Payload.Digest, parts[1][len(parts[1])-40:], parts[2]}
	words = append(words, s.Record.Subjects...)
	check(w.t, filepath.WalkDir(filepath.Join(w.Config.Dir, "database"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for _, word := range words {
			n += bytes.Count(content, []byte(word))
		}
		return err
	}))
	return n
}
