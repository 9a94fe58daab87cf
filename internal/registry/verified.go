package registry

import (
	"bytes"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// verified is what an earlier snapshot holds. What is kept with the very same bytes was verified for that one, and loading again costs as
// much as what changed. The zero value holds nothing.
type verified struct {
	in         *Snapshot
	signatures map[string]convenant.Signature // by compact form
}

func verifiedIn(s *Snapshot) verified {
	if s == nil {
		return verified{}
	}
	v := verified{in: s, signatures: map[string]convenant.Signature{}}
	for _, versions := range s.convenants {
		for _, st := range versions {
			for _, signed := range st.Signatures {
				v.signatures[signed.Compact] = signed
			}
		}
	}
	return v
}

func (v verified) any() bool { return v.in != nil }

func (v verified) version(kept convenant.VersionWrite) (*convenant.Convenant, bool) {
	if v.in == nil {
		return nil, false
	}
	st, ok := v.in.convenants[kept.ID][kept.Version]
	if v.in.unfit[versionKey{kept.ID, kept.Version}] != nil {
		return nil, false // perhaps it fits by now
	}
	if !ok || !bytes.Equal(v.in.texts[versionKey{kept.ID, kept.Version}], kept.YAML) ||
		st.Convenant.Digest().String() != kept.Digest || !bytes.Equal(st.Convenant.Canonical(), kept.Canonical) {
		return nil, false
	}
	return st.Convenant, true
}

func (v verified) wpg(kept convenant.WpgDecisionWrite) (convenant.WpgDecision, bool) {
	if v.in == nil {
		return convenant.WpgDecision{}, false
	}
	d, ok := v.in.wpg[wpgKey{kept.Party, kept.Number}]
	return d, ok && d.Compact == kept.Compact
}

func (v verified) party(kept party.CardWrite) (card party.VerifiedCard, certified time.Time, ok bool) {
	if v.in == nil {
		return card, certified, false
	}
	card, ok = v.in.Book.Party(kept.OIN)
	return card, v.in.certified[kept.OIN], ok && card.Write() == kept
}

// participant gives a card that counted under the same card of the party.
func (v verified) participant(kept party.CardWrite, of party.VerifiedCard) (p party.VerifiedParticipant, ok bool) {
	if v.in == nil {
		return p, false
	}
	if before, known := v.in.Book.Party(kept.OIN); !known || before.Write() != of.Write() {
		return p, false
	}
	p, ok = v.in.Book.Participant(kept.OIN, kept.ID)
	return p, ok && p.Write() == kept
}
