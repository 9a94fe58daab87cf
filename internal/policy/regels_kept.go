package policy

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/open-policy-agent/opa/v1/rego"

	"github.com/sluis-gateway/sluis/internal/convenant"
)

// maxCompiled bounds how many convenants' rules stand compiled at once. Of the others the text is kept, which is as much as the convenant
// itself holds, and they are compiled again when they are asked.
const maxCompiled = 128

// ownRulesKept are the rules of convenants, by the digest of the convenant. Those of two convenants never see one another.
type ownRulesKept struct {
	below *ownRulesKept // of the engine that this one was made of: looked in when here is nothing
	all   sync.Map      // digest → *ownRules

	turn  sync.Mutex
	ready []*ownRules // compiled, in a ring
	next  int
}

func (k *ownRulesKept) keep(c *convenant.Convenant, prepared *rego.PreparedEvalQuery) {
	kept, _ := k.all.LoadOrStore(c.Digest().String(), &ownRules{text: c.Rules})
	k.compiled(kept.(*ownRules), prepared)
}

// get gives the rules of a convenant, compiled; false when it is not known here.
func (k *ownRulesKept) get(digest string) (*rego.PreparedEvalQuery, bool, error) {
	for ; k != nil; k = k.below {
		if kept, ok := k.all.Load(digest); ok {
			prepared, err := k.compile(kept.(*ownRules))
			return prepared, true, err
		}
	}
	return nil, false, nil
}

// concern reports whether rules of the convenant itself have a say: they are kept here, or the facts tell that there are any.
func (k *ownRulesKept) concern(f *Facts) bool {
	for ; k != nil; k = k.below {
		if _, kept := k.all.Load(f.Established.Convenant.Digest); kept {
			return true
		}
	}
	return f.Established.Convenant.Rules
}

func (k *ownRulesKept) compile(own *ownRules) (*rego.PreparedEvalQuery, error) {
	if prepared := own.prepared.Load(); prepared != nil {
		return prepared, nil
	}
	prepared, faults, err := compileOwn(context.Background(), own.text)
	if err != nil {
		return nil, err
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	k.compiled(own, prepared)
	return prepared, nil
}

// compiled keeps what was compiled, in the place of what was compiled longest ago.
func (k *ownRulesKept) compiled(own *ownRules, prepared *rego.PreparedEvalQuery) {
	k.turn.Lock()
	defer k.turn.Unlock()
	if !own.prepared.CompareAndSwap(nil, prepared) {
		return
	}
	if len(k.ready) < maxCompiled {
		k.ready = append(k.ready, own)
		return
	}
	k.ready[k.next].prepared.Store(nil)
	k.ready[k.next] = own
	k.next = (k.next + 1) % maxCompiled
}

// ownRules are the rules of one convenant.
type ownRules struct {
	text     string
	prepared atomic.Pointer[rego.PreparedEvalQuery] // nil: to be compiled again
}
