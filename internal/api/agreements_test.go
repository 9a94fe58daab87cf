package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/party"
)

// TestConvenants: served as it was signed, put down by the party that has the regie, signed by each party for itself.
func TestConvenants(t *testing.T) {
	r := gatewaytest.Start(t)
	lead, school := r.Person("gemeente/cb-1"), r.Person("school/vc-1")
	at := r.URL + "/v1/convenanten/" + gatewaytest.ConvenantID + "/versies"

	a := get(t, school.HTTP(), at+"/1", "Accept", "application/json")
	if a.is(t, http.StatusOK); !bytes.Equal(a.body, r.Convenant.Canonical()) {
		t.Error("the JSON is not exactly what was signed")
	}
	text := get(t, school.HTTP(), at+"/1", "Accept", "application/yaml")
	if got, err := convenant.ParseYAML(text.body); err != nil || got.Digest() != r.Convenant.Digest() || text.header.Get("Content-Type") != "application/yaml" {
		t.Errorf("the YAML is another convenant: %v", err)
	}
	var signed struct {
		List []string `json:"ondertekeningen"`
	}
	if get(t, school.HTTP(), at+"/1/ondertekeningen").into(t, http.StatusOK, &signed); len(signed.List) != 10 {
		t.Errorf("%d signatures", len(signed.List))
	}

	next := strings.Replace(string(text.body), "versie: 1", "versie: 2", 1)
	post(t, school.HTTP(), at, "application/yaml", next).refused(t, 403, "niet-bevoegd")
	post(t, r.Person("gemeente/ew-1").HTTP(), at, "application/yaml", next).refused(t, 403, "niet-bevoegd")
	post(t, lead.HTTP(), r.URL+"/v1/convenanten/elders/versies", "application/yaml", next).refused(t, 400, "verzoek-onjuist")
	broken := strings.Replace(next, "grondslagen: [avg-6-1-e]", "grondslagen: []", 1)
	if p := post(t, lead.HTTP(), at, "application/yaml", broken).refused(t, 400, "verzoek-onjuist"); len(p.Faults) == 0 {
		t.Error("no fault is named")
	}
	changed := strings.Replace(string(text.body), "belang: een", "belang: geen", 1)
	post(t, lead.HTTP(), at, "application/yaml", changed).refused(t, 409, "versie-past-niet")
	var kept struct {
		Version int    `json:"versie"`
		Digest  string `json:"digest"`
	}
	created := post(t, lead.HTTP(), at, "application/yaml", next)
	if created.into(t, http.StatusCreated, &kept); kept.Version != 2 || created.header.Get("Location") != "/v1/convenanten/"+gatewaytest.ConvenantID+"/versies/2" {
		t.Errorf("kept %+v at %s", kept, created.header.Get("Location"))
	}

	second, err := convenant.ParseYAML([]byte(next))
	if err != nil {
		t.Fatal(err)
	}
	sign := func(c *convenant.Convenant, short string) string {
		p := r.Party(short)
		s, err := convenant.Sign(c, convenant.Agreed, time.Now(), p.Signer.Key, p.Signer.Chain)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	post(t, school.HTTP(), at+"/2/ondertekeningen", "application/jose", sign(r.Convenant, "school")).refused(t, 400, "verzoek-onjuist")
	post(t, school.HTTP(), at+"/3/ondertekeningen", "application/jose", sign(second, "school")).refused(t, 404, "niet-gevonden")
	post(t, school.HTTP(), at+"/2/ondertekeningen", "application/jose", sign(second, "mbo")).refused(t, 403, "niet-bevoegd")
	post(t, school.HTTP(), at+"/2/ondertekeningen", "application/jose", sign(second, "school")).is(t, http.StatusCreated)

	var list struct {
		Convenants []struct {
			Version int  `json:"versie"`
			InForce bool `json:"vanKracht"`
		} `json:"convenanten"`
	}
	get(t, school.HTTP(), r.URL+"/v1/convenanten").into(t, http.StatusOK, &list)
	if len(list.Convenants) != 2 || !list.Convenants[0].InForce || list.Convenants[1].InForce {
		t.Errorf("versions: %+v", list.Convenants)
	}
}

// TestWpgDecisions: registered by the police, seen by whom they name.
func TestWpgDecisions(t *testing.T) {
	r := gatewaytest.Start(t)
	at := r.URL + "/v1/wpg-besluiten"
	again := r.WpgDecision("WPG20-2026-015")
	post(t, r.Person("school/vc-1").HTTP(), at, "application/jose", again).refused(t, 403, "niet-bevoegd")
	post(t, r.Person("politie/wa-7").HTTP(), at, "application/jose", again).is(t, http.StatusCreated)
	post(t, r.Person("politie/wa-7").HTTP(), at, "application/jose", again[:len(again)-4]+"AAAA").is(t, http.StatusForbidden)
	for who, want := range map[string]int{"politie/wa-7": 2, "school/vc-1": 2, "halt/mw-2": 0} {
		var list struct {
			Decisions []string `json:"wpgBesluiten"`
		}
		if get(t, r.Person(who).HTTP(), at).into(t, http.StatusOK, &list); len(list.Decisions) != want {
			t.Errorf("%s sees %d, want %d", who, len(list.Decisions), want)
		}
	}
}

// TestCards: a party publishes its own cards with its certificate alone, each version once.
func TestCards(t *testing.T) {
	r := gatewaytest.Start(t)
	school, police := r.Party("school"), r.Party("politie")
	at := r.URL + "/v1/kaarten"
	var all, own struct {
		Cards []string `json:"kaarten"`
	}
	get(t, r.Person("school/vc-1").HTTP(), at).into(t, http.StatusOK, &all)
	get(t, r.Person("school/vc-1").HTTP(), at+"/"+string(police.OIN)).into(t, http.StatusOK, &own)
	if len(all.Cards) != 10+16 || len(own.Cards) != len(police.Cards) || own.Cards[0] != police.Cards[0] {
		t.Errorf("%d cards, %d of the police", len(all.Cards), len(own.Cards))
	}
	first := post(t, school.HTTP(), at, "application/jose", school.Cards[1])
	first.is(t, http.StatusCreated)
	if again := post(t, school.HTTP(), at, "application/jose", school.Cards[1]); !bytes.Equal(first.body, again.body) {
		t.Error("the same card again gives another answer")
	}
	post(t, school.HTTP(), at, "application/jose", police.Cards[0]).refused(t, 403, "niet-bevoegd")
	post(t, school.HTTP(), at, "application/jose", police.Cards[1]).refused(t, 403, "niet-bevoegd")
	changed := r.Person("school/vc-1").Participant
	changed.Name = "Iemand anders"
	other, err := party.SignParticipant(changed, school.Admin)
	if err != nil {
		t.Fatal(err)
	}
	post(t, school.HTTP(), at, "application/jose", other).refused(t, 409, "versie-past-niet")
	forged, err := party.SignParticipant(changed, police.Admin)
	if err != nil {
		t.Fatal(err)
	}
	post(t, school.HTTP(), at, "application/jose", forged).is(t, http.StatusForbidden)
}
