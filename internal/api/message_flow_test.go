package api_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// sent reads the answer of a send.
func sent(t *testing.T, resp *http.Response) answer {
	t.Helper()
	defer resp.Body.Close()
	var b bytes.Buffer
	if _, err := b.ReadFrom(resp.Body); err != nil {
		t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, b.Bytes()}
}

// confirmation signs what a recipient says of a message.
func confirmation(t *testing.T, who *gatewaytest.Person, envelope, id string, kind message.ConfirmationKind, change ...func(*message.Confirmation)) string {
	t.Helper()
	u, err := jose.Parse(envelope, jose.Envelope)
	if err != nil {
		t.Fatal(err)
	}
	c := message.Confirmation{
		Message: id, Envelope: digest.Of(u.Payload), Kind: kind, Conform: true, NotDeclared: []vocabulary.Category{},
		Time: message.Time{Time: time.Now(), Text: time.Now().UTC().Format(time.RFC3339)},
	}
	for _, f := range change {
		f(&c)
	}
	signed, err := message.SignConfirmation(c, who.Key)
	if err != nil {
		t.Fatal(err)
	}
	return signed.Compact()
}

type messageAnswer struct {
	ID           string          `json:"id"`
	Envelope     string          `json:"envelop"`
	Status       string          `json:"status"`
	PerRecipient json.RawMessage `json:"perOntvanger"`
	Confirmed    []string        `json:"bevestigingen"`
	Receipt      json.RawMessage `json:"ontvangst"`
}

type listAnswer struct {
	Messages []struct {
		ID     string `json:"id"`
		Status string `json:"status"`
	} `json:"berichten"`
	Cursor *string `json:"cursor"`
}

// TestWayOfOneMessage: accepted, offered, fetched, confirmed, erased; and the same again gives the same.
func TestWayOfOneMessage(t *testing.T) {
	r := gatewaytest.Start(t)
	sender, receiver := r.Person("school/vc-1"), r.Person("politie/wa-7")
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 300<<10) // long enough to be staged
	first := sent(t, sender.Send(envelope, payload))
	var accepted struct {
		ID      string       `json:"id"`
		Receipt tlog.Receipt `json:"ontvangst"`
	}
	first.into(t, http.StatusCreated, &accepted)
	if accepted.ID != e.ID || first.header.Get("Location") != "/v1/berichten/"+e.ID {
		t.Errorf("id or location is of another message")
	}
	verifier, err := note.NewVerifier(r.Gateway.LogVerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	record, err := tlog.VerifyReceipt(accepted.Receipt, verifier.Name(), verifier)
	if err != nil || record.Kind != tlog.Offered || record.Message == nil || *record.Message != e.ID || len(record.TraceID) != 32 {
		t.Errorf("receipt: %+v, %v", record, err)
	}
	if again := sent(t, sender.Send(envelope, payload)); again.status != http.StatusCreated || !bytes.Equal(again.body, first.body) {
		t.Errorf("the same envelope again: %d, the same bytes: %v", again.status, bytes.Equal(again.body, first.body))
	}

	var inbox listAnswer
	get(t, receiver.HTTP(), r.URL+"/v1/berichten?map=in").into(t, http.StatusOK, &inbox)
	if len(inbox.Messages) != 1 || inbox.Messages[0].ID != e.ID || inbox.Cursor == nil {
		t.Fatalf("inbox: %+v", inbox)
	}
	at := r.URL + "/v1/berichten/" + e.ID
	var m messageAnswer
	get(t, receiver.HTTP(), at).into(t, http.StatusOK, &m)
	if m.Envelope != envelope || m.Status != "aangeboden" || len(m.Confirmed) != 0 {
		t.Errorf("message: %+v", m)
	}
	fetched := get(t, receiver.HTTP(), at+"/lading")
	if fetched.is(t, http.StatusOK); !bytes.Equal(fetched.body, payload) {
		t.Error("what was fetched is not what was sent")
	}
	get(t, receiver.HTTP(), at+"/motivering").refused(t, http.StatusNotFound, "niet-gevonden")
	get(t, r.Person("politie/sc-1").HTTP(), at+"/lading").refused(t, http.StatusForbidden, "niet-geadresseerd")
	get(t, r.Person("halt/mw-2").HTTP(), at).refused(t, http.StatusNotFound, "niet-gevonden")

	received := confirmation(t, receiver, envelope, e.ID, message.Received)
	var status struct {
		Status string `json:"status"`
	}
	post(t, receiver.HTTP(), at+"/bevestigingen", "application/jose", received).into(t, http.StatusCreated, &status)
	if status.Status != "ontvangen" {
		t.Errorf("status %s", status.Status)
	}
	get(t, receiver.HTTP(), at+"/lading").refused(t, http.StatusNotFound, "gewist")
	post(t, receiver.HTTP(), at+"/bevestigingen", "application/jose", confirmation(t, receiver, envelope, e.ID, message.Closed)).
		refused(t, http.StatusConflict, "status-past-niet")
	post(t, sender.HTTP(), at+"/bevestigingen", "application/jose", received).is(t, http.StatusForbidden)
	get(t, sender.HTTP(), at).into(t, http.StatusOK, &m)
	if diff := cmp.Diff([]string{received}, m.Confirmed); diff != "" || m.Status != "ontvangen" {
		t.Errorf("what the sender sees: %s %s", m.Status, diff)
	}

	var c listAnswer
	get(t, sender.HTTP(), r.URL+"/v1/zaken/"+e.Case).into(t, http.StatusOK, &c)
	if len(c.Messages) != 1 || c.Messages[0].Status != "ontvangen" {
		t.Errorf("case: %+v", c)
	}
	get(t, r.Person("halt/mw-2").HTTP(), r.URL+"/v1/zaken/"+e.Case).refused(t, http.StatusNotFound, "niet-gevonden")
	get(t, sender.HTTP(), r.URL+"/v1/berichten?map=uit&status=ontvangen").into(t, http.StatusOK, &inbox)
	if len(inbox.Messages) != 1 {
		t.Errorf("sent and received: %d", len(inbox.Messages))
	}
	get(t, sender.HTTP(), r.URL+"/v1/berichten?map=uit&status=verlopen").into(t, http.StatusOK, &inbox)
	if len(inbox.Messages) != 0 {
		t.Errorf("sent and lapsed: %d", len(inbox.Messages))
	}
}

