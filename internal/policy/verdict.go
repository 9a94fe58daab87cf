package policy

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Verdict is a decision in codes alone: what a record of kind besluit holds of it.
type Verdict struct {
	Allow   bool
	Flow    string   // id of the flow that allows; "" when refused
	Reasons []string // codes, sorted; empty when allowed
	Policy  string   // `beleid`: digest of all that decided
}

// Again decides on facts as they stand in a record (`feiten`): exactly those bytes, not what this program would make of them, so
// that rules of another day find the facts of that day. Errors as of [Engine.Decide]; facts that are no JSON object, or name no
// convenant, are one too.
func (e *Engine) Again(ctx context.Context, facts json.RawMessage) (v Verdict, err error) {
	defer func() {
		if p := recover(); p != nil {
			v, err = Verdict{}, fmt.Errorf("deciding again: the engine panicked: %T", p)
		}
	}()
	terms.RLock()
	defer terms.RUnlock()
	if err := ctx.Err(); err != nil {
		return Verdict{}, err
	}
	var known struct {
		Established *struct {
			Convenant *struct {
				Digest *string `json:"digest"`
				Flows  []struct {
					ID string `json:"id"`
				} `json:"stromen"`
			} `json:"convenant"`
		} `json:"vastgesteld"`
	}
	if err := json.Unmarshal(facts, &known); err != nil {
		return Verdict{}, fmt.Errorf("deciding again: reading the facts: %w", err)
	}
	if known.Established == nil || known.Established.Convenant == nil || known.Established.Convenant.Digest == nil {
		return Verdict{}, fmt.Errorf("deciding again: the facts name no convenant")
	}
	input, err := ast.ValueFromReader(bytes.NewReader(facts))
	if err != nil {
		return Verdict{}, fmt.Errorf("deciding again: giving the facts to the rules: %w", err)
	}
	raw, err := e.answerTo(ctx, input)
	if err != nil {
		return Verdict{}, fmt.Errorf("deciding again: %w", err)
	}
	c := known.Established.Convenant
	v = Verdict{Allow: raw.allow, Reasons: []string{}, Policy: DecidedBy(e.digest, *c.Digest)}
	for _, r := range raw.reasons {
		v.Reasons = append(v.Reasons, r.code)
	}
	slices.Sort(v.Reasons)
	v.Reasons = slices.Compact(v.Reasons)
	if raw.allow {
		if raw.flow < 0 || raw.flow >= len(c.Flows) {
			return Verdict{}, fmt.Errorf("deciding again: the rules name a flow that does not exist")
		}
		v.Flow = c.Flows[raw.flow].ID
	}
	return v, nil
}
