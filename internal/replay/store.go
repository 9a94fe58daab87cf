package replay

import "context"

// Store is what this package reads: the trail and the kept rules.
type Store interface {
	// Rules gives a kept bundle by its digest; audit.ErrNotFound.
	Rules(ctx context.Context, digest string) (bundle []byte, err error)
	// RulesInOrder gives the digests of all kept bundles, that which decides now first, then those before it.
	RulesInOrder(ctx context.Context) ([]string, error)
	// DecisionsUnder gives the records of kind besluit about messages that named a convenant (any version, known or not), newest
	// first, before nr `before` (0: from the end); at most limit.
	DecisionsUnder(ctx context.Context, convenant string, before int64, limit int) (canonical [][]byte, err error)
}

// RulesWrite keeps that from its record on, these rules decide; declared here, kept by store/*. The first time it keeps the bundle
// as well. Other bytes under a digest that is kept already are a conflict.
type RulesWrite struct {
	Digest      string
	Bundle      []byte
	RecordIndex int // of the record of kind beleid in its change
}
