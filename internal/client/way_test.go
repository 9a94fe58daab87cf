package client_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestWayOfOneMessage goes the whole way: ask, send, look, receive, confirm, take over, close, look at the case.
func TestWayOfOneMessage(t *testing.T) {
	r := gatewaytest.Start(t)
	ctx := t.Context()
	school, police := (&between{}).client(t, r.Person("school/vc-1")), (&between{}).client(t, r.Person("politie/wa-7"))

	advice, err := school.Check(ctx, signal(r, aboutNoor))
	check(t, err)
	if !advice.Allowed || len(advice.Reasons) > 0 {
		t.Fatalf("the convenant should allow this: %+v", advice)
	}
	sent, err := school.Send(ctx, signal(r, aboutNoor))
	check(t, err)
	if len(sent.Recipients) != 1 || len(sent.Recipients[0].Participants) != 1 || sent.Recipients[0].Participants[0].ID != "wa-7" {
		t.Errorf("not addressed to the one wijkagent: %+v", sent.Recipients)
	}

	page, err := police.List(ctx, client.Query{Status: message.Offered})
	check(t, err)
	if len(page.Entries) != 1 || page.Entries[0].ID != sent.ID {
		t.Fatalf("not in the inbox: %+v", page)
	}
	got, err := police.ReceiveEntry(ctx, page.Entries[0])
	check(t, err)
	if !got.Conform() || !sameJSON(t, got.Body, aboutNoor) {
		t.Errorf("another body came out, or categories were not declared: %v", got.NotDeclared)
	}
	e := got.Envelope.Envelope()
	if e.Purpose != "veilige-school" || e.Basis != "avg-6-1-e" || len(e.Subjects) != 2 || e.Case != sent.Case {
		t.Errorf("the envelope is not what was meant: %s %s, %d tags", e.Purpose, e.Basis, len(e.Subjects))
	}
	for _, step := range []struct {
		kind message.ConfirmationKind
		do   func() (client.Confirmed, error)
	}{
		{message.Received, func() (client.Confirmed, error) { return police.ConfirmReceived(ctx, got) }},
		{message.TakenOver, func() (client.Confirmed, error) { return police.Confirm(ctx, sent.ID, message.TakenOver, nil) }},
		{message.Closed, func() (client.Confirmed, error) { return police.Confirm(ctx, sent.ID, message.Closed, nil) }},
	} {
		done, err := step.do()
		check(t, err)
		if done.Status != message.Status(step.kind) {
			t.Errorf("after %s the status is %s", step.kind, done.Status)
		}
	}
	var no *client.Problem
	if _, err := police.Receive(ctx, sent.ID); !errors.As(err, &no) || no.Code != "gewist" {
		t.Errorf("the payload should be gone: %v", err)
	}
	timeline, err := school.Case(ctx, sent.Case)
	check(t, err)
	if len(timeline) != 1 || timeline[0].ID != sent.ID || timeline[0].Status != message.Status(message.Closed) {
		t.Errorf("the case shows %+v", timeline)
	}
	own, err := school.Message(ctx, sent.ID)
	check(t, err)
	if len(own.Recipients) != 1 || own.Recipients[0].Status != message.Status(message.Closed) {
		t.Errorf("the sender does not see that it was closed: %+v", own.Recipients)
	}
	if _, err := school.Proof(ctx, sent.Record); err != nil {
		t.Errorf("no proof under the newest checkpoint: %v", err)
	}
}

// TestAskedIsAnsweredInTheSameCase: the police asks under a Wpg decision, the school answers.
func TestAskedIsAnsweredInTheSameCase(t *testing.T) {
	r := gatewaytest.Start(t)
	ctx := t.Context()
	school, police := (&between{}).client(t, r.Person("school/vc-1")), (&between{}).client(t, r.Person("politie/wa-7"))
	number := gatewaytest.WpgNumber
	ref := message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1}
	attest := map[vocabulary.Statement]bool{"proportioneel": true}
	noor := `"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}]`
	asked, err := police.Send(ctx, client.Draft{
		Kind: "informatieverzoek", Convenant: ref, Recipients: []client.To{{Party: r.Party("school").OIN, Function: "veiligheidscoordinator", People: []string{"vc-1"}}},
		Body:       []byte(`{` + noor + `,"vragen":["Hoe gaat het op school?"],"redenVanDeVraag":"Er zijn zorgen."}`),
		Categories: []vocabulary.Category{"identiteit", "signaal"}, WpgDecision: &number, Statements: attest,
	})
	check(t, err)
	got, err := school.Receive(ctx, asked.ID)
	check(t, err)
	if n := got.Envelope.Envelope().Questions; n == nil || *n != 1 {
		t.Errorf("the questions were not counted: %v", n)
	}
	_, err = school.Send(ctx, client.Draft{
		Kind: "informatieantwoord", Convenant: ref, Recipients: []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}},
		Body:       []byte(`{` + noor + `,"antwoorden":[{"gedrag":"Goed."}]}`),
		Categories: []vocabulary.Category{"identiteit", "gedrag"}, Statements: attest, Case: asked.Case, InReplyTo: &asked.ID,
	})
	check(t, err)
	page, err := police.List(ctx, client.Query{Wait: time.Second})
	check(t, err)
	if len(page.Entries) != 1 || page.Entries[0].Case != asked.Case {
		t.Errorf("no answer in the case: %+v", page.Entries)
	}
}

