package policy_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestWhatGoesOutCanBePutRight: whoever may send something about a person may correct it, to the same people and in the same
// categories ("een onterechte beschuldiging kan grote schade veroorzaken"; AVG, article 19; Wpg, article 4). A convenant without that
// way leaves what is wrong where it is.
func TestWhatGoesOutCanBePutRight(t *testing.T) {
	words := vocabulary.Default()
	for _, c := range examples(t) {
		for _, flow := range c.Flows {
			if kind, _ := words.Kind(flow.Kind); !kind.AboutPerson || kind.Corrects {
				continue
			}
			if !slices.ContainsFunc(c.FlowsFor("correctie", flow.From.Role, flow.To.Role), func(back convenant.Flow) bool {
				return within(flow.From.Functions, back.From.Functions) && within(flow.To.Functions, back.To.Functions) &&
					within(flow.Categories, back.Categories)
			}) {
				t.Errorf("%s: what goes by flow %s cannot be corrected", c.ID, flow.ID)
			}
		}
	}
}

func within[T comparable](part, whole []T) bool {
	return !slices.ContainsFunc(part, func(one T) bool { return !slices.Contains(whole, one) })
}
