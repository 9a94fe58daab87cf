package api_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

type recordsAnswer struct {
	Records []json.RawMessage `json:"auditregels"`
	Cursor  *string           `json:"cursor"`
}

func (a recordsAnswer) read(t *testing.T) []tlog.Record {
	t.Helper()
	var list []tlog.Record
	for _, raw := range a.Records {
		r, err := tlog.ParseRecord(raw)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	return list
}

// TestTrail: a party sees the records that it is part of, and that it looked is one of them.
func TestTrail(t *testing.T) {
	r := gatewaytest.Start(t)
	officer, outsider := r.Person("school/pf-1"), r.Person("halt/mw-2")
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	one := 1
	e.ID, e.Phase = "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11", &one
	envelope, payload = r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).refused(t, 403, "geweigerd")

	look := func(who *gatewaytest.Person, purpose string) []tlog.Record {
		var a recordsAnswer
		get(t, who.HTTP(), r.URL+"/v1/auditregels?logdoel="+purpose).into(t, http.StatusOK, &a)
		return a.read(t)
	}
	count := func(list []tlog.Record, kind tlog.RecordKind, decision string) (n int) {
		for _, rec := range list {
			if rec.Kind == kind && (decision == "" || rec.Decision != nil && *rec.Decision == decision) {
				n++
			}
		}
		return n
	}
	own := look(officer, "rechtmatigheid")
	if count(own, tlog.Offered, "") != 1 || count(own, tlog.Decided, "toegestaan") != 1 || count(own, tlog.Decided, "geweigerd") != 1 {
		t.Errorf("the sender's party sees %d records", len(own))
	}
	police := look(r.Person("politie/pf-2"), "rechtmatigheid")
	if count(police, tlog.Offered, "") != 1 || count(police, tlog.Decided, "geweigerd") != 0 {
		t.Error("the recipient's party sees a denied attempt, or not the message")
	}
	if other := look(outsider, "beveiliging"); count(other, tlog.Offered, "") != 0 || count(other, tlog.Decided, "") != 0 {
		t.Error("an outsider sees a message")
	}

	again := look(officer, "interne-controle")
	if len(again) != len(own)+1 || again[0].Kind != tlog.Consulted || *again[0].Purpose != "rechtmatigheid" || again[0].Sender.Participant != officer.ID {
		t.Fatalf("the first look is not on record: %+v", again[0])
	}
	var facts struct {
		Shown []int64 `json:"geraadpleegd"`
	}
	if err := json.Unmarshal(again[0].Facts, &facts); err != nil || len(facts.Shown) != len(own) || facts.Shown[0] != own[0].Nr {
		t.Errorf("what was shown is not on record: %s", again[0].Facts)
	}

	verifier, err := note.NewVerifier(r.Gateway.LogVerifierKey())
	if err != nil {
		t.Fatal(err)
	}
	var raw recordsAnswer
	get(t, officer.HTTP(), r.URL+"/v1/auditregels?logdoel=rechtmatigheid").into(t, http.StatusOK, &raw)
	for i, rec := range raw.read(t) {
		proof := get(t, officer.HTTP(), r.URL+"/v1/auditregels/"+strconv.FormatInt(rec.Nr, 10)+"/bewijs")
		proof.is(t, http.StatusOK)
		if _, err := tlog.VerifyReceipt(tlog.Receipt{Record: raw.Records[i], Proof: string(proof.body)}, verifier.Name(), verifier); err != nil {
			t.Errorf("record %d: %v", rec.Nr, err)
		}
		if rec.Kind == tlog.Offered {
			get(t, outsider.HTTP(), r.URL+"/v1/auditregels/"+strconv.FormatInt(rec.Nr, 10)+"/bewijs").refused(t, 404, "niet-gevonden")
		}
	}
}

// TestTrailInPages: no record is missing or double where one page ends and the next begins.
func TestTrailInPages(t *testing.T) {
	r := gatewaytest.Start(t)
	who := r.Person("school/pf-1")
	for range 120 { // each look is a record
		get(t, who.HTTP(), r.URL+"/v1/auditregels?logdoel=beveiliging&cursor=1").is(t, http.StatusOK)
	}
	var last int64 = 1 << 40
	seen, cursor := 0, ""
	for pages := 1; ; pages++ {
		var a recordsAnswer
		get(t, who.HTTP(), r.URL+"/v1/auditregels?logdoel=beveiliging"+cursor).into(t, http.StatusOK, &a)
		for _, rec := range a.read(t) {
			if rec.Nr >= last {
				t.Fatalf("record %d after %d", rec.Nr, last)
			}
			last = rec.Nr
			seen++
		}
		if a.Cursor == nil {
			if pages < 2 {
				t.Errorf("%d records on one page", seen)
			}
			break
		}
		cursor = "&cursor=" + *a.Cursor
	}
	if seen < 120 {
		t.Errorf("saw %d records", seen)
	}
}

// TestTraceOfTheCallerIsInTheRecords (W3C Trace Context; Logboek Dataverwerkingen).
func TestTraceOfTheCallerIsInTheRecords(t *testing.T) {
	r := gatewaytest.Start(t)
	who := r.Person("school/pf-1")
	const trace = "0af7651916cd43dd8448eb211c80319c"
	get(t, who.HTTP(), r.URL+"/v1/auditregels?logdoel=beveiliging", "traceparent", "00-"+trace+"-b7ad6b7169203331-01").is(t, http.StatusOK)
	var a recordsAnswer
	get(t, who.HTTP(), r.URL+"/v1/auditregels?logdoel=beveiliging").into(t, http.StatusOK, &a)
	if got := a.read(t)[0]; got.Kind != tlog.Consulted || got.TraceID != trace || strings.Trim(got.SpanID, "0") == "" {
		t.Errorf("record %d has trace %s, span %s", got.Nr, got.TraceID, got.SpanID)
	}
}
