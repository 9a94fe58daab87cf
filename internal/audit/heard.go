package audit

// Heard is what another process on the same store has committed, as far as somebody here may be waiting for it. It is a reason to look, and
// says nothing else: what holds is read from the store.
type Heard struct {
	Parties  []string // OINs of parties for which something may be new
	Registry bool     // what decisions rest on has changed: cards, convenants, signatures, rules
	All      bool     // something may have been missed: look at everything
}
