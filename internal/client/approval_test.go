package client_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestWhoCanBeTheSecond: only another person of the own party, with their own key, over this very envelope. Anything else leaves nothing
// posted, and the message where it was.
func TestWhoCanBeTheSecond(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.Replace(text, []byte("ouders-geinformeerd, proportioneel]"), []byte("ouders-geinformeerd, proportioneel, vier-ogen]"), 1)
	}))
	robot := r.Party("school").Hire("as-9", "aansluiting")
	b := &between{}
	sender, zc := b.client(t, r.Person("school/vc-1")), (&between{}).client(t, r.Person("school/zc-1"))
	sent, data, err := sender.ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	account, err := zc.ReadAccount(t.Context(), data)
	check(t, err)
	if e := account.Envelope.Envelope(); e.ID != sent.ID || account.Convenant == "" || account.Names[r.Party("politie").OIN] == "" {
		t.Errorf("the colleague sees %+v", account)
	}
	by := func(who *gatewaytest.Person, at time.Time) string {
		signed, err := message.SignCoSignature(account.Envelope, message.NewTime(at), who.Key)
		check(t, err)
		return signed.Compact()
	}
	good, err := zc.CoSign(account)
	check(t, err)
	forged := good[:strings.LastIndexByte(good, '.')+1] + by(r.Person("school/zc-1"), time.Now().Add(time.Minute))[strings.LastIndexByte(good, '.')+1:]
	other, otherData, err := sender.ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	otherAccount, err := zc.ReadAccount(t.Context(), otherData)
	check(t, err)
	forOther, err := zc.CoSign(otherAccount)
	check(t, err)
	for name, test := range map[string]struct{ compact, want string }{
		"oneself":              {by(r.Person("school/vc-1"), time.Now()), "van u zelf"},
		"software":             {by(robot, time.Now()), "software"},
		"another organisation": {by(r.Person("politie/wa-7"), time.Now()), "niet van een collega"},
		"another message":      {forOther, "ander bericht"},
		"a signature that was moved from elsewhere": {forged, "handtekening"},
		"before the envelope":                       {by(r.Person("school/zc-1"), time.Now().Add(-time.Hour)), "voor de envelop"},
		"the envelope itself":                       {account.Envelope.Compact(), "geen akkoord"},
	} {
		_, err := sender.ResumeCoSigned(t.Context(), sent.ID, test.compact)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: want %q, got %v", name, test.want, err)
		}
	}
	for name, who := range map[string]*gatewaytest.Person{"oneself": r.Person("school/vc-1"), "software": robot, "another organisation": r.Person("politie/wa-7")} {
		var faults fault.List
		if _, err := (&between{}).client(t, who).ReadAccount(t.Context(), data); !errors.As(err, &faults) {
			t.Errorf("%s may sign: %v", name, err)
		}
	}
	if _, err := sender.Resume(t.Context(), sent.ID); err == nil {
		t.Error("it left with one signature")
	}
	b.nothingPosted(t)
	got, err := sender.ResumeCoSigned(t.Context(), "", good)
	check(t, err)
	if got.ID != sent.ID || got.Record.Nr == 0 {
		t.Errorf("sent: %+v", got)
	}
	check(t, sender.Abandon(other.ID))
	if left, err := sender.Pending(); err != nil || len(left) != 0 {
		t.Errorf("still waiting: %v, %v", left, err)
	}
}

// TestAnAccountThatWasChanged: the file passes through mail and shares. Whoever signs must see what the sender signed.
func TestAnAccountThatWasChanged(t *testing.T) {
	r := gatewaytest.Start(t)
	_, data, err := (&between{}).client(t, r.Person("school/vc-1")).ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	for _, word := range []string{"Noor", "999990019", "buitengesloten"} {
		if bytes.Contains(data, []byte(word)) {
			t.Errorf("%q stands in the account", word)
		}
	}
	e := r.Signal("school/vc-1", "politie/wa-7")
	e.Payload = message.Content{Length: 1}
	signed, err := message.SignEnvelope(e, r.Person("school/zc-1").Key) // says that it is vc-1's
	check(t, err)
	_, err = (&between{}).client(t, r.Person("school/zc-1")).ReadAccount(t.Context(), []byte(`{"versie":1,"envelop":"`+signed.Compact()+`"}`))
	refused(t, err, client.EnvelopeFalse)
}

// TestSentAgainWithBothSignatures: the answer was lost; what is sent again carries the second signature too, and is there once.
func TestSentAgainWithBothSignatures(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte {
		return bytes.Replace(text, []byte("ouders-geinformeerd, proportioneel]"), []byte("ouders-geinformeerd, proportioneel, vier-ogen]"), 1)
	}))
	who := r.Person("school/vc-1")
	school, zc := (&between{}).client(t, who), (&between{}).client(t, r.Person("school/zc-1"))
	sent, data, err := school.ForApproval(t.Context(), signal(r, aboutNoor))
	check(t, err)
	account, err := zc.ReadAccount(t.Context(), data)
	check(t, err)
	good, err := zc.CoSign(account)
	check(t, err)
	var waits *client.PendingError
	if _, err := through(t, who, func(base http.RoundTripper) http.RoundTripper { return breaks{base} }).ResumeCoSigned(t.Context(), sent.ID, good); !errors.As(err, &waits) {
		t.Fatalf("want no answer: %v", err)
	}
	if err := school.Abandon(sent.ID); err == nil {
		t.Error("what may have arrived was abandoned")
	}
	file := filepath.Join(who.Profile, "onderweg", sent.ID, "medeondertekening")
	whole, err := os.ReadFile(file)
	check(t, err)
	check(t, os.WriteFile(file, []byte(account.Envelope.Compact()), 0o600))
	if _, err := school.Resume(t.Context(), sent.ID); err == nil || !strings.Contains(err.Error(), "beschadigd") {
		t.Errorf("want damage: %v", err)
	}
	check(t, os.WriteFile(file, whole, 0o600))
	_, err = school.Resume(t.Context(), sent.ID)
	check(t, err)
	if left, err := school.Pending(); err != nil || len(left) != 0 {
		t.Errorf("still waiting: %v, %v", left, err)
	}
}
