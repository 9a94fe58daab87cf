package demo

import (
	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// to is one recipient in one function.
func to(org string, function vocabulary.Function) []client.To {
	return []client.To{{Party: find(org).oin, Function: function}}
}

// attests gives the statements that a sender signs.
func attests(names ...vocabulary.Statement) map[vocabulary.Statement]bool {
	all := map[vocabulary.Statement]bool{}
	for _, n := range names {
		all[n] = true
	}
	return all
}
