package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// moment writes a time as it is in the Netherlands: terms are counted in the days of Amsterdam.
func moment(t time.Time) string { return t.In(term.Zone).Format("2006-01-02 15:04") }

// who names a function and an organisation ("bij": the name of a function may hold "van" already); an organisation without a verified card by its number.
func who(function vocabulary.Function, name string, oin party.OIN) string {
	label := vocabulary.Default().Label(string(function))
	if label == "" {
		label = string(function)
	}
	if name == "" {
		name = "organisatie " + string(oin)
	}
	return label + " bij " + name
}

// mark says in a few words what somebody should know of a message in a list; "" when there is nothing to do. In the own inbox it is
// about what the own party should do, else about what the recipients did.
func mark(p client.Progress, own bool, now time.Time) string {
	name := who(p.Function, p.Name, p.Party)
	switch {
	case own && p.Lost() && p.Status != message.Lapsed:
		return "ONLEESBAAR: de afzender is gevraagd het opnieuw te sturen"
	case p.Late(now) && own:
		return "TE LAAT sinds " + moment(p.Due) + ": reageer nu"
	case p.Late(now):
		if p.Status == message.Lapsed {
			name += " haalde het niet op, en het is verlopen"
		}
		return "TE LAAT sinds " + moment(p.Due) + ": " + name
	case p.Status == message.Lapsed && p.Lost() && own:
		return "VERLOPEN: vraag de afzender om het opnieuw te sturen"
	case p.Status == message.Lapsed && p.Lost():
		return "VERLOPEN: niet opgehaald door " + name
	case own:
		if p.Reacted.IsZero() && p.FollowedBy == "" && !p.Due.IsZero() {
			return "reageer uiterlijk " + moment(p.Due)
		}
		return ""
	case p.Lost():
		return "ONLEESBAAR voor " + name + ": stuur het opnieuw"
	case !p.HandedBack.IsZero() && !p.Settled():
		return "TERUGGEGEVEN door " + name + ": het is weer van u"
	case p.Claimed != "":
		return "niet bewezen: de sluis zegt " + string(p.Claimed) + ", zonder handtekening van " + name
	case p.Reacted.IsZero() && !p.Due.IsZero() && p.FollowedBy == "":
		return "reactie van " + name + " uiterlijk " + moment(p.Due)
	}
	return ""
}

// reach names whom to call, with what stands on their cards.
func reach(p client.Progress) string {
	if len(p.People) == 0 {
		return "de ontvanger"
	}
	var list []string
	for _, one := range p.People {
		how := slices.DeleteFunc([]string{one.Phone, one.Email}, func(s string) bool { return s == "" })
		text := one.Name
		if len(how) > 0 {
			text += " (" + strings.Join(how, ", ") + ")"
		}
		list = append(list, text)
	}
	return strings.Join(list, " of ")
}

// overdue reports whether a message belongs on the list of what is late: the term is over, or nobody fetched it in time.
func overdue(p client.Progress, now time.Time) bool {
	return p.Late(now) || p.Status == message.Lapsed && p.Lost()
}

// state says where a message is for one recipient, by signatures.
func state(p client.Progress) string {
	said := string(p.Status)
	switch {
	case p.Status == message.Offered:
		said += ", nog niet opgehaald"
	case p.Status == message.Lapsed:
		said += ": niemand haalde het op, en de inhoud is gewist"
	case !p.Since.IsZero():
		said += fmt.Sprintf(" op %s door %s", moment(p.Since), p.By)
	}
	if p.Claimed != "" {
		said += fmt.Sprintf(" (de sluis zegt %s, maar een geldige handtekening ontbreekt: ga daar niet van uit)", p.Claimed)
	}
	return said
}
