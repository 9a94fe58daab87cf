package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

func many(list ...string) string { return `"evaluations":[` + strings.Join(list, ",") + `]` }

func semantics(name string) string {
	return `"options":{"evaluations_semantic":"` + name + `","another":1}`
}

// TestAuthZENBatch: chapter 3 of the certification scenario, and the three semantics.
func TestAuthZENBatch(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	res := func(s string) string { return `{"resource":` + s + `}` }
	for _, tc := range []struct {
		name, body string
		want       []bool
	}{
		{"c-3-2-1 array", asked(alice, read, "", about, many(res(record1), res(record2))), []bool{true, false}},
		{"c-3-2-2 order", asked(alice, "", record1, about, many(`{"action":`+read+`}`, `{"action":`+write+`}`)), []bool{true, false}},
		{"c-3-2-5 no defaults", asked("", "", "", "", many(asked(alice, read, record1, about), asked(bob, write, record1, about))), []bool{true, false}},
		{"c-3-2-6 context", asked(alice, read, "", about, many(res(record1), asked("", "", record1, strings.Replace(about, `"fase":2`, `"fase":1`, 1)))), []bool{true, false}},
		{"c-3-2-7 inherits all", asked(alice, read, record1, about, many(`{}`, res(record2))), []bool{true, false}},
		{"c-3-4-1 one that is wrong", asked(alice, read, "", about, semantics("execute_all"), many(res(record1), `{}`, res(record1))), []bool{true, false, true}},
		{"a part is replaced whole", asked(alice, read, record1, about, many(`{"resource":{"id":"x"}}`, `{"context":{}}`, `{}`)), []bool{false, false, true}},
		{"c-3-4-2 missing", asked(alice, read, record1, about), []bool{true}},
		{"c-3-4-3 empty", asked(alice, read, record1, about, many()), []bool{true}},
		{"deny on first deny", asked(alice, read, "", about, semantics("deny_on_first_deny"), many(res(record1), res(record2), res(record1))), []bool{true, false}},
		{"a fault is a deny", asked(alice, read, "", about, semantics("deny_on_first_deny"), many(res(record1), `{}`, res(record1))), []bool{true, false}},
		{"no deny", asked(alice, read, "", about, semantics("deny_on_first_deny"), many(res(record1), res(record1))), []bool{true, true}},
		{"permit on first permit", asked(alice, read, "", about, semantics("permit_on_first_permit"), many(res(record2), res(record1), res(record2))), []bool{false, true}},
		{"no permit", asked(alice, read, "", about, semantics("permit_on_first_permit"), many(res(record2), `{}`)), []bool{false, false}},
		{"options without a semantic", asked(alice, read, "", about, `"options":{}`, many(res(record2), res(record1))), []bool{false, true}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			wantDecisions(t, post(t, c, r.URL+batch, "application/json", tc.body), tc.want...)
		})
	}
	for _, tc := range []struct{ name, body, place string }{
		{"evaluations no list", asked(alice, read, record1, about, `"evaluations":{}`), "evaluations"},
		{"an item no object", asked(alice, read, record1, about, many(`{}`, `"x"`)), "evaluations[1]"},
		{"too many", asked(alice, read, record1, about, many(strings.Split(strings.Repeat("{},", 500)+"{}", ",")...)), "evaluations"},
		{"an unknown semantic", asked(alice, read, record1, about, semantics("maybe"), many(`{}`)), "options.evaluations_semantic"},
		{"a semantic of another type", asked(alice, read, record1, about, `"options":{"evaluations_semantic":1}`, many(`{}`)), "options.evaluations_semantic"},
		{"options no object", asked(alice, read, record1, about, `"options":[]`, many(`{}`)), "options"},
		{"a default no object", asked(`"alice"`, read, record1, about, many(asked(alice, "", "", ""))), "subject"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := wrong(t, c, http.MethodPost, r.URL+batch, "application/json", tc.body).refused(t, http.StatusBadRequest, "verzoek-onjuist")
			if p.places() != tc.place {
				t.Errorf("faults at %q, want %q", p.places(), tc.place)
			}
		})
	}
}

// TestABatchTellsWhatIsWrong: the item that failed says where and what, and no value that was sent.
func TestABatchTellsWhatIsWrong(t *testing.T) {
	r := gatewaytest.Start(t)
	body := asked(alice, read, "", about, many(`{}`, `{"resource":{"type":"ontvanger","id":"kanarie-1"}}`))
	a := post(t, r.Person("school/vc-1").HTTP(), r.URL+batch, "application/json", body)
	var got struct {
		Evaluations []struct {
			Context struct {
				Reasons *[]any `json:"redenen"`
				Error   struct {
					Status int `json:"status"`
					Faults []struct {
						Place string `json:"plaats"`
					} `json:"fouten"`
				} `json:"error"`
			} `json:"context"`
		} `json:"evaluations"`
	}
	a.into(t, http.StatusOK, &got)
	for i, place := range []string{"evaluations[0].resource", "evaluations[1].resource.id"} {
		e := got.Evaluations[i].Context
		if e.Error.Status != http.StatusBadRequest || len(e.Error.Faults) != 1 || e.Error.Faults[0].Place != place || e.Reasons == nil {
			t.Errorf("item %d: %+v", i, e)
		}
	}
	if strings.Contains(string(a.body), "kanarie") {
		t.Errorf("the answer repeats what was sent: %s", a.body)
	}
}
