package demo

import (
	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// to is one recipient in one function.
func to(org string, function vocabulary.Function) []client.To {
	return []client.To{{Party: find(org).oin, Function: function}}
}

// answering puts a message in the case of the one that it answers.
func answering(d client.Draft, to client.Sent) client.Draft {
	d.Case, d.InReplyTo = to.Case, &to.ID
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
