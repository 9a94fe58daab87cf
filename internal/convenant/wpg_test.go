package convenant_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func TestWpgDecisionRoundTrip(t *testing.T) {
	anchors, ids := signers(t)
	want := decision()
	one := "0192aaaa-0000-7000-8000-000000000001"
	id := "denbosch-school-en-veiligheid"
	for _, d := range []convenant.WpgDecision{want, with19(want, &one), {}} {
		if d.Number == "" {
			d = want
			d.Convenant = &id
		}
		compact, err := convenant.SignWpgDecision(d, ids[police].Key, ids[police].Chain)
		if err != nil {
			t.Fatal(err)
		}
		got, err := convenant.VerifyWpgDecision(compact, anchors, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		d.Party, d.CardKey, d.Compact = police, cardKey(ids[police]), compact
		if diff := cmp.Diff(d, got); diff != "" {
			t.Error(diff)
		}
	}
}

func with19(d convenant.WpgDecision, zaak *string) convenant.WpgDecision {
	d.Basis, d.Case = "wpg-19", zaak
	return d
}

// A decision that says too little, or something that does not exist, cannot be signed, and one that was signed with other
// software is refused in the same words.
func TestWpgDecisionRefuses(t *testing.T) {
	anchors, ids := signers(t)
	bad, long := "geen-uuid", "Hoofdletters"
	cases := map[string]func(*convenant.WpgDecision){
		"number":            func(d *convenant.WpgDecision) { d.Number = "14 (2026)" },
		"no number":         func(d *convenant.WpgDecision) { d.Number = "" },
		"basis":             func(d *convenant.WpgDecision) { d.Basis = "avg-6-1-e" },
		"unknown basis":     func(d *convenant.WpgDecision) { d.Basis = "wpg-21" },
		"19 without a case": func(d *convenant.WpgDecision) { d.Basis = "wpg-19" },
		"19 with no case":   func(d *convenant.WpgDecision) { *d = with19(*d, &bad) },
		"20 with a case":    func(d *convenant.WpgDecision) { d.Case = &bad },
		"convenant":         func(d *convenant.WpgDecision) { d.Convenant = &long },
		"no alliance":       func(d *convenant.WpgDecision) { d.Alliance = "" },
		"no interest":       func(d *convenant.WpgDecision) { d.Interest = "" },
		"no conditions":     func(d *convenant.WpgDecision) { d.Conditions = "" },
		"no authority":      func(d *convenant.WpgDecision) { d.Authority = "" },
		"no purposes":       func(d *convenant.WpgDecision) { d.Purposes = []vocabulary.Purpose{} },
		"opsporing":         func(d *convenant.WpgDecision) { d.Purposes = []vocabulary.Purpose{"opsporing"} },
		"category":          func(d *convenant.WpgDecision) { d.Categories = []vocabulary.Category{"geheim"} },
		"category twice":    func(d *convenant.WpgDecision) { d.Categories = []vocabulary.Category{"signaal", "signaal"} },
		"recipient":         func(d *convenant.WpgDecision) { d.Recipients = []party.OIN{"1"} },
		"day":               func(d *convenant.WpgDecision) { d.Valid.Until = "2026-13-01" },
		"order of days":     func(d *convenant.WpgDecision) { d.Valid.Until = "2025-12-31" },
	}
	for name, change := range cases {
		t.Run(name, func(t *testing.T) {
			d := decision()
			change(&d)
			var list fault.List
			if _, err := convenant.SignWpgDecision(d, ids[police].Key, ids[police].Chain); !errors.As(err, &list) || len(list) != 1 {
				t.Errorf("signing: %v", err)
			}
		})
	}
	for _, payload := range []string{"{}", "[]", "null", "x", `{"nummer":"1"}`} {
		compact := sign(t, "wpg-besluit+jws", ids[police].Key, ids[police].Chain, []byte(payload))
		var list fault.List
		if _, err := convenant.VerifyWpgDecision(compact, anchors, time.Now()); !errors.As(err, &list) {
			t.Errorf("%s: %v", payload, err)
		}
	}
	if _, err := convenant.VerifyWpgDecision("a.b.c", anchors, time.Now()); err == nil {
		t.Error("no JWS was accepted")
	}
}
