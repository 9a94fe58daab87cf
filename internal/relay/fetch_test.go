package relay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// fetched fetches the payload as wa-7.
func (s *setting) fetched(t testing.TB, l *letter) []byte {
	t.Helper()
	file, n, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
	must(t, err)
	got := readAll(t, file)
	if n != int64(len(got)) {
		t.Errorf("length %d for a file of %d bytes", n, len(got))
	}
	return got
}

func readAll(t testing.TB, r io.ReadCloser) []byte {
	t.Helper()
	data, err := io.ReadAll(r)
	must(t, errors.Join(err, r.Close()))
	return data
}

// ageForOfficers gives a motivation for the privacy officers of school and police.
func (s *setting) ageForOfficers(t testing.TB) []byte {
	return ageFile(t, []byte("omdat het moest"),
		s.Parties["school"].Person("fg-1").Age.Recipient(), s.Parties["politie"].Person("fg-1").Age.Recipient())
}

func TestFetchIsForTheAddressedAndRecorded(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	before := s.size(t)
	for _, c := range []struct {
		party, id string
		want      error
	}{
		{"politie", "wa-8", relay.ErrNotAddressed}, {"politie", "scp-1", relay.ErrNotAddressed},
		{"school", "vc-1", relay.ErrNotAddressed}, {"halt", "hm-1", relay.ErrNotFound},
	} {
		_, _, err := s.relay.Fetch(t.Context(), s.caller(t, c.party, c.id), l.envelope.ID, relay.PayloadPart)
		wantErr(t, err, c.want)
	}
	_, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "fg-1"), l.envelope.ID, relay.MotivationPart)
	wantErr(t, err, relay.ErrNotFound) // it has none
	for _, id := range []string{"geen-id", "01890000-0000-7000-8000-000000000000"} {
		_, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), id, relay.PayloadPart)
		wantErr(t, err, relay.ErrNotFound)
	}
	if s.size(t) != before {
		t.Error("a fetch that was refused is in the trail as one that was not")
	}
	if !bytes.Equal(s.fetched(t, l), l.payload) {
		t.Error("what is fetched is not what was sent")
	}
	rec := s.record(t, before)
	if rec.Kind != tlog.Fetched || rec.Sender.Participant != "wa-7" || rec.Sender.Function != "wijkagent" || rec.Recipients[0].Participants[0] != "vc-1" {
		t.Errorf("recorded as %+v", rec)
	}
}

func TestNothingIsFetchedThatIsNotRecorded(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	s.log.before = func(audit.Change) error { return errors.New("schijf vol") }
	file, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
	if err == nil || file != nil {
		t.Error("ciphertext was given while the trail cannot say so")
	}
}

func TestSubstituteFetchesWhileAbsent(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	substitute := s.caller(t, "politie", "wa-8")
	_, _, err := s.relay.Fetch(t.Context(), substitute, l.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrNotAddressed)
	s.absent(t, "wa-7", "wa-8", party.Day(s.now())) // days on cards are those of Amsterdam
	file, _, err := s.relay.Fetch(t.Context(), substitute, l.envelope.ID, relay.PayloadPart)
	must(t, err)
	must(t, file.Close())
	list, _, err := s.relay.Messages(t.Context(), substitute, relay.Query{Inbox: true, Person: "wa-8", Limit: 10})
	if err != nil || len(list) != 1 {
		t.Errorf("the substitute's inbox holds %d messages, %v", len(list), err)
	}
	s.absent(t, "wa-7", "wa-8", party.Day(s.now().AddDate(0, 0, -1)))
	_, _, err = s.relay.Fetch(t.Context(), substitute, l.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrNotAddressed)
}

// absent publishes a card of the police that says that who is away until a day.
func (s *setting) absent(t testing.TB, who, substitute, until string) {
	t.Helper()
	police := s.Parties["politie"]
	p := police.Person(who)
	p.Card.Version++
	p.Card.AbsentUntil, p.Card.Substitute = &until, &substitute
	_, err := s.registry.PublishCard(t.Context(), police.OIN, police.SignPerson(t, p))
	must(t, err)
}

func TestWhoLeftTheFunctionDoesNotFetch(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t)
	s.send(t, l)
	police := s.Parties["politie"]
	p := police.Person("wa-7")
	p.Card.Version, p.Card.Functions = 2, []vocabulary.Function{"jeugdcoordinator"}
	_, err := s.registry.PublishCard(t.Context(), police.OIN, police.SignPerson(t, p))
	must(t, err)
	_, _, err = s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrNotAddressed)
}

// TestAtRestOnlyTheDayKeyOpens: the database alone shows nothing of what came in, and a destroyed key ends it.
func TestAtRestOnlyTheDayKeyOpens(t *testing.T) {
	s := newSetting(t)
	small := s.letter(t)
	large := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 300<<10, "wa-7") })
	s.send(t, small)
	s.send(t, large)
	for _, l := range []*letter{small, large} {
		for _, file := range []string{sqlite.FileName, sqlite.FileName + "-wal"} {
			data, err := os.ReadFile(filepath.Join(s.dir, file))
			must(t, err)
			if bytes.Contains(data, l.payload[2000:2064]) {
				t.Errorf("%s holds ciphertext as it came in", file)
			}
		}
	}
	must(t, s.keys.Destroy(s.today()))
	_, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), small.envelope.ID, relay.PayloadPart)
	wantErr(t, err, relay.ErrErased)
}

func TestReadingEndsWithItsRequest(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 1<<20, "wa-7") })
	s.send(t, l)
	ctx, cancel := context.WithCancel(t.Context())
	file, _, err := s.relay.Fetch(ctx, s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
	must(t, err)
	cancel()
	if _, err := io.Copy(io.Discard, file); err == nil {
		t.Error("a reader went on after its request had ended")
	}
}

// TestTermOfOneRecipientEnds: what is kept for another recipient is not for somebody whose own term is over.
func TestTermOfOneRecipientEnds(t *testing.T) {
	s := newSetting(t)
	asked := 0
	s.policy.after = func(d policy.Decision) (policy.Decision, error) {
		if asked++; asked%2 == 1 { // the first recipient
			d.Obligations = []policy.Obligation{{Code: "doorvoertermijn", Value: "PT1H"}}
		}
		return d, nil
	}
	l := s.twoRecipients(t)
	s.send(t, l)
	s.pass(2 * time.Hour)
	for range 2 { // before and after the sweep
		size := s.size(t)
		_, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "wa-7"), l.envelope.ID, relay.PayloadPart)
		wantErr(t, err, relay.ErrErased)
		if s.size(t) != size {
			t.Error("the trail says that it was fetched")
		}
		must(t, s.relay.Sweep(t.Context()))
	}
	file, _, err := s.relay.Fetch(t.Context(), s.caller(t, "politie", "scp-1"), l.envelope.ID, relay.PayloadPart)
	must(t, err)
	if !bytes.Equal(readAll(t, file), l.payload) {
		t.Error("the other recipient got something else")
	}
}
