package move

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

var confirmation = "confirmation"

const origin = "sluis.example/log"

// trail is a folder with a file that holds a sound log.
type trail struct {
	dir    string
	secret string // of the log
}

// newTrail makes one with messages, of which the first was confirmed and erased.
func newTrail(t testing.TB, messages int) trail {
	t.Helper()
	secret, _, err := tlog.GenerateKey(origin)
	must(t, err)
	l := trail{t.TempDir(), secret}
	s := inFile(t, l.dir)
	l.grow(t, s, "m", messages)
	must(t, l.commit(t, s, audit.Change{
		Records: []tlog.Record{about(tlog.Received, "m-0"), about(tlog.Erased, "m-0")},
		Writes: []audit.Write{
			relay.ConfirmWrite{Message: "m-0", Party: "B", Function: "f", From: message.Offered, To: "ontvangen", Kind: message.Received, Compact: confirmation},
			relay.EraseWrite{Message: "m-0", Part: relay.PayloadPart},
		},
	}))
	must(t, s.Close())
	return l
}

// grow keeps messages.
func (l trail) grow(t testing.TB, s audit.Store, name string, messages int) {
	t.Helper()
	for i := range messages {
		id := fmt.Sprintf("%s-%d", name, i)
		must(t, l.commit(t, s, audit.Change{
			Records: []tlog.Record{about(tlog.Decided, id), about(tlog.Offered, id)},
			Writes: []audit.Write{relay.AcceptWrite{
				Message: relay.Stored{ID: id, Kind: "signaal", Time: time.Now(), Case: "z", SenderOIN: "A", SenderID: "p", Envelope: id,
					Recipients: []relay.RecipientState{{Party: "B", Function: "f", Status: message.Offered}}},
				RecordIndex: 1, Day: "2026-11-21", Inline: map[relay.Part][]byte{relay.PayloadPart: []byte("ciphertext of " + id)},
			}},
		}))
	}
}

// commit keeps a change as a gateway that has just started does.
func (l trail) commit(t testing.TB, s audit.Store, c audit.Change) error {
	t.Helper()
	signer, err := tlog.ParseSigner(l.secret)
	must(t, err)
	log, err := audit.NewSequencer(t.Context(), s, audit.Options{Origin: origin, Signer: signer})
	if err != nil {
		return err
	}
	_, err = log.Commit(t.Context(), c)
	must(t, log.Close())
	return err
}

func about(kind tlog.RecordKind, id string) tlog.Record {
	r := tlog.Record{Kind: kind, Message: &id, Sender: &tlog.Actor{Party: "A"}, Recipients: []tlog.Target{{Party: "B"}}}
	switch kind {
	case tlog.Offered:
		r.JWS = &id
	case tlog.Received:
		r.JWS = &confirmation
	}
	return r
}

// copied is the same log in another folder.
func (l trail) copied(t testing.TB) trail {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	must(t, os.CopyFS(dir, os.DirFS(l.dir)))
	return trail{dir, l.secret}
}

func (l trail) file() string { return filepath.Join(l.dir, sqlite.FileName) }

func (l trail) names(t testing.TB) []note.Verifier {
	t.Helper()
	verifier, err := tlog.VerifierOf(l.secret)
	must(t, err)
	return []note.Verifier{verifier}
}

// to are the options to move it to a database.
func (l trail) to(t testing.TB, db *pgtest.Database) Options {
	t.Helper()
	return Options{File: l.file(), Database: postgres.Options{URL: db.Owner}, Destination: db.Name, Names: l.names(t)}
}

// head is where the log in the file stands.
func (l trail) head(t testing.TB) audit.Head {
	t.Helper()
	s, err := sqlite.OpenToMove(t.Context(), l.file())
	must(t, err)
	defer s.Close()
	head, err := s.Head(t.Context())
	must(t, err)
	return head
}
