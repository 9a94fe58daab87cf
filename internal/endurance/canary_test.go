package endurance

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestNoWordStays sends messages of five kinds that are full of canaries, in each field that holds text, in attachments and in a sealed
// motivation, has them read and confirmed, and looks for the canaries in everything that the gateway keeps, logs, hears and says.
func TestNoWordStays(t *testing.T) {
	// A server that logs each statement, with what it was given, is the most talkative one that an operator can make of it.
	onEachAlone(t, noWordStays, pgtest.Setting("log_statement = 'all'"))
}

func noWordStays(t *testing.T, at place) {
	log, line, c := &diary{}, &wire{}, newCanaries()
	r := gatewaytest.Start(t, gatewaytest.Logger(slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug - 4}))), at.option())
	people := map[string]*client.Client{}
	for _, name := range []string{"school/vc-1", "school/pf-1", "politie/wa-7", "politie/pf-2", "veilig-thuis/mw-1"} {
		people[name] = openProfile(t, r, name, line.tap())
	}
	letters := c.letters(t, r)
	forms := c.forms()
	var sent []client.Sent
	for _, l := range letters {
		if l.draft.Kind == "informatieantwoord" {
			l.draft.InReplyTo, l.draft.Case = &sent[0].ID, sent[0].Case
		}
		s, err := people[l.from].Send(t.Context(), l.draft)
		if err != nil {
			t.Fatalf("sending a %s: %v", l.draft.Kind, err)
		}
		sent = append(sent, s)
	}
	questions, asked, spoken := newCanaries(), &wire{}, places{}
	questions.ask(t, r, asked)
	asked.in(spoken)
	if sent := (places{"requests": spoken["requests"]}).search(questions.forms()); len(sent) == 0 {
		t.Error("no canary was in the questions: that none is found elsewhere would prove nothing")
	}
	aside := append(questions.forms(), formsOf("name on a card", "Iemand ")...)
	look := func(when string) {
		t.Helper()
		p := places{}
		p.addFolder(t, "folder", r.Config.Dir, time.Time{})
		at.bytes(t, p)
		line.in(p)
		log.in(p)
		for _, path := range []string{"/livez", "/readyz", "/metrics"} {
			p["admin "+path] = ask(t, "http://"+r.Gateway.Addresses().Admin+path)
		}
		said, err := at.verify(r.Config.Dir)
		must(t, err)
		p["trail verify"] = []byte(said)
		for _, found := range p.search(forms) {
			t.Errorf("%s: a canary in %s", when, found)
		}
		for _, found := range (places{"answers": spoken["answers"]}).search(questions.forms()) {
			t.Errorf("%s: what was asked is repeated in %s", when, found)
		}
		kept := maps.Clone(p)
		delete(kept, "requests")
		for _, found := range kept.search(questions.forms()) {
			t.Errorf("%s: what was only asked, or refused, is in %s", when, found)
		}
		for _, found := range (places{"log": p["log"], "metrics": p["admin /metrics"]}).search(aside) {
			t.Errorf("%s: %s", when, found)
		}
		controls(t, p, sent[0].ID)
	}
	look("while messages wait")
	for i, l := range letters {
		got := l.read(t.Context(), t, people, sent[i].ID)
		if missing := l.missing(got); len(missing) > 0 { // else the search proves nothing
			t.Errorf("%d canaries did not arrive in the %s", len(missing), l.draft.Kind)
		}
	}
	look("after the last confirmation")
	_, _, err := people["school/pf-1"].Records(t.Context(), client.Look{Why: client.Lawfulness}, "")
	must(t, err)
	r.Stop()
	p := places{}
	p.addFolder(t, "folder", r.Config.Dir, time.Time{})
	at.bytes(t, p)
	line.in(p)
	log.in(p)
	for _, found := range p.search(forms) {
		t.Errorf("after the gateway stopped: a canary in %s", found)
	}
}

// controls looks in each place for something that must be there: a place that is empty, or not really looked at, would prove nothing.
func controls(t *testing.T, p places, id string) {
	t.Helper()
	for _, c := range []struct{ place, text string }{
		{"database", "aangeboden"}, {"database", id}, {"folder: adressen.json", "beheer"}, {"log", "gateway started"},
		{"requests", "POST /v1/berichten"}, {"requests", id}, {"requests", "Authorization: Bearer"}, {"answers", "auditregel"}, {"answers", id},
		{"admin /livez", "status"}, {"admin /readyz", "gereed"},
	} {
		if !p.has(c.place, c.text) {
			t.Errorf("%q is not found in %s, where it must stand: the search does not look there", strings.Replace(c.text, id, "the id of a message", 1), c.place)
		}
	}
}

func ask(t *testing.T, url string) []byte {
	t.Helper()
	resp, err := http.Get(url)
	must(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	return body
}

// read has the recipient wait for news, open the message and confirm it, and everybody who may open its motivation. It gives all plaintext.
func (l *planted) read(ctx context.Context, t *testing.T, people map[string]*client.Client, id string) string {
	t.Helper()
	to := people[l.to]
	_, err := to.List(ctx, client.Query{Status: message.Offered, Wait: time.Second})
	must(t, err)
	got, err := to.Receive(ctx, id)
	if err != nil {
		t.Fatalf("receiving a %s: %v", l.draft.Kind, err)
	}
	if !got.Conform() {
		t.Errorf("a %s holds more than was declared: %v", l.draft.Kind, got.NotDeclared)
	}
	text := string(got.Body)
	files, err := message.Attachments(got.Body)
	must(t, err)
	for _, f := range files {
		text += string(f.Content)
	}
	if l.draft.Motivation != "" {
		for _, officer := range []string{"school/pf-1", "politie/pf-2"} {
			why, err := people[officer].Motivation(ctx, id)
			if err != nil {
				t.Fatalf("opening a motivation: %v", err)
			}
			text += why
		}
	}
	_, err = to.ConfirmReceived(ctx, got)
	must(t, err)
	_, err = to.Confirm(ctx, id, message.TakenOver, nil)
	must(t, err)
	return text
}
