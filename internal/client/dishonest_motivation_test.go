package client_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestMotivationOfADishonestGateway: other bytes than the sender signed are not opened.
func TestMotivationOfADishonestGateway(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	sent, err := school.Send(t.Context(), crisis(r))
	check(t, err)
	other, err := school.Send(t.Context(), crisis(r))
	check(t, err)
	others := motivationFile(t, r, other.ID)
	for name, change := range map[string]func([]byte) []byte{
		"a byte changed":       func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"cut short":            func(b []byte) []byte { return b[:len(b)-1] },
		"more after it":        func(b []byte) []byte { return append(b, 0) },
		"nothing":              func([]byte) []byte { return nil },
		"of another message":   func([]byte) []byte { return others },
		"a reader in its seal": func(b []byte) []byte { return bytes.Replace(b, []byte("\n--- "), []byte("\n-> X25519 a\n\n--- "), 1) },
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			officer := b.client(t, r.Person("school/pf-1"))
			b.says("GET /v1/berichten/"+sent.ID+"/motivering", change)
			text, err := officer.Motivation(t.Context(), sent.ID)
			refused(t, err, client.PayloadFalse)
			if text != "" {
				t.Error("something was opened all the same")
			}
			b.nothingPosted(t)
		})
	}
	var faults interface{ Unwrap() error }
	plain, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	if _, err := (&between{}).client(t, r.Person("school/pf-1")).Motivation(t.Context(), plain.ID); err == nil || errors.As(err, &faults) {
		t.Errorf("a message without motivation: %v", err)
	}
}

// TestMotivationOfADishonestSender: the gateway cannot see what is in a motivation; the officer can.
func TestMotivationOfADishonestSender(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	sent, err := school.Send(t.Context(), crisis(r))
	check(t, err)
	taken := motivationFile(t, r, sent.ID)
	officers := []string{r.Person("school/pf-1").Participant.Age[0], r.Person("politie/pf-2").Participant.Age[0]}
	strangers := []string{r.Person("halt/mw-2").Participant.Age[0], r.Person("politie/wa-7").Participant.Age[0]}
	for name, c := range map[string]struct {
		file       func(kop []byte) []byte
		rewrapped  bool
		unreadable bool
	}{
		"as agreed":              {file: func(kop []byte) []byte { return sealText(t, kop, `{"tekst":"Waarom."}`, officers) }},
		"of another message":     {file: func([]byte) []byte { return taken }, rewrapped: true},
		"sealed for others":      {file: func(kop []byte) []byte { return sealText(t, kop, `{"tekst":"Waarom."}`, strangers) }, unreadable: true},
		"no text in it":          {file: func(kop []byte) []byte { return sealText(t, kop, `{"tekst":7}`, officers) }, unreadable: true},
		"more than a text in it": {file: func(kop []byte) []byte { return sealText(t, kop, `{"tekst":"a","meer":1}`, officers) }, unreadable: true},
		"a terminal's commands":  {file: func(kop []byte) []byte { return sealText(t, kop, `{"tekst":"\u001b[2J"}`, officers) }, unreadable: true},
	} {
		t.Run(name, func(t *testing.T) {
			e := r.Signal("school/vc-1", "politie/wa-7")
			e.Time = message.NewTime(time.Now())
			kop, err := message.Kop(e)
			check(t, err)
			file := c.file(kop)
			e.Motivation = &message.Content{Digest: digest.Of(file), Length: int64(len(file))}
			envelope, payload := r.Seal(e, 4096)
			form, contentType := gatewaytest.Form(
				gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
				gatewaytest.Part{Name: "motivering", Type: "application/octet-stream", Data: file},
				gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})
			resp, err := r.Person("school/vc-1").HTTP().Post(r.URL+"/v1/berichten", contentType, bytes.NewReader(form))
			check(t, err)
			accepted(t, resp)
			_, err = (&between{}).client(t, r.Person("school/pf-1")).Motivation(t.Context(), e.ID)
			var cannot *client.UnreadableError
			switch {
			case c.rewrapped:
				refused(t, err, client.PayloadRewrapped)
			case c.unreadable != errors.As(err, &cannot) || !c.unreadable && err != nil:
				t.Errorf("want unreadable: %v, got %v", c.unreadable, err)
			}
		})
	}
}

// motivationFile gets the sealed motivation of a message as the school's privacy officer.
func motivationFile(t *testing.T, r *gatewaytest.Region, id string) []byte {
	t.Helper()
	resp, err := r.Person("school/pf-1").HTTP().Get(r.URL + "/v1/berichten/" + id + "/motivering")
	check(t, err)
	defer resp.Body.Close()
	file, err := io.ReadAll(resp.Body)
	check(t, err)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("no motivation: %s", resp.Status)
	}
	return file
}

// sealText seals a body under a kop for these keys, as software without our checks would.
func sealText(t *testing.T, kop []byte, body string, keys []string) []byte {
	t.Helper()
	plain, err := message.BuildPayload(kop, []byte(body))
	check(t, err)
	var to []age.Recipient
	for _, text := range keys {
		key, err := age.ParseHybridRecipient(text)
		check(t, err)
		to = append(to, key)
	}
	var file bytes.Buffer
	w, err := age.Encrypt(&file, to...)
	check(t, err)
	_, err = w.Write(plain)
	check(t, err)
	check(t, w.Close())
	return file.Bytes()
}
