package audit

// Waiting is how many changes are in the queue.
func (s *Sequencer) Waiting() int { return len(s.queue) }
