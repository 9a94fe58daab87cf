package endurance

import (
	"bytes"
	"encoding/hex"
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
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
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
		w.kept = w.rows(t, s)
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
	s.place.bytes(t, p)
	return p
}

// runsOf gives the places in which a run of a ciphertext stands as it is, or in hex, as dumps and logs of statements have it.
func (p places) runsOf(ciphertext []byte) map[string]int {
	found := p.runs(ciphertext)
	maps.Copy(found, p.runs([]byte(hex.EncodeToString(ciphertext))))
	return found
}

// TestWhatIsConfirmedIsGone: while messages wait, their ciphertext is kept, and never as it was sent. After the last confirmation nothing
// can be asked for any more, and no run of 64 bytes is left of it as it was sent. Where what is deleted is overwritten, none is left as
// it was kept either; elsewhere the key of its day is what makes it unreadable: see TestACopyWithoutItsDayKeyIsWorthless.
func TestWhatIsConfirmedIsGone(t *testing.T) {
	onEachAlone(t, confirmedIsGone, pgtest.Setting("log_statement = 'all'"))
}

func confirmedIsGone(t *testing.T, at place) {
	s := prepare(t, at)
	s.serve(t)
	all, sent, letters := wait(t, s)
	before := s.stored(t)
	for _, w := range all {
		found := before.runsOf(w.kept)
		if len(found) == 0 {
			t.Errorf("the %s is not found where it is kept: that it is gone later would prove nothing", w.what)
		}
		if found["dump"] > 0 {
			t.Errorf("the %s is in a dump that leaves out doorvoer", w.what)
		}
		if _, dumps := before["dump of all"]; dumps && found["dump of all"] == 0 {
			t.Errorf("the %s is not found in a dump of everything: that it is not in the other one proves nothing", w.what)
		}
		if found := before.runsOf(w.sent); len(found) > 0 {
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
	for _, w := range all {
		if w.part == "lading" && len(w.rows(t, s)) > 0 { // a motivation waits for its review
			t.Errorf("the %s was confirmed, and is still to be had from the database", w.what)
		}
	}
	left := func() map[string]int {
		found, now := map[string]int{}, s.stored(t)
		for _, w := range all {
			maps.Copy(found, now.runsOf(w.sent))
			if w.part == "lading" && at.wipes() {
				maps.Copy(found, now.runsOf(w.kept))
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

// TestACopyWithoutItsDayKeyIsWorthless: a backup from before the confirmation, with the day key destroyed since, gives nothing: not through
// a gateway, not with the readers' own keys. With the day key it would have: so it is the key that counts.
func TestACopyWithoutItsDayKeyIsWorthless(t *testing.T) { onEachAlone(t, withoutItsDayKey) }

func withoutItsDayKey(t *testing.T, at place) {
	s := prepare(t, at)
	s.serve(t)
	all, _, _ := wait(t, s)
	s.stop(t)
	before := at.copy(t)
	copied := places{}
	copied.addFolder(t, "copy", before.dir)
	before.putBack(t)

	s.serve(t)
	for _, w := range all {
		if got := w.fetch(t, s); got.status != http.StatusOK || !bytes.Equal(got.body, w.sent) {
			t.Errorf("with the key of its day the %s is not given: %d", w.what, got.status)
		}
	}
	s.stop(t)
	must(t, os.RemoveAll(filepath.Join(s.Config.Dir, daykey.FolderName)))
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
		if found := copied.runsOf(w.sent); len(found) > 0 {
			t.Errorf("the copy holds the %s as it was sent: %v", w.what, found)
		}
		if len(copied.runsOf(w.kept)) == 0 {
			t.Errorf("the copy does not hold the %s at all: that it cannot be read proves nothing", w.what)
		}
	}
}

// rows reads an age file from the database.
func (w *waiting) rows(t *testing.T, s *served) (all []byte) {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	var data []byte
	must(t, k.each(t.Context(), k.content, []any{w.id, w.part}, []any{&data}, func() { all = append(all, data...) }))
	return all
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
