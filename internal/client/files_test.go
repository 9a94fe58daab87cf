package client

import (
	"strings"
	"testing"
)

func TestWithoutFiles(t *testing.T) {
	for body, want := range map[string]string{
		`{"a":1,"bijlagen":[{"naam":"x","inhoud":"AA=="}],"b":{"bijlagen":[2]}}`: `{"a":1,"bijlagen":[],"b":{"bijlagen":[2]}}`,
		`{ "bijlagen" : [ ] }`:    `{ "bijlagen" : [] }`,
		`{"b\u0069jlagen":["x"]}`: `{"b\u0069jlagen":[]}`,
		`{"a":{"bijlagen":[1]}}`:  `{"a":{"bijlagen":[1]}}`,
		`[{"bijlagen":[1]}]`:      `[{"bijlagen":[1]}]`,
		`{"bijlagen":[`:           `{"bijlagen":[`,
		``:                        ``,
	} {
		if got := string(withoutFiles([]byte(body))); got != want {
			t.Errorf("%s became %s", body, got)
		}
	}
	// Persons beside a file are found as without one.
	body := []byte(`{"bijlagen":[{"naam":"a.pdf","inhoud":"` + strings.Repeat("AAAA", 1<<16) + `"}],"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}],"vragen":["?"]}`)
	found, err := people(body)
	if err != nil || len(found) != 1 || found[0].born != "2010-05-31" {
		t.Errorf("found %d persons: %v", len(found), err)
	}
	if n := questions(body); n == nil || *n != 1 {
		t.Error("the question was not counted")
	}
	if n := testing.AllocsPerRun(5, func() { _ = withoutFiles(body) }); n > 20 {
		t.Errorf("%v allocations", n)
	}
}
