package registry

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/jose"
)

// errRow says that a row of the store does not say what the signed object in it says.
var errRow = errors.New("what is kept beside the signed object differs from it")

// load reads everything kept and verifies it as if it came from a stranger. Copying the maps once for each object would cost
// the square of their number, so load fills one snapshot that nobody else has seen yet.
func (r *Registry) load(ctx context.Context) (*Snapshot, error) {
	s := emptySnapshot()
	// First where it stands, then what there is: what another process changes in between makes this snapshot newer than it says, and
	// what is decided on it is decided again. The other way round a change would go unseen.
	head, err := r.store.Head(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the head of the log: %w", err)
	}
	s.Kept = head.Registry
	for _, step := range []struct {
		what string
		do   func(context.Context, *Snapshot) error
	}{
		{"cards", r.loadCards}, {"convenants", r.loadConvenants}, {"signatures", r.loadSignatures},
		{"changes of convenants", r.loadChanges}, {"Wpg decisions", r.loadWpgDecisions},
	} {
		if err := step.do(ctx, s); err != nil {
			return nil, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	s.Generation = 1
	return s, nil
}

func (r *Registry) loadConvenants(ctx context.Context, s *Snapshot) error {
	versions, err := r.store.Convenants(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	for _, kept := range versions {
		c, err := convenant.ParseYAML(kept.YAML)
		if err != nil {
			return fmt.Errorf("%s version %d: %w", kept.ID, kept.Version, err)
		}
		if c.ID != kept.ID || c.Version != kept.Version || c.Digest().String() != kept.Digest || !bytes.Equal(c.Canonical(), kept.Canonical) {
			return fmt.Errorf("%s version %d: %w", kept.ID, kept.Version, errRow)
		}
		if err := r.check(c); err != nil {
			return fmt.Errorf("%s version %d: %w", kept.ID, kept.Version, err)
		}
		if s.convenants[c.ID] == nil {
			s.convenants[c.ID] = make(map[int]convenant.Standing)
		}
		s.convenants[c.ID][c.Version] = convenant.Standing{Convenant: c}
		s.texts[versionKey{c.ID, c.Version}] = kept.YAML
	}
	return nil
}

func (r *Registry) loadSignatures(ctx context.Context, s *Snapshot) error {
	signatures, err := r.store.Signatures(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	for _, kept := range signatures {
		until, err := certifiedUntil(kept.Compact, jose.ConvenantSigned)
		if err != nil {
			return fmt.Errorf("under %s version %d by %s: %w", kept.ID, kept.Version, kept.Party, err)
		}
		signed, err := convenant.VerifySignature(kept.Compact, r.anchors, earliest(r.now(), until))
		if err != nil {
			return fmt.Errorf("under %s version %d by %s: %w", kept.ID, kept.Version, kept.Party, err)
		}
		st, ok := s.convenants[signed.Convenant][signed.Version]
		if !ok || signed.Convenant != kept.ID || signed.Version != kept.Version || signed.Party != kept.Party ||
			signed.Verdict != kept.Verdict || signed.Digest != st.Convenant.Digest() {
			return fmt.Errorf("under %s version %d by %s: %w", kept.ID, kept.Version, kept.Party, errRow)
		}
		signed.Arrived = kept.Arrived
		st.Signatures = append(st.Signatures, signed)
		s.convenants[signed.Convenant][signed.Version] = st
	}
	for id, versions := range s.convenants {
		s.convenants[id] = lined(versions)
	}
	return nil
}

// loadChanges reads what was told of each convenant. It decides nothing: who has what in force follows from the signatures.
func (r *Registry) loadChanges(ctx context.Context, s *Snapshot) error {
	changes, err := r.store.ConvenantChanges(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	for _, kept := range changes {
		if _, ok := s.convenants[kept.ID][kept.Version]; !ok || kept.Seq != s.told[kept.ID].count {
			return fmt.Errorf("change %d of %s, to version %d: %w", kept.Seq, kept.ID, kept.Version, errRow)
		}
		s.told[kept.ID] = s.told[kept.ID].with(kept.Change)
	}
	return nil
}

func (r *Registry) loadWpgDecisions(ctx context.Context, s *Snapshot) error {
	decisions, err := r.store.WpgDecisions(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	for _, kept := range decisions {
		until, err := certifiedUntil(kept.Compact, jose.WpgDecision)
		if err != nil {
			return fmt.Errorf("of party %s: %w", kept.Party, err)
		}
		d, err := convenant.VerifyWpgDecision(kept.Compact, r.anchors, earliest(r.now(), until))
		if err != nil {
			return fmt.Errorf("of party %s: %w", kept.Party, err)
		}
		if d.Number != kept.Number || d.Party != kept.Party {
			return fmt.Errorf("of party %s: %w", kept.Party, errRow)
		}
		s.wpg[wpgKey{d.Party, d.Number}] = d
	}
	return nil
}
