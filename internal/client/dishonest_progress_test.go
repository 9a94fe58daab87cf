package client_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestNobodyLetsGoOnTheGatewaysWord: only a signature of a recipient over this very envelope makes it taken over. A gateway that
// says more gets no further than Claimed, and what was due stays late.
func TestNobodyLetsGoOnTheGatewaysWord(t *testing.T) {
	w := within(t, "P1D")
	sent, other := w.sent(signal(w.Region, aboutNoor)), w.sent(signal(w.Region, aboutNoor))
	w.says("politie/wa-7", other.ID, message.TakenOver, nil)
	genuine, another := w.followed(sent.ID), w.followed(other.ID)
	w.clock.Later(2 * day)
	now := message.NewTime(w.clock.Now())
	signedBy := func(who *gatewaytest.Person, change func(*message.Confirmation)) string {
		c := message.Confirmation{Message: sent.ID, Envelope: genuine.Envelope.Digest(), Kind: message.TakenOver, Conform: true, Time: now}
		if change != nil {
			change(&c)
		}
		signed, err := message.SignConfirmation(c, who.Key)
		check(t, err)
		return signed.Compact()
	}
	wa := w.Person("politie/wa-7")
	for name, compact := range map[string]string{
		"nothing":                    "",
		"no confirmation":            "a.b.c",
		"signed by the sender":       signedBy(w.Person("school/vc-1"), nil),
		"signed by a third party":    signedBy(w.Person("halt/mw-2"), nil),
		"signed by another there":    signedBy(w.Person("politie/pf-2"), nil),
		"over another envelope":      signedBy(wa, func(c *message.Confirmation) { c.Envelope = another.Envelope.Digest() }),
		"of another message":         signedBy(wa, func(c *message.Confirmation) { c.Message = other.ID }),
		"from before the message":    signedBy(wa, func(c *message.Confirmation) { c.Time = message.NewTime(w.clock.Now().Add(-30 * day)) }),
		"a move that does not exist": signedBy(wa, func(c *message.Confirmation) { c.Kind = message.Closed }),
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			school := w.as("school/vc-1", b)
			b.says("GET /v1/berichten/"+sent.ID, claimedTakenOver(t, compact))
			f, err := school.Follow(t.Context(), sent.ID)
			check(t, err)
			p := f.Progress[0]
			if p.Settled() || p.Status != message.Offered || p.Claimed != message.Status(message.TakenOver) || !p.Late(w.clock.Now()) {
				t.Errorf("the sender would let go: %+v", p)
			}
		})
	}
	t.Run("genuine", func(t *testing.T) {
		b := &between{}
		school := w.as("school/vc-1", b)
		b.says("GET /v1/berichten/"+sent.ID, claimedTakenOver(t, signedBy(wa, nil)))
		f, err := school.Follow(t.Context(), sent.ID)
		check(t, err)
		if p := f.Progress[0]; !p.Settled() || p.Claimed != "" || p.By != "wa-7" {
			t.Errorf("a good signature is not enough: %+v", p)
		}
	})
}

// claimedTakenOver makes the gateway say that a message was taken over, with a confirmation beside it.
func claimedTakenOver(t *testing.T, compact string) func([]byte) []byte {
	return func(body []byte) []byte {
		var m map[string]any
		check(t, json.Unmarshal(body, &m))
		m["status"] = "overgenomen"
		for _, r := range m["perOntvanger"].([]any) {
			r.(map[string]any)["status"] = "overgenomen"
		}
		if compact != "" {
			m["bevestigingen"] = []any{compact}
		}
		out, err := json.Marshal(m)
		check(t, err)
		return out
	}
}

// TestCaseShowsTheRestBesideWhatIsFalse: one message that does not hold must not hide that another is late.
func TestCaseShowsTheRestBesideWhatIsFalse(t *testing.T) {
	w := within(t, "P1D")
	first := w.sent(signal(w.Region, aboutNoor))
	d := signal(w.Region, aboutNoor)
	d.Case = first.Case
	second := w.sent(d)
	w.clock.Later(2 * day)
	b := &between{}
	school := w.as("school/vc-1", b)
	b.says("GET /v1/berichten/"+first.ID, func(body []byte) []byte {
		var m map[string]any
		check(t, json.Unmarshal(body, &m))
		m["ontvangst"] = nil
		out, err := json.Marshal(m)
		check(t, err)
		return out
	})
	file, err := school.CaseFile(t.Context(), first.Case)
	check(t, err)
	if len(file) != 2 {
		t.Fatalf("%d messages, want 2", len(file))
	}
	refused(t, file[0].Err, client.ReceiptFalse)
	if file[1].Err != nil || file[1].Line.ID != second.ID || !file[1].Progress[0].Late(w.clock.Now()) {
		t.Errorf("the other one: %+v", file[1])
	}
	if late := file[1].Progress[0].Due; late.After(w.clock.Now().Add(-time.Hour)) {
		t.Errorf("late since %v", late)
	}
}