// TestInboxIsOnesOwn: a participant sees what is addressed to him; the software of the party sees all of it.
func TestInboxIsOnesOwn(t *testing.T) {
	r := gatewaytest.Start(t)
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	for who, want := range map[string]int{"politie/wa-7": 1, "politie/sc-1": 0, "politie/as-1": 1, "halt/mw-2": 0} {
		var list listAnswer
		get(t, r.Person(who).HTTP(), r.URL+"/v1/berichten?map=in").into(t, http.StatusOK, &list)
		if len(list.Messages) != want {
			t.Errorf("%s sees %d messages, want %d", who, len(list.Messages), want)
		}
	}
}

// TestLongPoll: a wait ends when there is something, and is an empty list when there is not.
func TestLongPoll(t *testing.T) {
	r := gatewaytest.Start(t)
	receiver := r.Person("politie/wa-7")
	start := time.Now()
	var list listAnswer
	get(t, receiver.HTTP(), r.URL+"/v1/berichten?map=in&wacht=1").into(t, http.StatusOK, &list)
	if waited := time.Since(start); len(list.Messages) != 0 || waited < time.Second || list.Cursor != nil {
		t.Errorf("after %s: %+v", waited, list)
	}
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 10)
	done := make(chan answer, 1)
	go func() { done <- get(t, receiver.HTTP(), r.URL+"/v1/berichten?map=in&wacht=30") }()
	time.Sleep(100 * time.Millisecond) // not needed for it to work, but to see it wake up
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	select {
	case a := <-done:
		if a.into(t, http.StatusOK, &list); len(list.Messages) != 1 {
			t.Errorf("got %+v", list)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nobody woke the waiting call")
	}
	if list.Cursor == nil {
		t.Fatal("no cursor")
	}
	var rest listAnswer
	get(t, receiver.HTTP(), r.URL+"/v1/berichten?map=in&cursor="+*list.Cursor).into(t, http.StatusOK, &rest)
	if len(rest.Messages) != 0 || rest.Cursor == nil || !strings.EqualFold(*rest.Cursor, *list.Cursor) {
		t.Errorf("after the cursor: %+v", rest)
	}
}
