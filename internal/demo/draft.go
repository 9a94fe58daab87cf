package demo

import (
	"strings"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// letter is a draft as most of the region's are: weighed, and with purpose and legal basis left to the convenant where it leaves
// no choice.
func letter(kind vocabulary.Kind, under message.ConvenantRef, recipients []client.To, text string, categories ...vocabulary.Category) client.Draft {
	return client.Draft{Kind: kind, Convenant: under, Recipients: recipients, Body: body(text), Categories: categories,
		Statements: attests("proportioneel", "subsidiair")}
}

// about fills in which message of the region a payload is about: an id that nobody knows before it is played.
func about(text []byte, id string) []byte {
	return []byte(strings.Replace(string(text), "00000000-0000-7000-8000-000000000000", id, 1))
}

// to is one recipient in one function.
func to(org string, function vocabulary.Function) []client.To {
	return []client.To{{Party: find(org).oin, Function: function}}
}

// and adds recipients: one message, each with its own decision.
func and(first []client.To, more ...[]client.To) []client.To {
	all := first
	for _, one := range more {
		all = append(all, one...)
	}
	return all
}

// answering puts a message in the case of the one that it answers.
func answering(d client.Draft, to client.Sent) client.Draft {
	d.Case, d.InReplyTo = to.Case, &to.ID
	return d
}

// attesting adds statements that a sender signs.
func attesting(d client.Draft, names ...vocabulary.Statement) client.Draft {
	for _, n := range names {
		d.Statements[n] = true
	}
	return d
}

// attests gives the statements that a sender signs.
func attests(names ...vocabulary.Statement) map[vocabulary.Statement]bool {
	all := map[vocabulary.Statement]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}

// list gives the categories of data that a payload holds.
func list(categories ...vocabulary.Category) []vocabulary.Category { return categories }
