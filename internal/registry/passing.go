package registry

import "sync"

// passing is the moment at which a snapshot is succeeded: the change stands in the log already, and is not in force here yet.
// What is decided on the old snapshot in that moment would stand in the log after the change and go against it.
type passing struct {
	mu   sync.Mutex
	over chan struct{} // nil when no change is on its way
}

func (p *passing) begin() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over == nil {
		p.over = make(chan struct{})
	}
}

// end says that the change is in force, or was not kept.
func (p *passing) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.over != nil {
		close(p.over)
		p.over = nil
	}
}

func (p *passing) now() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.over
}

// Passing reports whether a change of this snapshot is in the log, or about to be, and not in force yet; [Registry.Settled] waits for
// that. The new snapshot is there before this says no again.
func (s *Snapshot) Passing() bool { return s.passing.now() != nil }
