package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

type holdsAnswer struct {
	Holds []struct {
		Case   string    `json:"zaak"`
		Reason string    `json:"reden"`
		Since  time.Time `json:"sinds"`
	} `json:"vasthoudingen"`
	Cursor *string `json:"cursor"`
}

// held asks what somebody's party holds.
func held(t *testing.T, r *gatewaytest.Region, who string) holdsAnswer {
	t.Helper()
	var a holdsAnswer
	get(t, r.Person(who).HTTP(), r.URL+"/v1/vasthoudingen").into(t, http.StatusOK, &a)
	return a
}

// TestHold: both parties of a message hold its case, without seeing that of the other, and each lets go of its own.
func TestHold(t *testing.T) {
	r := gatewaytest.Start(t)
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	at := r.URL + "/v1/zaken/" + e.Case
	do := func(who, what, reason string) answer {
		t.Helper()
		return post(t, r.Person(who).HTTP(), at+"/"+what, "application/json", `{"reden":"`+reason+`"}`)
	}
	if a := held(t, r, "school/pf-1"); a.Holds == nil || len(a.Holds) != 0 || a.Cursor != nil {
		t.Errorf("before anything is held: %+v", a)
	}
	first := do("school/pf-1", "vasthoudingen", "bezwaar")
	var body struct {
		Receipt tlog.Receipt `json:"ontvangst"`
	}
	first.into(t, http.StatusCreated, &body)
	record, err := tlog.ParseRecord(body.Receipt.Record)
	if err != nil || record.Kind != tlog.Held || *record.Case != e.Case || len(record.Reasons) != 1 || record.Reasons[0] != "bezwaar" ||
		len(record.Recipients) != 0 || record.Sender.Participant != "pf-1" {
		t.Errorf("the record says %s, %v", body.Receipt.Record, err)
	}
	if again := do("school/pf-1", "vasthoudingen", "bezwaar"); again.status != http.StatusCreated || string(again.body) != string(first.body) {
		t.Errorf("held again: %d %s", again.status, again.body)
	}
	do("school/pf-1", "vasthoudingen", "onderzoek").is(t, http.StatusCreated)
	do("politie/pf-2", "vasthoudingen", "bezwaar").is(t, http.StatusCreated)
	if a := held(t, r, "school/pf-1"); len(a.Holds) != 2 || a.Holds[0].Case != e.Case || a.Holds[0].Reason != "bezwaar" || a.Holds[1].Reason != "onderzoek" ||
		time.Since(a.Holds[0].Since) > time.Minute {
		t.Errorf("the school sees %+v", a)
	}
	if a := held(t, r, "politie/pf-2"); len(a.Holds) != 1 {
		t.Errorf("the police sees %+v", a)
	}
	do("politie/pf-2", "vrijgaven", "bezwaar").is(t, http.StatusCreated)
	do("politie/pf-2", "vrijgaven", "bezwaar").refused(t, http.StatusNotFound, "niet-gevonden")
	do("politie/pf-2", "vrijgaven", "onderzoek").refused(t, http.StatusNotFound, "niet-gevonden")
	if a := held(t, r, "school/pf-1"); len(a.Holds) != 2 {
		t.Errorf("after the police let go the school sees %+v", a)
	}
	var trail struct {
		Records []struct {
			Kind tlog.RecordKind `json:"soort"`
		} `json:"auditregels"`
	}
	get(t, r.Person("politie/pf-2").HTTP(), r.URL+"/v1/auditregels?logdoel=rechtmatigheid&zaak="+e.Case).into(t, http.StatusOK, &trail)
	seen := map[tlog.RecordKind]int{}
	for _, line := range trail.Records {
		seen[line.Kind]++
	}
	if seen[tlog.Held] != 1 || seen[tlog.Released] != 1 {
		t.Errorf("the police sees %v: its own hold, and nothing of the school's", seen)
	}
}
