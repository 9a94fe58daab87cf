package api_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

type reviewsAnswer struct {
	Reviews []map[string]string `json:"beoordelingen"`
	Cursor  *string             `json:"cursor"`
}

// TestReviews: a recipient finds what the envelope does not name; the privacy officers of both parties see that, and nobody else does.
func TestReviews(t *testing.T) {
	r := gatewaytest.Start(t)
	receiver, officer := r.Person("politie/wa-7"), r.Person("school/pf-1")
	at := r.URL + "/v1/beoordelingen"
	var a reviewsAnswer
	get(t, officer.HTTP(), at).into(t, http.StatusOK, &a)
	if a.Reviews == nil || len(a.Reviews) != 0 || a.Cursor != nil {
		t.Errorf("before anything happened: %+v", a)
	}
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
	compact := confirmation(t, receiver, envelope, e.ID, message.Received, func(c *message.Confirmation) {
		c.Conform, c.NotDeclared = false, []vocabulary.Category{"gezondheid"}
	})
	post(t, receiver.HTTP(), r.URL+"/v1/berichten/"+e.ID+"/bevestigingen", "application/jose", compact).is(t, http.StatusCreated)
	for _, who := range []string{"school/pf-1", "politie/pf-2"} {
		get(t, r.Person(who).HTTP(), at).into(t, http.StatusOK, &a)
		if len(a.Reviews) != 1 || len(a.Reviews[0]) != 5 || a.Cursor != nil {
			t.Fatalf("%s sees %+v", who, a)
		}
		one := a.Reviews[0]
		until, err := time.Parse(time.RFC3339, one["tot"])
		if one["bericht"] != e.ID || one["zaak"] != e.Case || one["soort"] != "signaal" || one["aanleiding"] != "niet-conform" ||
			err != nil || !until.After(time.Now()) {
			t.Errorf("%s sees %+v", who, one)
		}
	}
	get(t, officer.HTTP(), at+"?cursor=999999").into(t, http.StatusOK, &a)
	if len(a.Reviews) != 0 {
		t.Errorf("after the last one: %+v", a)
	}
	get(t, receiver.HTTP(), at).refused(t, http.StatusForbidden, "niet-bevoegd")
	get(t, r.Person("halt/mw-2").HTTP(), at).refused(t, http.StatusForbidden, "niet-bevoegd")
	for _, cursor := range []string{"-1", "x", "", "9999999999999999"} {
		wrong(t, officer.HTTP(), http.MethodGet, at+"?cursor="+cursor, "", "").refused(t, http.StatusBadRequest, "verzoek-onjuist")
	}
}

// TestReviewsGoOnWhereTheyEnded: a page is 50.
func TestReviewsGoOnWhereTheyEnded(t *testing.T) {
	r := gatewaytest.Start(t)
	receiver, sender := r.Person("politie/wa-7"), r.Person("school/vc-1")
	const n = 51
	for range n {
		e := r.Signal("school/vc-1", "politie/wa-7")
		envelope, payload := r.Seal(e, 10)
		sent(t, sender.Send(envelope, payload)).is(t, http.StatusCreated)
		compact := confirmation(t, receiver, envelope, e.ID, message.Received, func(c *message.Confirmation) { c.Conform = false })
		post(t, receiver.HTTP(), r.URL+"/v1/berichten/"+e.ID+"/bevestigingen", "application/jose", compact).is(t, http.StatusCreated)
	}
	seen := map[string]bool{}
	at := r.URL + "/v1/beoordelingen"
	for pages := 0; at != ""; pages++ {
		var a reviewsAnswer
		get(t, r.Person("school/pf-1").HTTP(), at).into(t, http.StatusOK, &a)
		for _, one := range a.Reviews {
			seen[one["bericht"]] = true
		}
		if at = ""; a.Cursor != nil {
			at = r.URL + "/v1/beoordelingen?cursor=" + *a.Cursor
		}
		if pages > 2 {
			t.Fatal("it never ends")
		}
	}
	if len(seen) != n {
		t.Errorf("%d of %d reviews were seen", len(seen), n)
	}
}
