package policy

import (
	"sync"
	"sync/atomic"
)

// maxClasses bounds how many classes are kept: twice as many at most, those of now and those of before. When there are as many of
// now, they become those of before, and what is not asked again before the next turn is forgotten.
const maxClasses = 1 << 14

// shortcuts keeps what was worked out, by class.
type shortcuts struct {
	max int

	mu          sync.RWMutex
	now, before map[class]*sighting
	alike       map[string]*remainder // of now, by what they say

	making sync.Mutex // held while one is made: see [Engine.learn]
}

// sighting is a class of which a message was allowed.
type sighting struct {
	asked    atomic.Bool              // its shortcut is made, or was tried
	shortcut atomic.Pointer[shortcut] // nil: there is none yet, or never
}

func newShortcuts(max int) *shortcuts {
	return &shortcuts{max: max, now: map[class]*sighting{}, alike: map[string]*remainder{}}
}

// find gives what is known of a class, or nil. rest is not kept.
func (k *shortcuts) find(f *Facts, rest classText) *sighting {
	flows := f.Established.Convenant.Flows
	if len(flows) == 0 {
		return nil // nothing to allow
	}
	k.mu.RLock()
	found, recent := k.now[class{&flows[0], len(flows), string(rest)}]
	if !recent {
		found = k.before[class{&flows[0], len(flows), string(rest)}]
	}
	k.mu.RUnlock()
	if found != nil && !recent {
		k.keep(class{&flows[0], len(flows), string(rest)}, found)
	}
	return found
}

// add remembers the first allowed message of a class.
func (k *shortcuts) add(f *Facts, rest classText) {
	if flows := f.Established.Convenant.Flows; len(flows) > 0 {
		k.keep(class{&flows[0], len(flows), string(rest)}, &sighting{})
	}
}

func (k *shortcuts) keep(c class, s *sighting) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, there := k.now[c]; there {
		return
	}
	if len(k.now) >= k.max {
		k.now, k.before, k.alike = map[class]*sighting{}, k.now, map[string]*remainder{}
	}
	k.now[c] = s
}

// one gives a remainder that says the same, if there is one.
func (k *shortcuts) one(r *remainder) *remainder {
	text := r.String()
	k.mu.Lock()
	defer k.mu.Unlock()
	if same, there := k.alike[text]; there {
		return same
	}
	k.alike[text] = r
	return r
}
