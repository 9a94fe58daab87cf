package trailcheck_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

const origin = "sluis.example/log"

func ptr[T any](v T) *T { return &v }

// trail makes a folder with a trail in which everything occurs: a card, a convenant with its signature, a Wpg decision, messages, one of
// them confirmed and erased, and a refusal. It gives the folder and the log's public key.
func trail(t *testing.T) (string, note.Verifier) {
	t.Helper()
	return trailOf(t, everything)
}

// keep commits writes with their records.
type keep func(writes []audit.Write, records ...tlog.Record)

// trailOf makes a folder with a trail of what fill commits.
func trailOf(t *testing.T, fill func(keep)) (string, note.Verifier) {
	t.Helper()
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
	commit := func(writes []audit.Write, records ...tlog.Record) {
		t.Helper()
		_, err := log.Commit(t.Context(), audit.Change{Records: records, Writes: writes})
		must(t, err)
	}
	fill(commit)
	must(t, log.Close())
	must(t, store.Close())
	return dir, verifier
}

func everything(commit keep) {
	publish := func(kind tlog.RecordKind, object string, w audit.Write) {
		commit([]audit.Write{w}, tlog.Record{Kind: kind, Sender: &tlog.Actor{Party: "A"}, JWS: ptr(digest(object))})
	}
	publish(tlog.CardKept, "card", party.CardWrite{OIN: "A", Version: 1, Digest: digest("card"), Compact: "card"})
	publish(tlog.Convenant, "{}", convenant.VersionWrite{ID: "c", Version: 1, Digest: digest("{}"), YAML: []byte("y"), Canonical: []byte("{}")})
	publish(tlog.Convenant, "sig", convenant.SignatureWrite{ID: "c", Version: 1, Party: "A", Verdict: convenant.Agreed, Compact: "sig"})
	publish(tlog.Wpg, "wpg", convenant.WpgDecisionWrite{Number: "1", Party: "A", Compact: "wpg"})
	for i := range 7 {
		m := relay.Stored{
			ID: fmt.Sprintf("m%d", i), Kind: "signaal", Time: time.Now(), SenderOIN: "A", Envelope: fmt.Sprintf("e%d", i),
			Recipients: []relay.RecipientState{{Party: "B", Function: "f", Status: message.Offered}},
		}
		to := []tlog.Target{{Party: "B"}}
		commit([]audit.Write{relay.AcceptWrite{
			Message: m, RecordIndex: 1, Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("ciphertext")}}},
			tlog.Record{Kind: tlog.Decided, Message: &m.ID, Sender: &tlog.Actor{Party: "A"}, Recipients: to, Decision: ptr(audit.Allowed)},
			tlog.Record{Kind: tlog.Offered, Message: &m.ID, Sender: &tlog.Actor{Party: "A"}, Recipients: to, JWS: &m.Envelope},
		)
	}
	commit([]audit.Write{
		relay.ConfirmWrite{Message: "m0", Party: "B", Function: "f", From: message.Offered, To: "ontvangen", Kind: message.Received, Compact: "conf"},
		relay.EraseWrite{Message: "m0", Part: relay.PayloadPart},
	},
		tlog.Record{Kind: tlog.Received, Message: ptr("m0"), Sender: &tlog.Actor{Party: "B"}, Recipients: []tlog.Target{{Party: "A"}}, JWS: ptr("conf")},
		tlog.Record{Kind: tlog.Erased, Message: ptr("m0"), Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}},
	)
	commit(nil, tlog.Record{Kind: tlog.Decided, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}, Decision: ptr("geweigerd")})
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestASoundTrail(t *testing.T) {
	dir, verifier := trail(t)
	report, err := trailcheck.Verify(t.Context(), dir, verifier)
	must(t, err)
	if report.Records != 21 || report.Checkpoints != 13 || report.Messages != 7 || report.Held != 6 || report.Erased != 1 ||
		report.Kinds["aangeboden"] != 7 || report.Root == "" || report.First.IsZero() || report.Last.Before(report.First) {
		t.Errorf("%+v", report)
	}
}

func TestItsFileNameIsTheStores(t *testing.T) {
	if trailcheck.FileName != sqlite.FileName || trailcheck.FolderName != sqlite.FolderName {
		t.Error("the checker looks for another file than the store writes")
	}
}

// tampered verifies a copy of a trail in which somebody with full access to the file ran statements.
func tampered(t *testing.T, dir string, verifier note.Verifier, statements ...string) error {
	t.Helper()
	return tamperedUnder(t, dir, []note.Verifier{verifier}, statements...)
}

// tamperedUnder is tampered for a log that had several names.
func tamperedUnder(t *testing.T, dir string, names []note.Verifier, statements ...string) error {
	t.Helper()
	copied := t.TempDir()
	data, err := os.ReadFile(filepath.Join(dir, trailcheck.FileName))
	must(t, err)
	path := filepath.Join(copied, trailcheck.FileName)
	must(t, os.WriteFile(path, data, 0o600))
	db, err := sql.Open("sqlite", path)
	must(t, err)
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA synchronous = off") // it is a copy
	must(t, err)
	var triggers []string
	rows, err := db.Query("SELECT name FROM sqlite_master WHERE type = 'trigger'")
	must(t, err)
	for rows.Next() {
		var name string
		must(t, rows.Scan(&name))
		triggers = append(triggers, name)
	}
	must(t, errors.Join(rows.Err(), rows.Close()))
	for _, trigger := range triggers {
		_, err := db.Exec("DROP TRIGGER " + trigger)
		must(t, err)
	}
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	must(t, db.Close())
	_, err = trailcheck.Verify(context.Background(), copied, names[0], names[1:]...)
	return err
}

// Every bit that somebody flips in a record, a hash or a checkpoint is found, and the record is named.
func TestEveryFlippedBitIsFound(t *testing.T) {
	dir, verifier := trail(t)
	db, err := sql.Open("sqlite", filepath.Join(dir, trailcheck.FileName))
	must(t, err)
	defer db.Close()
	for _, place := range []struct{ table, key, column string }{
		{"record", "nr", "canonical"}, {"hash", "ix", "hash"}, {"checkpoint", "size", "note"},
	} {
		rows, err := db.Query(fmt.Sprintf("SELECT %s, %s FROM %s", place.key, place.column, place.table))
		must(t, err)
		for rows.Next() {
			var key int64
			var data []byte
			must(t, rows.Scan(&key, &data))
			bytes := len(data)
			if place.table == "checkpoint" {
				// The last character of the signature holds bits that are no part of it, and that a reader may pass over (RFC 4648, 3.5).
				bytes -= len("x=\n")
			}
			at := rand.IntN(bytes * 8)
			data[at/8] ^= 1 << (at % 8)
			err := tampered(t, dir, verifier,
				fmt.Sprintf("UPDATE %s SET %s = x'%x' WHERE %s = %d", place.table, place.column, data, place.key, key))
			var false_ *trailcheck.False
			if !errors.As(err, &false_) || false_.Nr < 0 || !strings.HasPrefix(err.Error(), "auditregel") {
				t.Errorf("bit %d of %s %d: %v", at, place.table, key, err)
			}
		}
		must(t, errors.Join(rows.Err(), rows.Close()))
	}
}
