package policy

import (
	"context"
	"fmt"
	"strings"
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
// shortcut made: by one goroutine at a time, that rests more than it works. So nobody can keep the gateway busy with it, and no
// message waits for it. It is made of input and a copy of the answer, that nobody else can change: facts and decision are the caller's.
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
		began := time.Now()
		if s := work.tryShortcut(allowed); s != nil {
			s.remainder = kept.one(s.remainder)
			seen.shortcut.Store(s)
		}
		time.Sleep(e.quick.rest * time.Since(began))
	}()
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