func TestRefusalsOfTheGatewayAreToldWithTheirReasons(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	low := 1
	d := signal(r, aboutNoor)
	d.Phase = &low
	_, err := school.Send(t.Context(), d)
	var no *client.Problem
	if !errors.As(err, &no) || no.Status != 403 || len(no.Reasons) == 0 || no.Reasons[0].Code != "fase-te-laag" {
		t.Fatalf("want a refusal for the phase, got %v", err)
	}
	advice, err := school.Check(t.Context(), d)
	check(t, err)
	if advice.Allowed || len(advice.Reasons) != len(no.Reasons) || advice.Reasons[0].Code != no.Reasons[0].Code {
		t.Errorf("asking first gives another answer than sending: %+v", advice)
	}
}

// TestWhatTheSenderCanMendIsToldBeforeAnythingIsSent lists faults of a draft; the gateway hears of none of them.
func TestWhatTheSenderCanMendIsToldBeforeAnythingIsSent(t *testing.T) {
	r := gatewaytest.Start(t)
	for name, c := range map[string]struct {
		spoil func(*client.Draft)
		want  string
	}{
		"category not declared":  {func(d *client.Draft) { d.Categories = []vocabulary.Category{"signaal", "incident"} }, "identiteit"},
		"body not by the schema": {func(d *client.Draft) { d.Body = []byte(`{"thema":"x"}`) }, "betrokkenen"},
		"body is no JSON":        {func(d *client.Draft) { d.Body = []byte(`{`) }, ""},
		"nobody in that function": {func(d *client.Draft) {
			d.Recipients[0].Function = "jeugdcoordinator"
			d.Purpose, d.Basis = "veilige-school", "avg-6-1-e"
		}, "jeugdcoordinator"},
		"somebody else named":  {func(d *client.Draft) { d.Recipients[0].People = []string{"sc-1"} }, "genoemde mensen"},
		"not in the convenant": {func(d *client.Draft) { d.Recipients[0].Party = "00000099000000990000" }, "doet niet mee"},
		"no recipients":        {func(d *client.Draft) { d.Recipients = nil }, "ontvangers"},
		"no such flow":         {func(d *client.Draft) { d.Kind = "notificatie" }, "ontvangers[0]"},
		"no such kind":         {func(d *client.Draft) { d.Kind = "onzin" }, "kies uit: "},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			d := signal(r, aboutNoor)
			c.spoil(&d)
			_, err := b.client(t, r.Person("school/vc-1")).Send(t.Context(), d)
			var faults fault.List
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want a fault about %q, got %v", c.want, err)
			}
			if err != nil && strings.Contains(err.Error(), "Noor") {
				t.Errorf("a name stands in the fault: %v", err)
			}
			b.nothingPosted(t)
		})
	}
}

func sameJSON(t *testing.T, a, b []byte) bool {
	t.Helper()
	var x, y any
	check(t, json.Unmarshal(a, &x))
	check(t, json.Unmarshal(b, &y))
	one, err := json.Marshal(x)
	check(t, err)
	two, err := json.Marshal(y)
	check(t, err)
	return string(one) == string(two)
}

// TestPartyReadsItsOwnRecords: both parties find the message in the trail, and can prove it; a third finds nothing of it.
func TestPartyReadsItsOwnRecords(t *testing.T) {
	r := gatewaytest.Start(t)
	sent, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	for name, want := range map[string]bool{"school/pf-1": true, "politie/pf-2": true, "halt/mw-2": false} {
		c := (&between{}).client(t, r.Person(name))
		records, _, err := c.Records(t.Context(), client.Look{Why: client.Lawfulness}, "")
		check(t, err)
		found := slices.IndexFunc(records, func(record tlog.Record) bool { return record.Nr == sent.Record.Nr })
		if (found >= 0) != want {
			t.Errorf("%s finds the message: %v, want %v", name, found >= 0, want)
		}
		if found < 0 {
			continue
		}
		if _, err := c.Proof(t.Context(), records[found]); err != nil {
			t.Errorf("%s cannot prove it: %v", name, err)
		}
		records[found].Kind = tlog.Received
		_, err = c.Proof(t.Context(), records[found])
		refused(t, err, client.ReceiptFalse)
	}
}
