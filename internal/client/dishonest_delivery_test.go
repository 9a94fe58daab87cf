package client_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestDelivery plays a gateway, and a sender, that deliver something else than was sent.
func TestDelivery(t *testing.T) {
	r := gatewaytest.Start(t)
	t.Run("received is what was sent", func(t *testing.T) { receivedIsWhatWasSent(t, r) })
	t.Run("rewrapped", func(t *testing.T) { rewrappedIsRefused(t, r) })
	t.Run("more than declared", func(t *testing.T) { moreThanDeclaredIsReported(t, r) })
	t.Run("unreadable", func(t *testing.T) { unreadableIsSaid(t, r) })
}

// receivedIsWhatWasSent: two genuine messages, and a gateway that mixes and changes what belongs to them.
func receivedIsWhatWasSent(t *testing.T, r *gatewaytest.Region) {
	school := (&between{}).client(t, r.Person("school/vc-1"))
	first, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	second, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	get := func(path string) []byte {
		resp, err := r.Person("politie/wa-7").HTTP().Get(r.URL + path)
		check(t, err)
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		check(t, err)
		return body
	}
	one, two := "/v1/berichten/"+first.ID, "/v1/berichten/"+second.ID
	other, otherPayload := get(two), get(two+"/lading")
	field := func(name string, value any) func([]byte) []byte {
		return func(body []byte) []byte {
			var m map[string]any
			check(t, json.Unmarshal(body, &m))
			m[name] = value
			out, err := json.Marshal(m)
			check(t, err)
			return out
		}
	}
	from := func(body []byte) (m map[string]any) { check(t, json.Unmarshal(body, &m)); return m }
	forged := func(change func(*message.Envelope), by *gatewaytest.Person) string {
		var e message.Envelope
		decodeJWS(t, from(get(one))["envelop"].(string), &e)
		change(&e)
		signed, err := message.SignEnvelope(e, by.Key)
		check(t, err)
		return signed.Compact()
	}
	zc := r.Person("school/zc-1")

	for name, c := range map[string]struct {
		call   string
		change func([]byte) []byte
		code   client.RefusalCode
	}{
		"another message under this id":          {one, func([]byte) []byte { return other }, client.EnvelopeFalse},
		"another envelope under this id":         {one, field("envelop", from(other)["envelop"]), client.EnvelopeFalse},
		"signed by somebody else of that party":  {one, field("envelop", forged(func(*message.Envelope) {}, zc)), client.EnvelopeFalse},
		"signed by the recipient":                {one, field("envelop", forged(func(*message.Envelope) {}, r.Person("politie/wa-7"))), client.EnvelopeFalse},
		"another sender than the log has":        {one, field("envelop", forged(func(e *message.Envelope) { e.Sender.Participant, e.Sender.Function = zc.ID, zc.Function }, zc)), client.ReceiptFalse},
		"a purpose that the sender did not sign": {one, field("envelop", forged(func(e *message.Envelope) { e.Purpose = "hulp-en-zorg" }, zc)), client.EnvelopeFalse},
		"not an envelope":                        {one, field("envelop", "a.b.c"), client.EnvelopeFalse},
		"the receipt of another message":         {one, field("ontvangst", from(other)["ontvangst"]), client.ReceiptFalse},
		"no receipt":                             {one, field("ontvangst", nil), client.ReceiptFalse},
		"another message's payload":              {one + "/lading", func([]byte) []byte { return otherPayload }, client.PayloadFalse},
		"a payload with a byte changed":          {one + "/lading", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, client.PayloadFalse},
		"a payload cut short":                    {one + "/lading", func(b []byte) []byte { return b[:len(b)-1] }, client.PayloadFalse},
		"a payload with more after it":           {one + "/lading", func(b []byte) []byte { return append(b, 0) }, client.PayloadFalse},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			police := b.client(t, r.Person("politie/wa-7"))
			b.says("GET "+c.call, c.change)
			_, err := police.Receive(t.Context(), first.ID)
			refused(t, err, c.code)
			b.nothingPosted(t)
		})
	}

	t.Run("an inbox line that speaks of another message", func(t *testing.T) {
		b := &between{}
		police := b.client(t, r.Person("politie/wa-7"))
		b.says("GET /v1/berichten", func(body []byte) []byte {
			return bytes.ReplaceAll(body, []byte(first.Case), []byte(message.NewID()))
		})
		page, err := police.List(t.Context(), client.Query{})
		check(t, err)
		i := slices.IndexFunc(page.Entries, func(e client.Entry) bool { return e.ID == first.ID })
		_, err = police.ReceiveEntry(t.Context(), page.Entries[i])
		refused(t, err, client.EnvelopeFalse)
		b.nothingPosted(t)
	})
	// The control: untouched, the same message opens.
	_, err = (&between{}).client(t, r.Person("politie/wa-7")).Receive(t.Context(), first.ID)
	check(t, err)
}

