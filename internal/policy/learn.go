package policy

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"

	"github.com/sluis-gateway/sluis/policies"
)

// makingRest is how many times as long as it worked the maker of shortcuts rests: it takes a fifth of one processor at most.
const makingRest = 4

// worker is what shortcuts are made with.
type worker struct {
	compiler *ast.Compiler
	store    storage.Store
	kept     *shortcuts
	term     time.Duration // the making of one takes this long at most, by the clock on the wall
	rest     time.Duration // this many times as long as a shortcut took, the next waits
}

// quickly answers by the shortcut of the class. Only a yes is an answer: of everything else, an error too, the rules themselves are
// asked.
func (e *Engine) quickly(ctx context.Context, f *Facts, seen *sighting) (answer, bool) {
	if seen == nil {
		return answer{}, false
	}
	s := seen.shortcut.Load()
	if s == nil {
		return answer{}, false
	}
	if ok, err := s.allows(ctx, e, f); !ok || err != nil {
		return answer{}, false
	}
	return s.answer.clone(), true
}

// learn hears that the rules allowed a message. Only an allowed message makes a class known, and only the second of a class has its
// shortcut made: by one goroutine at a time, that rests more than it works. So nobody can keep the gateway busy with it; messages
// wait at most for the making of one (see [terms]). It is made of the input and a copy of the answer: facts and decision are the
// caller's again.
func (e *Engine) learn(f Facts, rest classText, seen *sighting, input ast.Value, allowed answer) {
	kept := e.quick.kept
	if seen == nil {
		kept.add(&f, rest)
		return
	}
	if seen.asked.Load() || !kept.making.TryLock() {
		return // the next message of the class asks again
	}
	seen.asked.Store(true)
	work := partialWork{engine: e, input: input, unknowns: unknowns(&f)}
	allowed = allowed.clone()
	go func() {
		defer kept.making.Unlock()
		if !alone(e.quick.term) {
			seen.asked.Store(false) // busy: a later message of the class asks again
			time.Sleep(e.quick.rest * e.quick.term)
			return
		}
		began := time.Now()
		if s := work.tryShortcut(allowed); s != nil {
			s.remainder = kept.one(s.remainder)
			seen.shortcut.Store(s)
		}
		took := time.Since(began)
		terms.Unlock()
		time.Sleep(e.quick.rest * took)
	}()
}

// terms guards what OPA shares: when it works rules out ahead it writes in terms of the facts, of the vocabulary, and in those that
// all engines have in common (copy propagation). Whoever evaluates holds it for reading, whoever works out holds it alone.
var terms sync.RWMutex

// alone gets terms within the time, or not at all. It asks again and again, instead of standing in line: who stands in line holds up
// every decision until the slowest that runs is done.
func alone(within time.Duration) bool {
	for end := time.Now().Add(within); !terms.TryLock(); time.Sleep(time.Millisecond / 2) {
		if time.Now().After(end) {
			return false
		}
	}
	return true
}

// tryShortcut gives nil when there is none. Nobody hears why: the rules decide as well without.
func (w partialWork) tryShortcut(allowed answer) (s *shortcut) {
	defer func() {
		if recover() != nil {
			s = nil
		}
	}()
	s, err := w.makeShortcut(context.Background(), allowed)
	if err != nil {
		return nil
	}
	return s
}

// decidingFile says what an answer is: that `antwoord` is `toestemming` along all of `doorgang`, when there are any.
const decidingFile = "sluis/besluit/besluit.rego"

// shortcutsHold reports whether the answer of these rules is made as [passage] and [permission] suppose: the file that says so is
// the binary's own, and no other file says anything about it. Of an operator's rules that are otherwise, there are no shortcuts.
func (r rules) shortcutsHold(compiler *ast.Compiler) (bool, error) {
	own, err := policies.FS.ReadFile(decidingFile)
	if err != nil {
		return false, fmt.Errorf("reading the rules of the binary: %w", err)
	}
	if r.texts[decidingFile] != string(own) {
		return false, nil
	}
	for _, name := range []string{"antwoord", "toegestaan"} {
		for _, rule := range compiler.GetRules(ast.MustParseRef("data.sluis.besluit." + name)) {
			if rule.Location == nil || rule.Location.File != decidingFile {
				return false, nil
			}
		}
	}
	return true, nil
}

// String says all that there is to look at, for [shortcuts.one].
func (r *remainder) String() string {
	var text strings.Builder
	for _, w := range r.ways {
		fmt.Fprintf(&text, "%d %v\n", w.flow, w.bodies)
	}
	fmt.Fprintf(&text, "%v %v", r.parts, r.whole)
	return text.String()
}
