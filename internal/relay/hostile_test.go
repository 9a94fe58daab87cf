package relay_test

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/registry/registrytest"
	"github.com/sluis-gateway/sluis/internal/relay"
)

// TestDishonestSends: each of these is refused, and leaves nothing: no record, no message, no ciphertext.
func TestDishonestSends(t *testing.T) {
	s := newSetting(t)
	x25519, err := age.GenerateX25519Identity()
	must(t, err)
	for _, c := range []struct {
		name   string
		before func(*letter) // before signing
		after  func(*letter) // after signing
		want   error         // or, when nil, a fault at place
		place  string
	}{
		{name: "no envelope", after: func(l *letter) { l.compact = "geen jws" }},
		{name: "a colleague's key", before: func(l *letter) { l.key = s.Parties["school"].Person("zc-1") }, want: relay.ErrSender},
		{name: "a key on no card", before: func(l *letter) { l.key = &registrytest.Person{Key: registrytest.Key(t)} }, want: relay.ErrSender},
		{name: "another caller of the party", before: func(l *letter) { l.caller = s.caller(t, "school", "zc-1") }, want: relay.ErrSender},
		{name: "another party's caller", before: func(l *letter) { l.caller = s.caller(t, "mbo", "vc-1") }, want: relay.ErrSender},
		{name: "a sender who is not the signer", before: func(l *letter) { l.envelope.Sender.Participant = "zc-1" }, want: relay.ErrSender},
		{name: "a forged signature", after: func(l *letter) { l.compact = forge(l.compact) }, want: relay.ErrSender},
		{name: "ten minutes ahead", before: func(l *letter) { l.envelope.Time = message.NewTime(s.now().Add(10 * time.Minute)) }, place: "tijd"},
		{name: "ten minutes behind", before: func(l *letter) { l.envelope.Time = message.NewTime(s.now().Add(-10 * time.Minute)) }, place: "tijd"},
		{name: "a card of later", before: func(l *letter) { l.envelope.Recipients[0].Participants[0].Card = 2 }, place: "ontvangers[0].deelnemers[0].kaart"},
		{name: "other bytes", after: func(l *letter) { l.payload[len(l.payload)-1] ^= 1 }, place: "lading.digest"},
		{name: "too short", after: func(l *letter) { l.payload = l.payload[:len(l.payload)-1] }, place: "lading.lengte"},
		{name: "too long", after: func(l *letter) { l.payload = append(l.payload, 0) }, place: "lading.lengte"},
		{name: "nothing", after: func(l *letter) { l.payload = nil }, place: "lading.lengte"},
		{name: "not age", before: func(l *letter) { l.payload = []byte("gewoon een brief aan de politie") }, place: "lading"},
		{name: "a large file that is not age", before: func(l *letter) { l.payload = bytes.Repeat([]byte("leesbaar "), 100<<10) }, place: "lading"},
		{name: "X25519", before: func(l *letter) { l.payload = ageFile(t, []byte("x"), x25519.Recipient()) }, place: "lading"},
		{name: "one key more", before: func(l *letter) { l.payload = s.sealed(t, 4096, "wa-7", "fg-1") }, place: "lading"},
		{name: "a motivation that the envelope does not name", after: func(l *letter) { l.motivation = l.payload }, place: "motivering"},
		{name: "a motivation that is missing", before: func(l *letter) { l.motivation = s.ageForOfficers(t) }, after: func(l *letter) { l.motivation = nil }, place: "motivering"},
		{name: "a motivation for one officer", before: func(l *letter) {
			l.motivation = ageFile(t, []byte("x"), s.Parties["school"].Person("fg-1").Age.Recipient())
		}, place: "motivering"},
		{name: "a large payload with other bytes", before: func(l *letter) { l.payload = s.sealed(t, 1<<20, "wa-7") },
			after: func(l *letter) { l.payload[1<<19] ^= 1 }, place: "lading.digest"},
		{name: "a large payload that is cut off", before: func(l *letter) { l.payload = s.sealed(t, 1<<20, "wa-7") },
			after: func(l *letter) { l.payload = l.payload[:700<<10] }, place: "lading.lengte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, size := s.letter(t), s.size(t)
			if c.before != nil {
				c.before(l)
			}
			l.sign(t)
			if c.after != nil {
				c.after(l)
			}
			_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
			if c.want != nil {
				wantErr(t, err, c.want)
			} else {
				wantFault(t, err, c.place)
			}
			s.unchanged(t, size, l.envelope.ID)
		})
	}
}

// forge changes the signature of a compact JWS.
func forge(compact string) string {
	b := []byte(compact)
	if at := len(b) - 20; b[at] == 'A' {
		b[at] = 'B'
	} else {
		b[at] = 'A'
	}
	return string(b)
}

func TestCardThatMovedOn(t *testing.T) {
	s := newSetting(t)
	s.absent(t, "wa-7", "wa-8", "2020-01-01") // version 2
	l, size := s.letter(t), s.size(t)
	_, err := s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
	var outdated *relay.OutdatedCard
	if !errors.As(err, &outdated) {
		t.Fatalf("error is %v, want an outdated card", err)
	}
	if outdated.Version != 2 || outdated.Participant != "wa-7" || outdated.Recipient != "00000099000000020000/wijkagent" {
		t.Errorf("told %+v", outdated)
	}
	s.unchanged(t, size, l.envelope.ID)
}

// TestUploadThatBreaksOff: what the connection did is not the sender's fault, and nothing is kept of it either.
func TestUploadThatBreaksOff(t *testing.T) {
	s := newSetting(t)
	for _, size := range []int{4096, 1 << 20} {
		l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, size, "wa-7") }).sign(t)
		before := s.size(t)
		gone := errors.New("verbinding verbroken")
		up := l.upload()
		up.Payload = func() (io.Reader, error) {
			return io.MultiReader(bytes.NewReader(l.payload[:len(l.payload)/2]), failing{gone}), nil
		}
		_, err := s.relay.Accept(t.Context(), l.caller, up)
		wantErr(t, err, gone)
		s.unchanged(t, before, l.envelope.ID)

		up.Payload = func() (io.Reader, error) { return nil, nil }
		_, err = s.relay.Accept(t.Context(), l.caller, up)
		wantFault(t, err, "lading")
		up.Payload = func() (io.Reader, error) { return nil, fault.List{{Place: "deel", Message: "verkeerde volgorde"}} }
		_, err = s.relay.Accept(t.Context(), l.caller, up)
		wantFault(t, err, "deel")
		s.unchanged(t, before, l.envelope.ID)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestNothingIsReadBeyondWhatWasSigned: a stranger does not get to choose how much is taken in.
func TestNothingIsReadBeyondWhatWasSigned(t *testing.T) {
	s := newSetting(t)
	l := s.letter(t).sign(t)
	endless := &counting{}
	up := l.upload()
	up.Payload = func() (io.Reader, error) { return io.MultiReader(bytes.NewReader(l.payload), endless), nil }
	_, err := s.relay.Accept(t.Context(), l.caller, up)
	wantFault(t, err, "lading.lengte")
	if endless.n > 64<<10 {
		t.Errorf("%d bytes were read beyond the end", endless.n)
	}
}

type counting struct{ n int }

func (c *counting) Read(p []byte) (int, error) { c.n += len(p); return len(p), nil }
