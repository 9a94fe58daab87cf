package fault_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
)

func TestString(t *testing.T) {
	cases := map[string]fault.Fault{
		"ontbreekt":                              {Message: "ontbreekt"},
		"soort: ontbreekt":                       {Place: "soort", Message: "ontbreekt"},
		"regel 3, kolom 5 (soort): ontbreekt":    {Place: "soort", Message: "ontbreekt", Line: 3, Column: 5},
		"regel 1, kolom 1: is geen YAML":         {Message: "is geen YAML", Line: 1, Column: 1},
		"ontvangers[0].partij: is geen OIN":      {Place: "ontvangers[0].partij", Message: "is geen OIN"},
		"fase: moet een getal zijn van 1 tot en": {Place: "fase", Message: "moet een getal zijn van 1 tot en"},
	}
	for want, f := range cases {
		if got := f.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAnEmptyListIsNoError(t *testing.T) {
	var l fault.List
	if err := l.Err(); err != nil {
		t.Errorf("nothing wrong, and yet %v", err)
	}
}

func TestListTellsAll(t *testing.T) {
	var l fault.List
	l.Add("soort", "is geen bekende soort")
	l.Add("fase", "moet tussen %d en %d liggen", 1, 3)
	err := fmt.Errorf("reading an envelope: %w", l.Err())
	var got fault.List
	if !errors.As(err, &got) || len(got) != 2 {
		t.Fatalf("faults did not come through: %v", err)
	}
	const want = "soort: is geen bekende soort; fase: moet tussen 1 en 3 liggen"
	if got.Error() != want {
		t.Errorf("got %q", got.Error())
	}
}

// An input that is nothing but faults gets a bounded answer that is still a refusal.
func TestListIsBounded(t *testing.T) {
	var l fault.List
	for range 10 * fault.Shown {
		l.Add("x", "is geen bekend veld")
	}
	var got fault.List
	if !errors.As(l.Err(), &got) || len(got) != fault.Shown+1 {
		t.Fatalf("got %d faults", len(got))
	}
	if last := got[fault.Shown]; !strings.Contains(last.Message, "meer") {
		t.Errorf("the last one does not say that there are more: %s", last)
	}
	if len(l) != 10*fault.Shown || l[fault.Shown].Place != "x" {
		t.Error("Err changed the list itself")
	}
}

// `fouten` of a problem+json: {"plaats","melding"}, with a line only where there is one.
func TestJSON(t *testing.T) {
	got, err := json.Marshal(fault.List{{Place: "a", Message: "b"}, {Place: "a", Message: "b", Line: 1, Column: 2}})
	const want = `[{"plaats":"a","melding":"b"},{"plaats":"a","melding":"b","regel":1,"kolom":2}]`
	if err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
}
