package api_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// found is the answer to a search.
type found struct {
	Page struct {
		Next  *string `json:"next_token"`
		Count int     `json:"count"`
	} `json:"page"`
	Context struct {
		Nearly []foundEntity `json:"onderVoorwaarden"`
	} `json:"context"`
	Results *[]foundEntity `json:"results"`
}

type foundEntity struct {
	Type, ID, Name string
	Properties     struct {
		Called string `json:"naam"`
		Under  []struct {
			Convenant struct{ ID string } `json:"convenant"`
			Purpose   string              `json:"doel"`
			Allowed   []string            `json:"toegestaneGegevens"`
		} `json:"onder"`
		Reasons []struct {
			Code string `json:"code"`
		} `json:"redenen"`
	} `json:"properties"`
}

func searched(t *testing.T, c *http.Client, url, body string) found {
	t.Helper()
	var f found
	a := post(t, c, url, "application/json", body)
	a.into(t, http.StatusOK, &f)
	if f.Results == nil || f.Context.Nearly == nil || f.Page.Next == nil {
		t.Fatalf("not a whole answer: %s", a.body)
	}
	return f
}

// names gives what was found, by id or name.
func (f found) names() []string {
	var all []string
	for _, e := range *f.Results {
		all = append(all, e.ID+e.Name)
	}
	return all
}

const (
	searchSubject  = "/access/v1/search/subject"
	searchResource = "/access/v1/search/resource"
	searchAction   = "/access/v1/search/action"
	aSubject       = `{"type":"deelnemer"}`
	aResource      = `{"type":"ontvanger"}`
)

// TestAuthZENSearch: chapter 4 of the certification scenario.
func TestAuthZENSearch(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	for _, tc := range []struct {
		name, path, body string
		want             []string // among what is found
	}{
		{"c-4-2-1 subject", searchSubject, asked(aSubject, read, record1, about), []string{"00000099000000030000/vc-1"}},
		{"c-4-2-3 subject id is ignored", searchSubject, asked(bob, read, record1, about), []string{"00000099000000030000/vc-1"}},
		{"c-4-3-1 resource", searchResource, asked(alice, read, aResource, about), []string{"00000099000000020000/wijkagent", "00000099000000020000/schoolcontactpersoon"}},
		{"c-4-3-3 resource id is ignored", searchResource, asked(alice, read, record2, about), []string{"00000099000000020000/wijkagent"}},
		{"c-4-4-1 action", searchAction, asked(alice, "", record1, about), []string{"signaal"}},
		{"c-4-4-1 an action that is there is ignored", searchAction, asked(alice, write, record1, about), []string{"signaal"}},
		{"c-4-4-2 context with what nobody knows", searchAction, asked(alice, "", record1, strings.TrimSuffix(about, "}")+`,"time":"2025-06-27T18:03-07:00"}`), []string{"signaal"}},
		{"nothing but the weighing", searchAction, asked(alice, "", record1, `{"fase":2,"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}`), []string{"signaal"}},
		{"c-4-5-1 a limit", searchResource, asked(alice, read, aResource, about, `"page":{"limit":1,"another":1}`), nil},
		{"c-4-6-1 unknown subject", searchAction, asked(`{"type":"deelnemer","id":"nonexistent-user"}`, "", record1, about), nil},
		{"c-4-6-1 another party's subject", searchAction, asked(bob, "", record1, about), nil},
		{"c-4-6-1 unknown resource", searchSubject, asked(aSubject, read, `{"type":"ontvanger","id":"00000099000000990000/wijkagent"}`, about), nil},
		{"c-4-6-1 unknown action", searchResource, asked(alice, `{"name":"fly"}`, aResource, about), nil},
		{"c-4-6-2 unknown type of subject", searchSubject, asked(`{"type":"spaceship"}`, read, record1, about), nil},
		{"c-4-6-2 unknown type of resource", searchResource, asked(alice, read, `{"type":"planet"}`, about), nil},
		{"c-4-6-2 unknown types in an action search", searchAction, asked(`{"type":"spaceship","id":"1"}`, "", `{"type":"planet","id":"1"}`, about), nil},
		{"unknown convenant", searchAction, asked(alice, "", record1, `{"convenant":{"id":"weg","versie":1}}`), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := searched(t, c, r.URL+tc.path, tc.body)
			for _, name := range tc.want {
				if !slices.Contains(f.names(), name) {
					t.Errorf("found %v, not %s", f.names(), name)
				}
			}
			if tc.want == nil && !strings.Contains(tc.body, "limit") && len(*f.Results)+len(f.Context.Nearly) > 0 {
				t.Errorf("found %v", f.names())
			}
			if f.Page.Count != len(*f.Results) {
				t.Errorf("counts %d of %d", f.Page.Count, len(*f.Results))
			}
		})
	}
	for _, tc := range []struct{ name, path, body, place string }{
		{"c-4-7-1 subject search without action", searchSubject, asked(aSubject, "", record1, about), "action"},
		{"c-4-7-1 resource search without subject", searchResource, asked("", read, aResource, about), "subject"},
		{"c-4-7-1 action search without resource", searchAction, asked(alice, "", "", about), "resource"},
		{"c-4-7-2 subject search, resource without id", searchSubject, asked(aSubject, read, aResource, about), "resource.id"},
		{"c-4-7-2 resource search, subject without id", searchResource, asked(aSubject, read, aResource, about), "subject.id"},
		{"c-4-7-2 action search, subject without id", searchAction, asked(aSubject, "", record1, about), "subject.id"},
		{"no type", searchSubject, asked(`{}`, read, record1, about), "subject.type"},
		{"context of another type", searchAction, asked(alice, "", record1, `"x"`), "context"},
		{"an unknown purpose", searchAction, asked(alice, "", record1, `{"doel":"zomaar"}`), "context.doel"},
		{"page of another type", searchAction, asked(alice, "", record1, about, `"page":[]`), "page"},
		{"limit below nothing", searchAction, asked(alice, "", record1, about, `"page":{"limit":-1}`), "page.limit"},
		{"a token of nothing", searchAction, asked(alice, "", record1, about, `"page":{"token":"eyJzIjoieCJ9"}`), "page.token"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := wrong(t, c, http.MethodPost, r.URL+tc.path, "application/json", tc.body).refused(t, http.StatusBadRequest, "verzoek-onjuist")
			if p.places() != tc.place {
				t.Errorf("faults at %q, want %q", p.places(), tc.place)
			}
		})
	}
}

