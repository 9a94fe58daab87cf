package main

import (
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

// TestMarks holds the words of a list: what there is to do, for whom, and nothing when there is nothing.
func TestMarks(t *testing.T) {
	due := time.Date(2026, 7, 1, 10, 0, 0, 0, time.UTC) // noon in the Netherlands
	before, after := due.Add(-time.Hour), due.Add(time.Hour)
	at := client.Progress{Party: "00000099000000020000", Function: "wijkagent", Name: "Voorbeeld politie", Status: message.Offered, Due: due}
	with := func(change func(*client.Progress)) client.Progress { p := at; change(&p); return p }
	status := func(s message.Status) client.Progress { return with(func(p *client.Progress) { p.Status = s }) }
	handedBack := with(func(p *client.Progress) { p.Status, p.HandedBack, p.Reacted = "teruggegeven", before, before })
	for _, c := range []struct {
		name      string
		p         client.Progress
		now       time.Time
		sent, own string
		overdue   bool
	}{
		{"waiting", at, before, "reactie van wijkagent bij Voorbeeld politie uiterlijk 2026-07-01 12:00", "reageer uiterlijk 2026-07-01 12:00", false},
		{"late", at, after, "TE LAAT sinds 2026-07-01 12:00: wijkagent bij Voorbeeld politie", "TE LAAT sinds 2026-07-01 12:00: reageer nu", true},
		{"no term", with(func(p *client.Progress) { p.Due = time.Time{} }), after, "", "", false},
		{"lapsed", status(message.Lapsed), before, "VERLOPEN: niet opgehaald door wijkagent bij Voorbeeld politie", "VERLOPEN: vraag de afzender om het opnieuw te sturen", true},
		{"unreadable", status("onleesbaar"), before, "ONLEESBAAR voor wijkagent bij Voorbeeld politie: stuur het opnieuw", "ONLEESBAAR: de afzender is gevraagd het opnieuw te sturen", false},
		{"handed back", handedBack, after, "TERUGGEGEVEN door wijkagent bij Voorbeeld politie: het is weer van u", "", false},
		{"sent on", with(func(p *client.Progress) { *p = handedBack; p.FollowedBy = "x" }), after, "", "", false},
		{"taken over", with(func(p *client.Progress) { p.Status, p.TakenOver, p.Reacted = "overgenomen", true, before }), after, "", "", false},
		{"not proven", with(func(p *client.Progress) { p.Claimed = "overgenomen" }), before,
			"niet bewezen: de sluis zegt overgenomen, zonder handtekening van wijkagent bij Voorbeeld politie", "reageer uiterlijk 2026-07-01 12:00", false},
		{"no card", with(func(p *client.Progress) { p.Name = "" }), after, "TE LAAT sinds 2026-07-01 12:00: wijkagent bij organisatie 00000099000000020000", "TE LAAT sinds 2026-07-01 12:00: reageer nu", true},
	} {
		if got := mark(c.p, false, c.now); got != c.sent {
			t.Errorf("%s, as the sender: %q, want %q", c.name, got, c.sent)
		}
		if got := mark(c.p, true, c.now); got != c.own {
			t.Errorf("%s, as the recipient: %q, want %q", c.name, got, c.own)
		}
		if got := overdue(c.p, c.now); got != c.overdue {
			t.Errorf("%s: overdue is %v", c.name, got)
		}
	}
}

// TestReachNamesWhomToCall with what stands on their cards, and no empty brackets.
func TestReachNamesWhomToCall(t *testing.T) {
	for want, people := range map[string][]client.Contact{
		"de ontvanger": nil,
		"A. Voorbeeld": {{Name: "A. Voorbeeld"}},
		"A. Voorbeeld (073-1234567) of B. Voorbeeld (b@example.nl)": {{Name: "A. Voorbeeld", Phone: "073-1234567"}, {Name: "B. Voorbeeld", Email: "b@example.nl"}},
		"A. Voorbeeld (073-1234567, a@example.nl)":                  {{Name: "A. Voorbeeld", Phone: "073-1234567", Email: "a@example.nl"}},
	} {
		if got := reach(client.Progress{People: people}); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
