package policy

import (
	"context"
	"time"
)

// Fully decides without any shortcut.
func (e *Engine) Fully(ctx context.Context, f Facts) (Decision, error) {
	plain := &Engine{words: e.words, prepared: e.prepared, opposed: e.opposed, bundle: e.bundle, digest: e.digest}
	plain.own.below = &e.own
	return plain.Decide(ctx, f)
}

// LearnAtOnce makes each shortcut when it is asked for the first time, however busy the machine is; there is room for as many classes.
func (e *Engine) LearnAtOnce(room int) {
	e.quick.term, e.quick.rest = time.Minute, 0
	e.quick.kept = newShortcuts(room)
}

// Learnt waits until the shortcut that is being made is there.
func (e *Engine) Learnt() {
	e.quick.kept.making.Lock()
	defer e.quick.kept.making.Unlock()
}

// Quick reports whether a shortcut says yes, and how many classes and different shortcuts are kept.
func (e *Engine) Quick(ctx context.Context, f Facts) (quick bool, classes, different int) {
	kept := e.quick.kept
	_, quick = e.quickly(ctx, &f, kept.find(&f, classText(nil).write(&f)))
	kept.mu.RLock()
	defer kept.mu.RUnlock()
	return quick, len(kept.now), len(kept.alike)
}

// HasShortcut reports whether the class of the message has one, whatever it says.
func (e *Engine) HasShortcut(f Facts) bool {
	seen := e.quick.kept.find(&f, classText(nil).write(&f))
	return seen != nil && seen.shortcut.Load() != nil
}
