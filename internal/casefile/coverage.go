package casefile

import (
	"slices"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Coverage is what of a convenant no case touches.
type Coverage struct {
	Flows      []string               // ids of the flows along which no case is allowed
	NeverMet   []vocabulary.Condition // conditions of which no case shows a message that meets them
	NeverUnmet []vocabulary.Condition // conditions of which no case shows a message that is refused for them
}

// Covered looks at what the cases of a file expect. In a convenant, a condition is met where a case is allowed along a flow that sets
// it, and unmet where a case is refused for a reason of the condition on a way that a flow with the condition covers.
func Covered(agreed *convenant.Convenant, f File) Coverage {
	var out Coverage
	along := map[string]bool{}
	for _, c := range f.Cases {
		along[c.Flow] = true
	}
	var conditions []vocabulary.Condition
	met := map[vocabulary.Condition]bool{}
	for _, flow := range agreed.Flows {
		if !along[flow.ID] {
			out.Flows = append(out.Flows, flow.ID)
		}
		for _, condition := range flow.Conditions {
			met[condition.Code] = met[condition.Code] || along[flow.ID]
			if !slices.Contains(conditions, condition.Code) {
				conditions = append(conditions, condition.Code)
			}
		}
	}
	slices.Sort(conditions)
	for _, code := range conditions {
		if !met[code] {
			out.NeverMet = append(out.NeverMet, code)
		}
		if !slices.ContainsFunc(f.Cases, func(c Case) bool { return c.unmet(agreed, code) }) {
			out.NeverUnmet = append(out.NeverUnmet, code)
		}
	}
	return out
}

// unmet reports whether a case is refused because it does not meet a condition.
func (c Case) unmet(agreed *convenant.Convenant, code vocabulary.Condition) bool {
	info, _ := vocabulary.Default().Condition(code)
	if !slices.ContainsFunc(info.Reasons, func(r vocabulary.Reason) bool { return slices.Contains(c.Reasons, r) }) {
		return false
	}
	from, _ := agreed.Member(c.From.OIN)
	to, _ := agreed.Member(c.To.OIN)
	return slices.ContainsFunc(agreed.FlowsFor(c.Kind, from.Role, to.Role), func(flow convenant.Flow) bool {
		return slices.ContainsFunc(flow.Conditions, func(set convenant.Condition) bool { return set.Code == code })
	})
}
