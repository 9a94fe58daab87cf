package endurance

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// upload is a letter that is sent in pieces, when the test likes.
type upload struct {
	*letter
	rest   []byte
	pipe   *io.PipeWriter
	answer chan reply
}

// upload begins to send a letter of a sort: all that comes before the age file, and no byte of that.
func (s *served) upload(t *testing.T, sort string) *upload {
	t.Helper()
	d := s.desk(t, "school/vc-1")
	l, err := newPress(s.Region).one(sort, d.Person)
	must(t, err)
	body, pipe := io.Pipe()
	u := &upload{l, l.body, pipe, make(chan reply, 1)}
	go func() {
		got, _ := d.do(t.Context(), http.MethodPost, "/v1/berichten", l.contentType, sized{body, int64(len(l.body))}) // an answer, or the end of the connection
		u.answer <- got
	}()
	u.send(t, bytes.Index(l.body, []byte("age-encryption.org/v1")))
	return u
}

// sized is a body of known length: else net/http reads on for a while before it answers who is refused.
type sized struct {
	io.Reader
	length int64
}

func (s sized) Size() int64 { return s.length }

// hear gives the answer; status 0 when the connection broke off.
func (u *upload) hear(t *testing.T) reply {
	t.Helper()
	select {
	case got := <-u.answer:
		return got
	case <-time.After(time.Minute):
		t.Fatal("no answer within a minute")
		return reply{}
	}
}

// send sends some more bytes.
func (u *upload) send(t *testing.T, n int) {
	t.Helper()
	_, err := u.pipe.Write(u.rest[:n])
	must(t, err)
	u.rest = u.rest[n:]
}

// await waits until the database is as it should be.
func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !is(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// TestRefusedBeforeTheFirstByte: the answer to a long message that the rules refuse comes while its sender still holds all of its age file,
// and nothing is kept but the refusal.
func TestRefusedBeforeTheFirstByte(t *testing.T) {
	onEach(t, func(t *testing.T, at place) {
		s := prepare(t, at)
		s.serve(t)
		u := s.upload(t, "denied and long")
		if u.got = u.hear(t); u.got.status != u.want {
			t.Errorf("answered %d before the first byte, want %d: %s", u.got.status, u.want, u.got.body)
		}
		u.attempts = 1
		none(t, s.compare(t, []*letter{u.letter})...)
		if s.staged(t) > 0 {
			t.Error("something of the age file is kept")
		}
	})
}

// TestDecidedAgainAtTheCommit: a convenant that ends while a long message streams in, at another gateway process where there can be one,
// lets that message through no more; and what had come in of it goes.
func TestDecidedAgainAtTheCommit(t *testing.T) {
	onEach(t, func(t *testing.T, at place) {
		s := prepare(t, at)
		s.serve(t)
		u := s.upload(t, "staged")
		u.send(t, long*3/4)
		await(t, "the first pieces are staged", func() bool { return s.staged(t) > 0 })
		if _, shared := at.(*cluster); shared {
			s.another(t).serve(t)
			s.gates = s.gates[1:] // whoever calls from now on finds that one
		}
		s.withdraw(t)
		u.send(t, len(u.rest))
		must(t, u.pipe.Close())
		if u.got = u.hear(t); u.got.status != http.StatusForbidden || !strings.Contains(string(u.got.body), "redenen") {
			t.Errorf("answered %d, want 403 with reasons: %s", u.got.status, u.got.body)
		}
		u.want, u.attempts = http.StatusForbidden, 1
		none(t, s.compare(t, []*letter{u.letter})...)
		await(t, "nothing is staged any more", func() bool { return s.staged(t) == 0 })
	})
}

// TestABrokenUploadIsSwept: a gateway that dies while a long message streams in leaves pieces that nobody can ask for, and a gateway of two
// hours later drops them.
func TestABrokenUploadIsSwept(t *testing.T) {
	onEach(t, func(t *testing.T, at place) {
		s := prepare(t, at)
		s.serve(t)
		u := s.upload(t, "staged")
		u.send(t, long*3/4)
		await(t, "the first pieces are staged", func() bool { return s.staged(t) > 0 })
		s.kill()
		must(t, u.pipe.CloseWithError(io.ErrUnexpectedEOF)) // net/http waits for its body, also when there is nobody to send it to
		if u.got = u.hear(t); u.got.status != 0 {
			t.Errorf("a gateway that was killed answered %d", u.got.status)
		}
		if s.staged(t) == 0 {
			t.Error("nothing was left: that it is swept would prove nothing")
		}
		s.serve(t)
		for _, part := range []string{"", "/lading"} {
			got := s.desk(t, "politie/wa-7").call(t.Context(), http.MethodGet, "/v1/berichten/"+u.id()+part, "", nil)
			if got.status != http.StatusNotFound {
				t.Errorf("a message of which a part came in is answered %d", got.status)
			}
		}
		u.want = 0 // nothing of it may be kept
		none(t, s.compare(t, []*letter{u.letter})...)
		s.stop(t)
		s.sweep(t)
	})
}

// sweep has a gateway of two hours later clean up: nothing stays of uploads that were cut off. It is one within this process, whose clock can
// be another.
func (s *served) sweep(t *testing.T) {
	t.Helper()
	s.Restart(func(c *gateway.Config) { c.Now = func() time.Time { return time.Now().Add(2 * time.Hour) } })
	await(t, "uploads that were cut off are swept", func() bool { return s.staged(t) == 0 })
	s.Region.Stop()
}
