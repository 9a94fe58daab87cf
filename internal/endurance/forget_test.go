package endurance

import (
	"bytes"
	"errors"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
)

// waiting is one age file that waits at the gateway: how it was sent, and how it is kept.
type waiting struct {
	what       string
	id, part   string // of the message; lading or motivering
	reader     string // <party>/<id> of somebody who may fetch it
	sent, kept []byte
}

// wait sends the canary messages and gives every age file in them, fetched as its reader would, and read from the store.
func wait(t *testing.T, s *served) (all []*waiting, sent []client.Sent, letters []*planted) {
	t.Helper()
	letters = newCanaries().letters(t, s.Region)
	k := openKept(t, s.Config.Dir)
	defer k.db.Close()
	for i, l := range letters {
		if l.draft.Kind == "informatieantwoord" {
			l.draft.InReplyTo, l.draft.Case = &sent[i-1].ID, sent[i-1].Case
		}
		one, err := s.open(t, l.from).Send(t.Context(), l.draft)
		must(t, err)
		sent = append(sent, one)
		all = append(all, &waiting{what: "lading of a " + string(l.draft.Kind), id: one.ID, part: "lading", reader: l.to})
		if l.draft.Motivation != "" {
			all = append(all, &waiting{what: "motivering of a " + string(l.draft.Kind), id: one.ID, part: "motivering", reader: "politie/pf-2"})
		}
	}
	for _, w := range all {
		got := s.desk(t, w.reader).call(t.Context(), http.MethodGet, "/v1/berichten/"+w.id+"/"+w.part, "", nil)
		if w.sent = got.body; got.status != http.StatusOK || !bytes.HasPrefix(w.sent, []byte("age-encryption.org/v1\n")) {
			t.Fatalf("fetching the %s: %d", w.what, got.status)
		}
		rows, err := k.db.QueryContext(t.Context(), `SELECT chunk.data FROM chunk JOIN content ON chunk.content = content.id JOIN message
			ON content.message = message.nr WHERE message.id = ? AND content.part = ? ORDER BY chunk.nr`, w.id, w.part)
		must(t, err)
		for rows.Next() {
			var data []byte
			must(t, rows.Scan(&data))
			w.kept = append(w.kept, data...)
		}
		must(t, errors.Join(rows.Err(), rows.Close()))
		if len(w.kept) <= len(w.sent) {
			t.Fatalf("the %s is kept in %d bytes and was sent in %d: nothing is around it", w.what, len(w.kept), len(w.sent))
		}
	}
	return all, sent, letters
}

func (s *served) stored(t *testing.T) places {
	t.Helper()
	p := places{}
	p.addFolder(t, "folder", s.Config.Dir)
	return p
}

// TestWhatIsConfirmedIsGone: while messages wait, their ciphertext is kept, and never as it was sent. After the last confirmation no run
// of 64 bytes of it is left in the folder, neither as it was sent nor as it was kept, while the gateway runs and after.
func TestWhatIsConfirmedIsGone(t *testing.T) {
	s := prepare(t)
	s.serve(t)
	all, sent, letters := wait(t, s)
	before := s.stored(t)
	for _, w := range all {
		if len(before.runs(w.kept)) == 0 {
			t.Errorf("the %s is not found where it is kept: that it is gone later would prove nothing", w.what)
		}
		if found := before.runs(w.sent); len(found) > 0 {
			t.Errorf("the %s is kept as it was sent: %v", w.what, found)
		}
	}
	people := map[string]*client.Client{}
	for _, name := range []string{"school/vc-1", "school/pf-1", "politie/wa-7", "politie/pf-2", "veilig-thuis/mw-1"} {
		people[name] = s.open(t, name)
	}
	for i, l := range letters {
		l.read(t.Context(), t, people, sent[i].ID)
	}
	left := func() map[string]int {
		found, now := map[string]int{}, s.stored(t)
		for _, w := range all {
			if w.part == "lading" { // a motivation waits for its review
				maps.Copy(found, now.runs(w.kept))
				maps.Copy(found, now.runs(w.sent))
			}
		}
		return found
	}
	for deadline := time.Now().Add(10 * time.Second); len(left()) > 0 && time.Now().Before(deadline); {
		time.Sleep(100 * time.Millisecond) // the journal is emptied soon, not at once
	}
	if found := left(); len(found) > 0 {
		t.Errorf("while the gateway runs, pieces of what was confirmed are left: %v", found)
	}
	s.stop(t)
	if found := left(); len(found) > 0 {
		t.Errorf("after the gateway stopped, pieces of what was confirmed are left: %v", found)
	}
}

// TestACopyWithoutItsDayKeyIsWorthless: a copy of the database folder from before the confirmation, with the day key destroyed since, gives
// nothing: not through a gateway, not with the readers' own keys. With the day key it would have: so it is the key that counts.
func TestACopyWithoutItsDayKeyIsWorthless(t *testing.T) {
	s := prepare(t)
	s.serve(t)
	all, _, _ := wait(t, s)
	s.stop(t)
	keys := filepath.Join(s.Config.Dir, daykey.FolderName)
	aside := t.TempDir()
	must(t, os.CopyFS(filepath.Join(aside, "copy"), os.DirFS(database(s.Config.Dir))))
	must(t, os.RemoveAll(database(s.Config.Dir)))
	must(t, os.CopyFS(database(s.Config.Dir), os.DirFS(filepath.Join(aside, "copy"))))

	s.serve(t)
	for _, w := range all {
		if got := w.fetch(t, s); got.status != http.StatusOK || !bytes.Equal(got.body, w.sent) {
			t.Errorf("with the key of its day the %s is not given: %d", w.what, got.status)
		}
	}
	s.stop(t)
	must(t, os.RemoveAll(keys))
	s.serve(t)
	for _, w := range all {
		if got := w.fetch(t, s); got.status != http.StatusNotFound {
			t.Errorf("without the key of its day the %s is answered %d", w.what, got.status)
		}
		identity := readerKeys(t, s.Region, w.reader)
		if _, err := age.Decrypt(bytes.NewReader(w.sent), identity...); err != nil {
			t.Fatalf("the reader's own key does not open the %s as it was sent: %v", w.what, err)
		}
		if _, err := age.Decrypt(bytes.NewReader(w.kept), identity...); err == nil {
			t.Errorf("the %s as it is kept opens with the reader's own key", w.what)
		}
	}
	copied := places{}
	copied.addFolder(t, "copy", filepath.Join(aside, "copy"))
	for _, w := range all {
		if found := copied.runs(w.sent); len(found) > 0 {
			t.Errorf("the copy holds the %s as it was sent: %v", w.what, found)
		}
	}
}

func (w *waiting) fetch(t *testing.T, s *served) reply {
	t.Helper()
	return s.desk(t, w.reader).call(t.Context(), http.MethodGet, "/v1/berichten/"+w.id+"/"+w.part, "", nil)
}

// readerKeys gives the age keys of a profile.
func readerKeys(t *testing.T, r *gatewaytest.Region, name string) []age.Identity {
	t.Helper()
	file, err := os.Open(filepath.Join(r.Person(name).Profile, "age.txt"))
	must(t, err)
	defer file.Close()
	identities, err := age.ParseIdentities(file)
	must(t, err)
	return identities
}
