package endurance

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

const mebibyte = 1 << 20

// What the gateway may grow by while an attachment of 25 MiB passes both ways, alone and with 49 others at once, in bytes.
const (
	boundOne   = 32 * mebibyte
	boundFifty = 600 * mebibyte
)

// largest is a plaintext with an attachment of 25 MiB: base64 makes four bytes of three, and the rest of the message and the padding
// come with it.
var largest = message.PaddedLength(message.MaxAttachments/3*4 + short)

// crowd is so many messages of the largest size, which share their age file.
type crowd struct {
	s         *served
	from, to  *desk
	file      []byte
	envelopes []message.VerifiedEnvelope
}

func newCrowd(t testing.TB, s *served, n, length int) *crowd {
	t.Helper()
	c := &crowd{s: s, from: s.desk(t, "school/vc-1"), to: s.desk(t, "politie/wa-7")}
	e := s.Signal("school/vc-1", "politie/wa-7")
	_, c.file = s.Seal(e, length)
	e.Payload = message.Content{Digest: digest.Of(c.file), Length: int64(len(c.file))}
	for range n {
		e.ID, e.Case = message.NewID(), message.NewID()
		signed, err := message.SignEnvelope(e, c.from.Key)
		must(t, err)
		c.envelopes = append(c.envelopes, signed)
	}
	return c
}

// pass sends all at once, then fetches all at once, then confirms all at once; it fails when one does not get through whole.
func (c *crowd) pass(t testing.TB) {
	t.Helper()
	c.each(t, c.send)
	c.each(t, c.fetch)
	c.each(t, c.confirm)
}

func (c *crowd) each(t testing.TB, do func(testing.TB, message.VerifiedEnvelope)) {
	t.Helper()
	var all sync.WaitGroup
	for _, e := range c.envelopes {
		all.Go(func() { do(t, e) })
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
}

func (c *crowd) send(t testing.TB, e message.VerifiedEnvelope) {
	if got := c.post(t, e); got.status != http.StatusCreated {
		t.Errorf("sending: %d %s", got.status, got.body)
	}
}

func (c *crowd) post(t testing.TB, e message.VerifiedEnvelope) reply {
	// The frame is made around nothing, and the file, which all share, is put in while it streams.
	frame, contentType := gatewaytest.Form(
		gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(e.Compact())},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream"})
	end := bytes.LastIndex(frame, []byte("\r\n--"))
	body := io.MultiReader(bytes.NewReader(frame[:end]), bytes.NewReader(c.file), bytes.NewReader(frame[end:]))
	return c.from.stream(t, http.MethodPost, "/v1/berichten", contentType, body)
}

func (c *crowd) fetch(t testing.TB, e message.VerifiedEnvelope) {
	got := c.to.stream(t, http.MethodGet, "/v1/berichten/"+e.Envelope().ID+"/lading", "", nil)
	if got.status != http.StatusOK || !bytes.Equal(got.body, c.file) {
		t.Errorf("fetching: %d, %d bytes", got.status, len(got.body))
	}
}

func (c *crowd) confirm(t testing.TB, e message.VerifiedEnvelope) {
	signed, err := message.SignConfirmation(message.Confirmation{
		Message: e.Envelope().ID, Envelope: e.Digest(), Kind: message.Received, Conform: true, Time: message.NewTime(now()),
	}, c.to.Key)
	if err != nil {
		t.Error(err)
		return
	}
	// Fifty at once overwrite 1.7 GB: on a slow disk that takes longer than the gateway lets a call take. It goes on by itself, and whoever
	// asks again hears what became of it.
	var got reply
	for range 10 {
		got = c.to.call(t.Context(), http.MethodPost, "/v1/berichten/"+e.Envelope().ID+"/bevestigingen", "application/jose", []byte(signed.Compact()))
		if got.status == http.StatusCreated {
			return
		}
	}
	t.Errorf("confirming: %d %s", got.status, got.body)
}

// TestMemoryForLargeMessages holds the growth of the gateway to its bounds: one message with an attachment of 25 MiB, the middle one of three, then SLUIS_LARGE of
// them at once (default 4; 50 in `make verify`).
func TestMemoryForLargeMessages(t *testing.T) { onEach(t, memoryForLargeMessages) }

func memoryForLargeMessages(t *testing.T, at place) {
	s := prepare(t, at)
	s.serve(t)
	newCrowd(t, s, 20, short).pass(t) // code and connections that any message needs are in memory before
	var three []int64
	for range 3 { // how much was in use before differs from one time to the next by what was collected of it and given back
		one := newCrowd(t, s, 1, largest)
		three = append(three, s.growth(t, func() { one.pass(t) }))
	}
	slices.Sort(three)
	if grown := three[1]; grown > boundOne {
		t.Errorf("one grows the gateway by %.1f MiB, at most %d", mib(grown), boundOne/mebibyte)
	} else {
		t.Logf("one grows the gateway by %.1f MiB", mib(grown))
	}
	n := int64(fromEnvironment(t, "SLUIS_LARGE", 4))
	bound := min(n*boundOne, boundFifty)
	many := newCrowd(t, s, int(n), largest)
	if grown := s.growth(t, func() { many.pass(t) }); grown > bound {
		t.Errorf("%d at once grow the gateway by %.1f MiB, at most %d", n, mib(grown), bound/mebibyte)
	} else {
		t.Logf("%d at once grow the gateway by %.1f MiB", n, mib(grown))
	}
}

func mib(bytes int64) float64 { return float64(bytes) / mebibyte }
