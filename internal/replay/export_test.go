package replay

// Turned is how many decisions would turn, not rounded.
func (s Simulation) Turned() int { return s.turned }
