package endurance

import (
	"bytes"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
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
	p.addFolder(t, "folder", s.Config.Dir, time.Time{})
	s.place.bytes(t, p)
	return p
}

// asSent and asKept are what is looked for.
func asSent(all []*waiting) ciphertexts {
	list := ciphertexts{}
	for _, w := range all {
		list[w.what] = w.sent
	}
	return list
}

func asKept(all []*waiting) ciphertexts {
	list := ciphertexts{}
	for _, w := range all {
		list[w.what] = w.kept
	}
	return list
}

// missing gives the ciphertexts that were found nowhere.
func (c ciphertexts) missing(found map[string][]string) (list []string) {
	for name := range c {
		if !slices.ContainsFunc(slices.Collect(maps.Values(found)), func(in []string) bool {
			return slices.Contains(in, name) || slices.Contains(in, name+", in hex")
		}) {
			list = append(list, name)
		}
	}
	return list
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
	found := asKept(all).within(before)
	if missing := asKept(all).missing(found); len(missing) > 0 {
		t.Errorf("not found where they are kept: that they are gone later would prove nothing: %v", missing)
	}
	if _, dumps := before["dump"]; dumps && (len(found["dump"]) > 0 || len(found["dump of all"]) != len(all)) {
		t.Errorf("a dump of everything holds %v, and one without doorvoer %v", found["dump of all"], found["dump"])
	}
	if found := asSent(all).within(before); len(found) > 0 {
		t.Errorf("kept as it was sent: %v", found)
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
	gone := asSent(all)
	if at.wipes() {
		for _, w := range all {
			if w.part == "lading" {
				gone[w.what+" as it was kept"] = w.kept
			}
		}
	}
	left := func() map[string][]string { return gone.within(s.stored(t)) }
	await(t, "no piece of what was confirmed is left", func() bool { return len(left()) == 0 }) // a journal is emptied soon, not at once
	s.stop(t)
	if found := left(); len(found) > 0 {
		t.Errorf("after the gateway stopped, pieces of what was confirmed are left: %v", found)
	}
}

// TestACopyWithoutItsDayKeyIsWorthless: a backup from before the confirmation, with the day key destroyed since, gives nothing: not through
// a gateway, not with the readers' own keys. With the day key it would have: so it is the key that counts.
func TestACopyWithoutItsDayKeyIsWorthless(t *testing.T) { onEachAlone(t, withoutItsDayKey) }

func withoutItsDayKey(t *testing.T, at place) {
	began := now()
	s := prepare(t, at)
	s.serve(t)
	all, _, _ := wait(t, s)
	s.stop(t)
	before := at.copy(t)
	copied := places{}
	copied.addFolder(t, "copy", before.dir, began)
	if found := asSent(all).within(copied); len(found) > 0 {
		t.Errorf("the copy holds what was sent as it was sent: %v", found)
	}
	if missing := asKept(all).missing(asKept(all).within(copied)); len(missing) > 0 {
		t.Errorf("the copy does not hold these at all, so that they cannot be read proves nothing: %v", missing)
	}
	before.putBack(t)

	s.serve(t)
	for _, w := range all {
		if got := w.fetch(t, s); got.status != http.StatusOK || !bytes.Equal(got.body, w.sent) {
			t.Errorf("with the key of its day the %s is not given: %d", w.what, got.status)
		}
	}
	s.stop(t)
	keys, err := filepath.Glob(filepath.Join(s.Config.Dir, daykey.FolderName, "*.key"))
	must(t, err)
	for _, key := range keys {
		must(t, os.Remove(key))
	}
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
