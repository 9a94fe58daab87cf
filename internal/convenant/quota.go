package convenant

import (
	"encoding/json"
	"time"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Codes of conditions that more than the rules know about.
const (
	MaximumCondition vocabulary.Condition = "maximum"
	FourEyes         vocabulary.Condition = "vier-ogen"
)

// Quota is the condition `maximum: {aantal, per}` (VOCABULARY): a participant sends at most Count messages of the flow's kind within any
// stretch of time as long as Per.
type Quota struct {
	Count int
	Per   string // as written: an ISO 8601 duration that [ParseTerm] reads
}

// longestQuota bounds how far back is counted.
const longestQuota = 366 * 24 * time.Hour

// Quota gives the maximum of a flow; false when it sets none.
func (f Flow) Quota() (Quota, bool) {
	for _, c := range f.Conditions {
		fields, ok := c.Parameter.(map[string]any)
		if c.Code != MaximumCondition || !ok {
			continue
		}
		count, isNumber := fields["aantal"].(float64)
		per, isText := fields["per"].(string)
		return Quota{Count: int(count), Per: per}, isNumber && isText
	}
	return Quota{}, false
}

// quota checks the parameter of a condition that takes {aantal, per}.
func (r reader) quota(at, p node, info vocabulary.ConditionInfo) any {
	before := len(*r.faults)
	if p.kind != anObject {
		at.fault(r.faults, "deze voorwaarde heeft een aantal en een periode nodig, zoals {aantal: 3, per: P1D}")
		return nil
	}
	for _, f := range p.fields {
		if f.name != "aantal" && f.name != "per" {
			f.value.fault(r.faults, "is hier geen bekend veld; bekend zijn aantal en per")
		}
	}
	count, per := p.get("aantal"), p.get("per")
	if n := count.int(); count.kind != aNumber || n < info.Min || n > info.Max {
		count.fault(r.faults, "is een geheel getal van %d tot en met %d", info.Min, info.Max)
	}
	if d, err := ParseTerm(per.text); err != nil || d > longestQuota {
		per.fault(r.faults, `is een periode in dagen en uren van hoogstens een jaar, zoals "P1D" of "P7D"`)
	}
	if len(*r.faults) > before {
		return nil
	}
	return map[string]any{"aantal": json.Number(count.text), "per": per.text}
}