// rewrappedIsRefused: a member of the convenant puts somebody else's ciphertext under an envelope of its own. The gateway
// cannot see that; the kop inside tells the recipient.
func rewrappedIsRefused(t *testing.T, r *gatewaytest.Region) {
	school := (&between{}).client(t, r.Person("school/vc-1"))
	sent, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	resp, err := r.Person("politie/wa-7").HTTP().Get(r.URL + "/v1/berichten/" + sent.ID + "/lading")
	check(t, err)
	defer resp.Body.Close()
	taken, err := io.ReadAll(resp.Body)
	check(t, err)
	e := r.Signal("mbo/vc-2", "politie/wa-7")
	e.Payload = message.Content{Digest: digest.Of(taken), Length: int64(len(taken))}
	accepted(t, r.Person("mbo/vc-2").Send(r.Sign(e), taken))

	b := &between{}
	_, err = b.client(t, r.Person("politie/wa-7")).Receive(t.Context(), e.ID)
	refused(t, err, client.PayloadRewrapped)
	b.nothingPosted(t)
}

// moreThanDeclaredIsReported: software that declares less than it seals is found out by the recipient, who says so.
func moreThanDeclaredIsReported(t *testing.T, r *gatewaytest.Region) {
	e := r.Signal("school/vc-1", "politie/wa-7") // declares signaal and incident; the body also holds identiteit
	envelope, payload := sealBody(t, r, e, aboutNoor)
	accepted(t, r.Person("school/vc-1").Send(envelope, payload))
	police := (&between{}).client(t, r.Person("politie/wa-7"))
	got, err := police.Receive(t.Context(), e.ID)
	check(t, err)
	if got.Conform() || len(got.NotDeclared) != 1 || got.NotDeclared[0] != "identiteit" {
		t.Fatalf("not noticed: %v", got.NotDeclared)
	}
	done, err := police.ConfirmReceived(t.Context(), got)
	check(t, err)
	var said message.Confirmation
	decodeJWS(t, *done.Record.JWS, &said)
	if said.Conform || len(said.NotDeclared) != 1 || len(said.Subjects) != 2 {
		t.Errorf("the confirmation says %+v", said)
	}
	later, err := police.Confirm(t.Context(), e.ID, message.TakenOver, nil)
	check(t, err)
	decodeJWS(t, *later.Record.JWS, &said)
	if said.Kind != message.TakenOver || said.Conform || len(said.Subjects) != 2 {
		t.Errorf("a later confirmation takes back what the first said: %+v", said)
	}
}

// unreadableIsSaid: a genuine message that cannot be read asks to be sent again.
func unreadableIsSaid(t *testing.T, r *gatewaytest.Region) {
	e := r.Signal("school/vc-1", "politie/wa-7")
	for name, body := range map[string][]byte{"not by its schema": []byte(`{"thema":"pesten"}`), "no JSON at all": nil} {
		t.Run(name, func(t *testing.T) {
			e.ID, e.Case = message.NewID(), message.NewID()
			envelope, payload := r.Seal(e, 4096)
			if body != nil {
				envelope, payload = sealBody(t, r, e, body)
			}
			accepted(t, r.Person("school/vc-1").Send(envelope, payload))
			police := (&between{}).client(t, r.Person("politie/wa-7"))
			_, err := police.Receive(t.Context(), e.ID)
			if _, ok := err.(*client.UnreadableError); !ok {
				t.Fatalf("want an UnreadableError, got %v", err)
			}
			done, err := police.ConfirmUnreadable(t.Context(), e.ID)
			check(t, err)
			if done.Status != message.Status(message.Unreadable) {
				t.Errorf("the status is %s", done.Status)
			}
		})
	}
}

// sealBody seals a body under any envelope, as software without our checks would.
func sealBody(t *testing.T, r *gatewaytest.Region, e message.Envelope, body []byte) (envelope string, payload []byte) {
	t.Helper()
	e.Time = message.NewTime(time.Now())
	kop, err := message.Kop(e)
	check(t, err)
	plain, err := message.BuildPayload(kop, body)
	check(t, err)
	return r.SealText(e, plain)
}

func accepted(t *testing.T, resp *http.Response) {
	t.Helper()
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		body, _ := io.ReadAll(resp.Body)
		t.Fatalf("not accepted: %s: %s", resp.Status, body)
	}
}

// decodeJWS reads what an object says, without asking who signed it.
func decodeJWS(t *testing.T, compact string, v any) {
	t.Helper()
	parts := strings.Split(compact, ".")
	if len(parts) != 3 {
		t.Fatal("not a compact JWS")
	}
	check(t, json.Unmarshal(unbase64(t, parts[1]), v))
}
