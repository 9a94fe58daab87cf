package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// A disk that is full, at every size at which it can be: an error, nothing kept of what failed, and no harm to the rest.
func TestAFullDisk(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	must(t, keep(s, "first"))
	pages := func(n int64) (was int64) {
		must(t, s.write.acquire(t.Context()))
		defer s.write.release()
		must(t, s.write.row("PRAGMA page_count").Scan(&was))
		var set int64
		conn := s.write.conn
		must(t, conn.QueryRowContext(t.Context(), "PRAGMA max_page_count = "+strconv.FormatInt(was+n, 10)).Scan(&set))
		return was
	}
	large := make([]byte, 64<<10)
	for room := range int64(14) {
		pages(room)
		err := s.Update(t.Context(), func(tx audit.Tx) error {
			first := tx.Savepoint(func() error {
				return tx.Apply(party.CardWrite{OIN: "A", ID: strconv.FormatInt(room, 10), Version: 1}, 0)
			})
			second := tx.Savepoint(func() error { return tx.AppendRecord(tlog.Record{Kind: tlog.CardKept}, large, nil, time.Time{}) })
			return errors.Join(first, second)
		})
		if err == nil {
			t.Fatalf("room for %d pages was enough for 64 KiB", room)
		}
		cards, err := s.Cards(t.Context())
		must(t, err)
		if _, err := s.Record(t.Context(), 0); !errors.Is(err, audit.ErrNotFound) || len(cards) != 1 {
			t.Fatalf("room for %d pages: half is kept: %d cards, %v", room, len(cards), err)
		}
	}
	pages(1 << 20) // somebody made room
	must(t, keep(s, "second"))
}

// The same, found out inside a change: the change must not be refused alone, as if it were at fault, on a connection that can
// never write again.
func TestAFileThatCannotBeWrittenWithinAChange(t *testing.T) {
	s := openAt(t, filepath.Join(t.TempDir(), FileName))
	must(t, keep(s, "a"))
	err := s.Update(t.Context(), func(tx audit.Tx) error {
		_, err := s.write.exec("PRAGMA query_only = 1")
		must(t, err)
		refused := tx.Savepoint(func() error { return tx.Apply(party.CardWrite{OIN: "A", ID: "b", Version: 1}, 0) })
		if !errors.Is(refused, audit.ErrAborted) {
			t.Errorf("a file that cannot be written is told as %v", refused)
		}
		return refused
	})
	if err == nil {
		t.Error("kept in a file that cannot be written")
	}
	must(t, keep(s, "b")) // the connection that failed was replaced
}

// Whoever looks whether the disk takes a write sets the head that is there (audit.Tx). SQLite leaves out a write of bytes that are there
// already, and then a full disk would be taken for a healthy one.
func TestTheSameHeadIsWrittenAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := openAt(t, path)
	head := audit.Head{Size: 1, Checkpoint: []byte("note"), LastTime: moment(5)}
	unwritten := 0 // the wipe at the opening may come in between once
	for range 4 {
		must(t, s.Update(t.Context(), func(tx audit.Tx) error { return tx.SetHead(head) }))
		journal, err := os.Stat(path + "-wal")
		must(t, err)
		if journal.Size() == 0 {
			unwritten++
		}
		complete, err := s.write.wipeNow()
		must(t, err)
		if !complete {
			t.Fatal("the journal was not emptied")
		}
	}
	if unwritten > 1 {
		t.Errorf("nothing was written, %d times of 4", unwritten)
	}
	got, err := s.Head(t.Context())
	must(t, err)
	if got.Size != head.Size || string(got.Checkpoint) != "note" || !got.LastTime.Equal(head.LastTime) {
		t.Errorf("the head is %+v", got)
	}
}

// A file that cannot be written any more, under a running gateway, and can again.
func TestAFileThatCannotBeWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), FileName)
	s := openAt(t, path)
	must(t, keep(s, "a"))
	readOnly := func() {
		must(t, s.write.acquire(t.Context()))
		defer s.write.release()
		_, err := s.write.exec("PRAGMA query_only = 1")
		must(t, err)
	}
	readOnly()
	if err := keep(s, "b"); err == nil {
		t.Error("kept in a file that cannot be written")
	}
	readOnly()
	if _, err := s.Seen(t.Context(), "i", "j", time.Now()); err == nil {
		t.Error("a token was let in without being kept")
	}
	must(t, keep(s, "b")) // the connection that failed was replaced
}
