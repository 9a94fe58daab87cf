package client_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// crisis is a crisismelding that the convenant allows, with a motivation.
func crisis(r *gatewaytest.Region) client.Draft {
	return client.Draft{
		Kind: "crisismelding", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: r.Party("politie").OIN, Function: "wijkagent"}}, Basis: "avg-6-1-d",
		Body: []byte(`{"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}],"gevaar":"Dreigt met een mes.",
			"tijdstip":"2026-11-21T10:00:00Z","plaats":"De kantine","watIsGedaan":"De kantine is leeg.","watIsNodig":"Kom nu.","alarmnummerGebeld":true}`),
		Categories: []vocabulary.Category{"identiteit", "incident", "signaal"}, Urgency: vocabulary.Crisis, Motivation: why,
	}
}

const why = "Noor had een mes bij zich.\nWachten op de ouders kon niet."

// TestMotivationIsForPrivacyOfficersAlone: sealed for those of sender and recipient, who read what was written; nobody else can.
func TestMotivationIsForPrivacyOfficersAlone(t *testing.T) {
	r := gatewaytest.Start(t)
	sent, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), crisis(r))
	check(t, err)
	if len(sent.WithoutOfficer) != 0 {
		t.Errorf("both parties have an officer: %v", sent.WithoutOfficer)
	}
	for _, officer := range []string{"school/pf-1", "politie/pf-2"} {
		text, err := (&between{}).client(t, r.Person(officer)).Motivation(t.Context(), sent.ID)
		check(t, err)
		if text != why {
			t.Errorf("%s reads another text", officer)
		}
	}
	for _, other := range []string{"school/vc-1", "politie/wa-7", "halt/mw-2"} {
		var no *client.Problem
		text, err := (&between{}).client(t, r.Person(other)).Motivation(t.Context(), sent.ID)
		if text != "" || !errors.As(err, &no) || no.Status != 403 && no.Status != 404 {
			t.Errorf("%s may read it: %v", other, err)
		}
	}
	// The message itself is for who it is addressed to.
	got, err := (&between{}).client(t, r.Person("politie/wa-7")).Receive(t.Context(), sent.ID)
	check(t, err)
	if got.Envelope.Envelope().Motivation == nil || strings.Contains(string(got.Body), "ouders") {
		t.Error("the motivation is not apart from the body")
	}
}

// TestMotivationFaultsAreToldBeforeSending lists what is wrong with a motivation; nothing is posted.
func TestMotivationFaultsAreToldBeforeSending(t *testing.T) {
	r := gatewaytest.Start(t)
	for name, c := range map[string]struct {
		spoil func(*client.Draft)
		want  string
	}{
		"crisis without":   {func(d *client.Draft) { d.Motivation = "" }, "waarom niet gewacht kan worden"},
		"blank":            {func(d *client.Draft) { d.Motivation, d.Urgency = " \n\t", "" }, "is leeg"},
		"too long":         {func(d *client.Draft) { d.Motivation = strings.Repeat("é", 4001) }, "hoogstens 4000 tekens"},
		"no text":          {func(d *client.Draft) { d.Motivation = "\xff\xfe" }, "platte tekst"},
		"terminal escape":  {func(d *client.Draft) { d.Motivation = "\x1b[2J" }, "platte tekst"},
		"no officer there": {func(d *client.Draft) { *d = fromYouthWork(r) }, "geen van de organisaties heeft een privacyfunctionaris"},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			d, from := crisis(r), "school/vc-1"
			if c.spoil(&d); d.Kind == "signaal" {
				from = "jongerenwerk/mw-3"
			}
			_, err := b.client(t, r.Person(from)).Send(t.Context(), d)
			var faults fault.List
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want a fault about %q, got %v", c.want, err)
			}
			b.nothingPosted(t)
		})
	}
	t.Run("as long as it may be", func(t *testing.T) {
		d := crisis(r)
		d.Motivation = strings.Repeat("€", 4000)
		_, err := (&between{}).client(t, r.Person("school/vc-1")).Send(t.Context(), d)
		check(t, err)
	})
	t.Run("officer at one side", func(t *testing.T) { // somebody can judge it: a child in danger does not wait for a card
		d := fromYouthWork(r)
		d.Recipients[0] = client.To{Party: r.Party("school").OIN, Function: "veiligheidscoordinator"}
		sent, err := (&between{}).client(t, r.Person("jongerenwerk/mw-3")).Send(t.Context(), d)
		check(t, err)
		if len(sent.WithoutOfficer) != 1 || sent.WithoutOfficer[0] != r.Party("jongerenwerk").OIN {
			t.Errorf("who has no officer: %v", sent.WithoutOfficer)
		}
	})
}

// fromYouthWork is a signaal with a motivation from a party without privacy officer to another one.
func fromYouthWork(r *gatewaytest.Region) client.Draft {
	d := signal(r, aboutNoor)
	d.Purpose, d.Motivation = "veilige-school", why
	d.Recipients[0] = client.To{Party: r.Party("mbo").OIN, Function: "veiligheidscoordinator"}
	return d
}
