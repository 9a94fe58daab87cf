package client

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestOnlyWhatTheConvenantLeavesIsFilledIn(t *testing.T) {
	type purposes = []vocabulary.Purpose
	type bases = []vocabulary.Basis
	flow := func(p purposes, b bases) convenant.Flow { return convenant.Flow{Purposes: p, Bases: b} }
	for name, c := range map[string]struct {
		chosen vocabulary.Purpose
		flows  [][]convenant.Flow
		want   vocabulary.Purpose
		fault  string
	}{
		"chosen stands, even when no flow has it": {chosen: "opsporing", want: "opsporing"},
		"one flow, one purpose":                   {flows: [][]convenant.Flow{{flow(purposes{"a"}, bases{"x"})}}, want: "a"},
		"two flows, one purpose":                  {flows: [][]convenant.Flow{{flow(purposes{"a"}, bases{"x"}), flow(purposes{"a"}, bases{"x"})}}, want: "a"},
		"two purposes":                            {flows: [][]convenant.Flow{{flow(purposes{"b", "a"}, bases{"x"})}}, fault: "kies er een: a, b"},
		"one for all recipients":                  {flows: [][]convenant.Flow{{flow(purposes{"a", "b"}, bases{"x"})}, {flow(purposes{"b", "c"}, bases{"x"})}}, want: "b"},
		"none for both recipients":                {flows: [][]convenant.Flow{{flow(purposes{"a"}, bases{"x"})}, {flow(purposes{"b"}, bases{"x"})}}, fault: "past er geen"},
		"other basis":                             {flows: [][]convenant.Flow{{flow(purposes{"a"}, bases{"x"}), flow(purposes{"b"}, bases{"y"})}}, want: "a"},
		"no flow":                                 {flows: [][]convenant.Flow{nil}, fault: "past er geen"},
	} {
		t.Run(name, func(t *testing.T) {
			var faults fault.List
			got := only(c.chosen, "doel", c.flows, &faults, func(f convenant.Flow) ([]vocabulary.Purpose, bool) {
				return f.Purposes, slices.Contains(f.Bases, "x")
			})
			if got != c.want || (c.fault == "") != (len(faults) == 0) || c.fault != "" && !strings.Contains(faults.Error(), c.fault) {
				t.Errorf("got %q and %v, want %q and %q", got, faults, c.want, c.fault)
			}
		})
	}
}

func TestEverybodyInABodyIsFound(t *testing.T) {
	const id = "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11"
	key := searchKey(t)
	p := &Profile{searchKey: &key}
	for body, want := range map[string]int{
		`{}`:                 0,
		`{"naam":"Noor"}`:    0, // a name without a date of birth is no person to find back
		`{"vragen":["wie"]}`: 0,
		`{"betrokkenen":[{"naam":"Noor de Vries","geboortedatum":"2010-05-31"}]}`:                                                            1,
		`{"betrokkenen":[{"naam":"Noor de Vries","geboortedatum":"2010-05-31","bsn":"999990019"}]}`:                                          2,
		`{"betrokkenen":[{"naam":"Noor de Vries","geboortedatum":"2010-05-31"},{"naam":"NOOR DE VRÍES","geboortedatum":"2010-05-31"}]}`:      1, // the same person
		`{"a":{"b":[{"naam":"Noor","geboortedatum":"2010-05-31"},{"c":{"naam":"Bas","geboortedatum":"2011-01-02","bsn":null}}]},"bsn":null}`: 2,
	} {
		tags, err := p.tags(id, []byte(body))
		if err != nil || len(tags) != want {
			t.Errorf("%s: %d tags and %v, want %d", body, len(tags), err, want)
		}
	}
}

func TestWhoCannotBeFoundBackIsNotSent(t *testing.T) {
	const id, noor = "019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11", `{"naam":"Noor","geboortedatum":"2010-05-31"}`
	if _, err := (&Profile{}).tags(id, []byte(noor)); err == nil {
		t.Error("a person was passed without a search key")
	}
	key := searchKey(t)
	for _, body := range []string{`{"naam":"Noor","geboortedatum":"31 mei"}`, `{"bsn":"123456789"}`, `{"naam":"…","geboortedatum":"2010-05-31"}`} {
		_, err := (&Profile{searchKey: &key}).tags(id, []byte(body))
		var faults fault.List
		if !errors.As(err, &faults) || strings.Contains(err.Error(), "123456789") || strings.Contains(err.Error(), "31 mei") {
			t.Errorf("%s: want a fault without the value, got %v", body, err)
		}
	}
}

func TestQuestionsAreCounted(t *testing.T) {
	for body, want := range map[string]int{`{"vragen":["a","b"]}`: 2, `{"vragen":[]}`: 0, `{}`: -1, `{"vragen":"a"}`: -1, `x`: -1} {
		got := -1
		if n := questions([]byte(body)); n != nil {
			got = *n
		}
		if got != want {
			t.Errorf("%s: %d, want %d", body, got, want)
		}
	}
}