// TestWhatIsFoundIsAllowed: each result is a yes to the question that it answers, and nothing else that could be asked is.
func TestWhatIsFoundIsAllowed(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	f := searched(t, c, r.URL+searchResource, asked(alice, read, aResource, about))
	for _, e := range *f.Results {
		wantDecisions(t, post(t, c, r.URL+evaluate, "application/json", asked(alice, read, `{"type":"ontvanger","id":"`+e.ID+`"}`, about)), true)
		if e.Properties.Called == "" || len(e.Properties.Under) == 0 || e.Properties.Under[0].Convenant.ID != gatewaytest.ConvenantID || len(e.Properties.Under[0].Allowed) == 0 {
			t.Errorf("told too little: %+v", e)
		}
	}
	for _, to := range []string{record2, `{"type":"ontvanger","id":"00000099000000010000/convenantbeheerder"}`} {
		wantDecisions(t, post(t, c, r.URL+evaluate, "application/json", asked(alice, read, to, about)), false)
	}
}

// TestWhatCouldBeAllowed: somebody who has not told the parents yet hears to whom it will be allowed, and what must be done first.
func TestWhatCouldBeAllowed(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	f := searched(t, c, r.URL+searchResource, asked(alice, read, aResource, strings.Replace(about, `"oudersGeinformeerd":true,`, "", 1)))
	if len(*f.Results) > 0 {
		t.Errorf("found %v although the parents were not told", f.names())
	}
	i := slices.IndexFunc(f.Context.Nearly, func(e foundEntity) bool { return e.ID == "00000099000000020000/wijkagent" })
	if i < 0 || len(f.Context.Nearly[i].Properties.Reasons) != 1 || f.Context.Nearly[i].Properties.Reasons[0].Code != "ouders-niet-geinformeerd" {
		t.Errorf("nearly: %+v", f.Context.Nearly)
	}
	// What no statement can mend is not nearly allowed.
	f = searched(t, c, r.URL+searchResource, asked(alice, read, aResource, strings.Replace(about, `"incident"`, `"gezondheid"`, 1)))
	if len(*f.Results)+len(f.Context.Nearly) > 0 {
		t.Errorf("found %v and nearly %v", f.names(), f.Context.Nearly)
	}
}

// TestPagesOfASearch: page by page the same is found as at once, and a token belongs to its own search.
func TestPagesOfASearch(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("school/vc-1").HTTP()
	body := func(page string) string { return asked(alice, read, aResource, about, page) }
	whole := searched(t, c, r.URL+searchResource, asked(alice, read, aResource, about))
	var got []string
	page := `"page":{"limit":1}`
	for range 50 {
		f := searched(t, c, r.URL+searchResource, body(page))
		if len(*f.Results) > 1 {
			t.Fatalf("%d on a page of 1", len(*f.Results))
		}
		got = append(got, f.names()...)
		if *f.Page.Next == "" {
			break
		}
		token, _ := json.Marshal(*f.Page.Next)
		page = `"page":{"token":` + string(token) + `}` // the limit stays that of the first page
		p := wrong(t, c, http.MethodPost, r.URL+searchResource, "application/json", strings.Replace(body(page), `"fase":2`, `"fase":3`, 1))
		p.refused(t, http.StatusBadRequest, "verzoek-onjuist")
	}
	if diff := cmp.Diff(whole.names(), got); diff != "" || len(got) < 2 {
		t.Errorf("page by page: %s", diff)
	}
}
