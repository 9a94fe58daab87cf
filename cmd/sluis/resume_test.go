package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// lost takes a send from the client and gives no answer; arrives is whether the gateway gets it.
type lost struct {
	base    http.RoundTripper
	arrives bool
}

func (l lost) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodPost {
		return l.base.RoundTrip(r)
	}
	if l.arrives {
		resp, err := l.base.RoundTrip(r)
		if err != nil {
			return nil, err
		}
		resp.Body.Close()
	}
	return nil, io.ErrUnexpectedEOF
}

// sendInVain leaves a message in a profile of which no receipt came.
func sendInVain(t *testing.T, r *gatewaytest.Region, who *gatewaytest.Person, arrives bool) client.Pending {
	t.Helper()
	p, err := client.LoadProfile(who.Profile)
	check(t, err)
	c, err := client.New(p, client.WithTransport(func(base http.RoundTripper) http.RoundTripper { return lost{base, arrives} }))
	check(t, err)
	defer c.Close()
	phase := 2
	if _, err = c.Send(t.Context(), client.Draft{
		Kind: "signaal", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}}, Phase: &phase,
		Body: []byte(`{"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}],"thema":"pesten","leefgebied":["school"],
			"aard":"Dreigt","zwaarte":"substantieel","stapeling":false,"omschrijving":"Noor dreigt."}`),
		Categories: []vocabulary.Category{"identiteit", "signaal"},
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
	}); err == nil {
		t.Fatal("there was an answer")
	}
	waiting, err := c.Pending()
	check(t, err)
	if len(waiting) != 1 {
		t.Fatalf("what waits: %v", waiting)
	}
	return waiting[0]
}

// TestSendAgain: what waits is mentioned, sent again as it was, and gone when its fate is known.
func TestSendAgain(t *testing.T) {
	r := gatewaytest.Start(t)
	who := r.Person("school/vc-1")
	sluis := func(wantCode int, args ...string) string {
		t.Helper()
		var out bytes.Buffer
		if code := run(append(args, "--profiel", who.Profile), strings.NewReader(""), &out, &out); code != wantCode {
			t.Errorf("sluis %v ends with %d, want %d:\n%s", args, code, wantCode, &out)
		}
		if strings.Contains(out.String(), "Noor") {
			t.Errorf("sluis %v shows a name", args)
		}
		return out.String()
	}
	says := func(got, want string) {
		t.Helper()
		if !strings.Contains(got, want) {
			t.Errorf("want %q in:\n%s", want, got)
		}
	}
	says(sluis(0, "send", "--hervat"), "Er staat niets klaar")
	for _, arrives := range []bool{true, false} {
		p := sendInVain(t, r, who, arrives)
		says(sluis(1, "send", "--soort", "signaal", "--naar", "00000099000000020000/wijkagent", "--convenant", gatewaytest.ConvenantID+"/1",
			"--gegevens", "signaal", "--lading", "er/niet"), "van bericht "+p.ID)
		says(sluis(2, "send", "--hervat", "--soort", "signaal"), "alleen samen met --profiel")
		receiptKept(t, sluis, p)
		says(sluis(0, "send", "--hervat"), "Er staat niets klaar")
	}
	// One that did not arrive and is too old now.
	p := sendInVain(t, r, who, false)
	age(t, who, p.ID)
	again := sluis(1, "send", "--hervat")
	says(again, "Het is niet aangenomen en staat niet meer klaar")
	says(again, "tijd")
	says(sluis(0, "send", "--hervat"), "Er staat niets klaar")
	// One that cannot be read any more does not keep another from going.
	sendInVain(t, r, who, true)
	damaged := filepath.Join(who.Profile, "onderweg", p.ID)
	check(t, os.Mkdir(damaged, 0o700))
	check(t, os.WriteFile(filepath.Join(damaged, "envelop"), []byte("a.b.c"), 0o600))
	check(t, os.WriteFile(filepath.Join(who.Profile, "onderweg", "notitie.txt"), nil, 0o600))
	again = sluis(1, "send", "--hervat")
	says(again, "is aangenomen")
	says(again, p.ID+": is beschadigd")
}

// receiptKept sends a message again with --bewijs, into a new file alone.
func receiptKept(t *testing.T, sluis func(int, ...string) string, p client.Pending) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "bewijs.json")
	check(t, os.WriteFile(file, []byte("van iets anders"), 0o600))
	sluis(1, "send", "--hervat", "--bewijs", file)
	check(t, os.Remove(file))
	if said := sluis(0, "send", "--hervat", "--bewijs", file); !strings.Contains(said, "Bericht "+p.ID+" is aangenomen") {
		t.Errorf("it did not wait any more: %s", said)
	}
	kept, err := os.ReadFile(file)
	check(t, err)
	if !bytes.Contains(kept, []byte(p.ID)) || bytes.Count(kept, []byte("\n")) != 1 {
		t.Errorf("no receipt was kept: %d bytes", len(kept))
	}
	check(t, os.Remove(file))
	sluis(0, "send", "--hervat", "--bewijs", file)
	if _, err := os.Stat(file); err == nil {
		t.Error("a file for no receipt was left")
	}
}

// TestSentByAnotherCommand: who comes second is not told to write the message anew: it may have arrived.
func TestSentByAnotherCommand(t *testing.T) {
	r := gatewaytest.Start(t)
	who := r.Person("school/vc-1")
	p := sendInVain(t, r, who, false)
	c, err := openClient(who.Profile)
	check(t, err)
	defer c.Close()
	_, err = c.Resume(t.Context(), p.ID)
	check(t, err)
	sent, err := c.Resume(t.Context(), p.ID)
	if err == nil {
		t.Fatal("it waited still")
	}
	if said := stillPending(c, p, sent, err).Error(); strings.Contains(said, "niet aangenomen") || !strings.Contains(said, "inbox --verstuurd") {
		t.Errorf("the sender would send it twice: %s", said)
	}
}

// age makes a message that waits an hour older.
func age(t *testing.T, who *gatewaytest.Person, id string) {
	t.Helper()
	path := filepath.Join(who.Profile, "onderweg", id, "envelop")
	compact, err := os.ReadFile(path)
	check(t, err)
	parsed, err := message.ParseEnvelope(string(compact))
	check(t, err)
	v, err := parsed.Verify(&who.Key.PublicKey)
	check(t, err)
	e := v.Envelope()
	e.Time = message.NewTime(time.Now().Add(-time.Hour))
	signed, err := message.SignEnvelope(e, who.Key)
	check(t, err)
	check(t, os.WriteFile(path, []byte(signed.Compact()), 0o600))
}
