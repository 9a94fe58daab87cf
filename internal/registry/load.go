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

// load reads everything kept, and again when another process changed something meanwhile: reading is not one moment, and what was read
// before and after a change need not fit. What is the same as in an earlier snapshot (nil: there is none) was verified then.
func (r *Registry) load(ctx context.Context, earlier *Snapshot) (*Snapshot, error) {
	for round := 1; ; round++ {
		before, err := r.store.Head(ctx)
		if err != nil {
			return nil, fmt.Errorf("reading where the log stands: %w", err)
		}
		s, err := r.loadOnce(ctx, verifiedIn(earlier))
		after, headErr := r.store.Head(ctx)
		switch {
		case headErr != nil:
			return nil, fmt.Errorf("reading where the log stands: %w", headErr)
		case after.Registry != before.Registry && round < maxLoads:
			continue
		case err != nil:
			return nil, err
		}
		// Where it stood before, not after: what came in between makes this snapshot newer than it says, and what is decided on it is
		// decided again. The other way round a change would go unseen.
		s.Kept = before.Registry
		return s, nil
	}
}

// loadOnce reads everything kept and verifies it as if it came from a stranger. Copying the maps once for each object would cost the square
// of their number, so it fills one snapshot that nobody else has seen yet.
func (r *Registry) loadOnce(ctx context.Context, known verified) (*Snapshot, error) {
	s := emptySnapshot()
	for _, step := range []struct {
		what string
		do   func(context.Context, *Snapshot, verified) error
	}{
		{"cards", r.loadCards}, {"convenants", r.loadConvenants}, {"signatures", r.loadSignatures},
		{"changes of convenants", r.loadChanges}, {"Wpg decisions", r.loadWpgDecisions},
	} {
		if err := step.do(ctx, s, known); err != nil {
			return nil, fmt.Errorf("%s: %w", step.what, err)
		}
	}
	return s, nil
}

func (r *Registry) loadConvenants(ctx context.Context, s *Snapshot, known verified) error {
	versions, err := r.store.Convenants(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	if err := r.ahead.read(ctx, versions, known); err != nil {
		return err
	}
	for _, kept := range versions {
		c, err := r.version(s, kept, known)
		if err != nil {
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

func (r *Registry) version(s *Snapshot, kept convenant.VersionWrite, known verified) (*convenant.Convenant, error) {
	if c, ok := known.version(kept); ok {
		return c, nil
	}
	c := r.ahead.version(kept)
	if c == nil {
		var err error
		if c, err = convenant.ParseYAML(kept.YAML); err != nil {
			return nil, err
		}
	}
	if c.ID != kept.ID || c.Version != kept.Version || c.Digest().String() != kept.Digest || !bytes.Equal(c.Canonical(), kept.Canonical) {
		return nil, errRow
	}
	if err := r.check(c); err != nil {
		if !known.any() {
			return nil, err
		}
		// Another process published it, which is newer: that must not end what this one does under other convenants.
		s.unfit[versionKey{c.ID, c.Version}] = fmt.Errorf("%s version %d: %w", c.ID, c.Version, err)
	}
	return c, nil
}

func (r *Registry) loadSignatures(ctx context.Context, s *Snapshot, known verified) error {
	signatures, err := r.store.Signatures(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	if err := r.ahead.verify(ctx, signatures, known, r.verifySignature); err != nil {
		return err
	}
	for _, kept := range signatures {
		signed, ok := known.signatures[kept.Compact]
		if !ok {
			signed, ok = r.ahead.signatures[kept.Compact]
		}
		if !ok {
			if signed, err = r.verifySignature(kept.Compact); err != nil {
				return fmt.Errorf("under %s version %d by %s: %w", kept.ID, kept.Version, kept.Party, err)
			}
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

func (r *Registry) verifySignature(compact string) (convenant.Signature, error) {
	until, err := certifiedUntil(compact, jose.ConvenantSigned)
	if err != nil {
		return convenant.Signature{}, err
	}
	return convenant.VerifySignature(compact, r.anchors, earliest(r.now(), until))
}

// loadChanges reads what was told of each convenant. It decides nothing: who has what in force follows from the signatures.
func (r *Registry) loadChanges(ctx context.Context, s *Snapshot, _ verified) error {
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

func (r *Registry) loadWpgDecisions(ctx context.Context, s *Snapshot, known verified) error {
	decisions, err := r.store.WpgDecisions(ctx)
	if err != nil {
		return fmt.Errorf("reading: %w", err)
	}
	for _, kept := range decisions {
		d, ok := known.wpg(kept)
		if !ok {
			if d, err = r.verifyWpgDecision(kept.Compact); err != nil {
				return fmt.Errorf("of party %s: %w", kept.Party, err)
			}
		}
		if d.Number != kept.Number || d.Party != kept.Party {
			return fmt.Errorf("of party %s: %w", kept.Party, errRow)
		}
		s.wpg[wpgKey{d.Party, d.Number}] = d
	}
	return nil
}

func (r *Registry) verifyWpgDecision(compact string) (convenant.WpgDecision, error) {
	until, err := certifiedUntil(compact, jose.WpgDecision)
	if err != nil {
		return convenant.WpgDecision{}, err
	}
	return convenant.VerifyWpgDecision(compact, r.anchors, earliest(r.now(), until))
}
