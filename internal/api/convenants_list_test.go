package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestTheLifeOfAVersionInTheList: what each party last said, what took the place of what, and what ends soon.
func TestTheLifeOfAVersionInTheList(t *testing.T) {
	r := gatewaytest.Start(t)
	lead, school := r.Person("gemeente/cb-1"), r.Person("school/vc-1")
	at := r.URL + "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies"
	soon := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	text := string(get(t, school.HTTP(), at+"/1", "Accept", "application/yaml").body)
	next := strings.NewReplacer("versie: 1\n", "versie: 2\n", "tot: "+r.Convenant.Valid.Until, "tot: "+soon).Replace(text)
	post(t, lead.HTTP(), at, "application/yaml", next).is(t, http.StatusCreated) // and again below: the same version once
	type line struct {
		Version    int     `json:"versie"`
		InForce    bool    `json:"vanKracht"`
		Status     string  `json:"status"`
		By         *int    `json:"vervangenDoor"`
		Ends       *string `json:"looptAf"`
		Signatures []struct {
			Party   string  `json:"partij"`
			Verdict *string `json:"besluit"`
			Time    *string `json:"tijd"`
		} `json:"ondertekeningen"`
	}
	list := func() []line {
		t.Helper()
		var answer struct {
			Convenants []line `json:"convenanten"`
		}
		get(t, school.HTTP(), r.URL+"/v1/convenanten").into(t, http.StatusOK, &answer)
		if len(answer.Convenants) != 2 {
			t.Fatalf("%d versions", len(answer.Convenants))
		}
		return answer.Convenants
	}
	without := func(l line) line { l.Signatures = nil; return l }
	if got := list(); !cmp.Equal(without(got[0]), line{Version: 1, InForce: true, Status: "van-kracht"}) || got[1].Status != "concept" ||
		len(got[1].Signatures) != 10 || got[1].Signatures[0].Verdict != nil {
		t.Errorf("a draft: %+v", got)
	}
	r.Agree(next)
	two := 2
	got := list()
	if diff := cmp.Diff([]line{{Version: 1, Status: "vervangen", By: &two}, {Version: 2, InForce: true, Status: "van-kracht", Ends: &soon}},
		[]line{without(got[0]), without(got[1])}); diff != "" {
		t.Error(diff)
	}
	if last := got[1].Signatures[9]; last.Verdict == nil || *last.Verdict != "akkoord" || last.Time == nil {
		t.Errorf("who signed last said %+v", last)
	}
}
