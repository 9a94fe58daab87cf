package api

import "sync"

// maxStreams is how many streams of events one participant may have open.
const maxStreams = 4

// streams counts what is open, by participant. The zero value is ready to use.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

// enter takes a place, and gives how to leave it; ok is false when there is none.
func (s *streams) enter(who string) (leave func(), ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open[who] >= maxStreams {
		return nil, false
	}
	if s.open == nil {
		s.open = make(map[string]int)
	}
	s.open[who]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[who]--; s.open[who] == 0 {
			delete(s.open, who)
		}
	}, true
}
