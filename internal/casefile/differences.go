package casefile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Differences says, in Dutch and one difference each, where a decision is not the one of the case; nil when it is.
func (c Case) Differences(d policy.Decision) []string {
	var all []string
	switch {
	case c.Allowed() && !d.Allow:
		all = append(all, "verwacht: het mag, langs stroom "+c.Flow+"; gekregen: het mag niet")
	case !c.Allowed() && d.Allow:
		all = append(all, "verwacht: het mag niet; gekregen: het mag, langs stroom "+d.Flow)
	case d.Flow != c.Flow:
		all = append(all, fmt.Sprintf("verwacht: langs stroom %s; gekregen: langs stroom %s", c.Flow, d.Flow))
	}
	got := Codes(d.Reasons)
	if missing := without(c.Reasons, got); len(missing) > 0 {
		all = append(all, "deze reden ontbreekt: "+strings.Join(missing, ", "))
	}
	if more := without(got, c.Reasons); len(more) > 0 {
		all = append(all, "deze reden was niet verwacht: "+strings.Join(more, ", "))
	}
	return all
}

// Codes gives the codes of reasons, sorted.
func Codes(reasons []policy.Reason) []vocabulary.Reason {
	var codes []vocabulary.Reason
	for _, r := range reasons {
		codes = append(codes, r.Code)
	}
	slices.Sort(codes)
	return codes
}

func without(all, others []vocabulary.Reason) []string {
	var rest []string
	for _, code := range all {
		if !slices.Contains(others, code) {
			rest = append(rest, string(code))
		}
	}
	return rest
}
