package main

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// desk is where the people of a region work.
type desk struct {
	t      *testing.T
	region *gatewaytest.Region
}

// lettersSent are the ids of letters by how far they are.
type lettersSent struct{ waiting, attached, received, taken, crisis string }

func openDesk(t *testing.T, r *gatewaytest.Region) *desk { return &desk{t, r} }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// software opens a profile as its owner's software does.
func (d *desk) software(name string) *client.Client {
	d.t.Helper()
	p, err := client.LoadProfile(d.region.Person(name).Profile)
	check(d.t, err)
	c, err := client.New(p)
	check(d.t, err)
	d.t.Cleanup(c.Close)
	return c
}

// fill has people send letters and deal with some, and lays down a convenant that one party signed.
func (d *desk) fill() (sent lettersSent) {
	d.t.Helper()
	files := []message.Attachment{{Name: "verslag.txt", Type: "text/plain", Categories: []vocabulary.Category{"incident"}, Content: bytes.Repeat([]byte("gezien "), 50_000)}}
	sent = lettersSent{
		waiting: d.send(nil), received: d.send(nil), taken: d.send(nil),
		attached: d.send(func(draft *client.Draft) { draft.Attachments = files }),
		crisis: d.send(func(draft *client.Draft) {
			draft.Kind, draft.Phase, draft.Basis, draft.Urgency = "crisismelding", nil, "avg-6-1-d", vocabulary.Crisis
			draft.Motivation = "Er was geen tijd om te overleggen."
			draft.Body = []byte(`{"betrokkenen": [{"naam": "Noor Voorbeeld", "geboortedatum": "2010-05-31"}], "gevaar": "Iemand dreigt", "thema": "overig",
				"tijdstip": "2026-11-20T10:05:00+01:00", "plaats": "plein", "watIsGedaan": "gebeld", "watIsNodig": "kom", "alarmnummerGebeld": true}`)
		}),
	}
	police := d.software("politie/wa-7")
	for _, id := range []string{sent.received, sent.taken} {
		d.open(police, id)
	}
	_, err := police.Confirm(d.t.Context(), sent.taken, message.TakenOver, nil)
	check(d.t, err)
	d.draft(2)
	_, err = d.software("school/pf-1").Hold(d.t.Context(), d.caseOf(sent.waiting), "klacht")
	check(d.t, err)
	return sent
}

// goOn has them go on where they were.
func (d *desk) goOn(sent lettersSent) {
	d.t.Helper()
	police := d.software("politie/wa-7")
	for _, id := range []string{sent.waiting, sent.attached, sent.crisis} {
		d.open(police, id)
	}
	if text, err := d.software("politie/pf-2").Motivation(d.t.Context(), sent.crisis); err != nil || !strings.Contains(text, "geen tijd") {
		d.t.Errorf("the motivation under review: %q, %v", text, err)
	}
	_, err := police.Confirm(d.t.Context(), sent.received, message.TakenOver, nil)
	check(d.t, err)
	_, err = d.software("school/pf-1").Release(d.t.Context(), d.caseOf(sent.waiting), "klacht")
	check(d.t, err)
	d.open(police, d.send(nil))
	d.draft(3)
}

// open reads a letter and confirms that.
func (d *desk) open(c *client.Client, id string) {
	d.t.Helper()
	r, err := c.Receive(d.t.Context(), id)
	if err == nil {
		_, err = c.ConfirmReceived(d.t.Context(), r)
	}
	check(d.t, err)
}

// send sends a letter from school to police.
func (d *desk) send(change func(*client.Draft)) string {
	d.t.Helper()
	phase := 2
	draft := client.Draft{
		Kind: "signaal", Convenant: convenantRef, Recipients: []client.To{{Party: d.region.Party("politie").OIN, Function: "wijkagent"}},
		Body: []byte(`{"betrokkenen": [{"naam": "Noor Voorbeeld", "geboortedatum": "2010-05-31"}], "thema": "pesten", "leefgebied": ["school"],
			"aard": "Dreigt anderen", "zwaarte": "substantieel", "stapeling": false, "omschrijving": "Noor wordt al weken buitengesloten."}`),
		Categories: []vocabulary.Category{"identiteit", "incident", "signaal"}, Phase: &phase,
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true, "subsidiair": true},
	}
	if change != nil {
		change(&draft)
	}
	done, err := d.software("school/vc-1").Send(d.t.Context(), draft)
	check(d.t, err)
	return done.ID
}

// caseOf gives the case that a letter opened.
func (d *desk) caseOf(id string) string {
	d.t.Helper()
	s, err := d.software("school/vc-1").Message(d.t.Context(), id)
	check(d.t, err)
	return s.Envelope.Envelope().Case
}

// draft lays down a version of the convenant that only the school signs.
func (d *desk) draft(version int) {
	d.t.Helper()
	first := d.get("gemeente/cb-1", "/v1/convenanten/"+gatewaytest.ConvenantID+"/versies/1", "application/yaml")
	text := strings.Replace(string(first), "versie: 1\n", "versie: "+string(rune('0'+version))+"\n", 1)
	c, _, err := d.software("gemeente/cb-1").PublishConvenant(d.t.Context(), []byte(text))
	check(d.t, err)
	d.region.Say("school", c, convenant.Agreed)
}

// numbered is the number that each refusal has.
var numbered = regexp.MustCompile(`"instance":"urn:uuid:[^"]*"`)

// look gives what the gateway answers to many questions that leave nothing in the trail.
func (d *desk) look() map[string]string {
	d.t.Helper()
	all := map[string]string{}
	for _, who := range []string{"school/vc-1", "politie/wa-7", "politie/pf-2", "school/pf-1", "gemeente/cb-1"} {
		paths := map[string]bool{"/v1/kaarten": true, "/v1/wpg-besluiten": true, "/v1/convenanten": true, "/v1/vasthoudingen": true, "/v1/log/sleutel": true, "/v1/log/verliezen": true}
		for _, list := range []string{"/v1/berichten?map=in", "/v1/berichten?map=uit"} {
			paths[list] = true
			var page struct{ Berichten []struct{ ID string } }
			if err := json.Unmarshal(d.get(who, list), &page); err != nil {
				continue // not for whom it is: that must stay so
			}
			for _, m := range page.Berichten {
				paths["/v1/berichten/"+m.ID] = true
				paths["/v1/berichten/"+m.ID+"/lading"] = true
			}
		}
		for n := range 3 {
			paths["/v1/convenanten/"+gatewaytest.ConvenantID+"/versies/"+string(rune('1'+n))] = true
		}
		for _, path := range slices.Sorted(maps.Keys(paths)) {
			all[who+" "+path] = numbered.ReplaceAllString(string(d.get(who, path)), "")
		}
	}
	return all
}

// get gives the answer to a question.
func (d *desk) get(who, path string, accept ...string) []byte {
	d.t.Helper()
	req, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, d.region.URL+path, http.NoBody)
	check(d.t, err)
	for _, form := range accept {
		req.Header.Set("Accept", form)
	}
	resp, err := d.region.Person(who).HTTP().Do(req)
	check(d.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	check(d.t, err)
	if resp.StatusCode == http.StatusServiceUnavailable {
		d.t.Errorf("%s %s: %s", who, path, body)
	}
	return body
}
