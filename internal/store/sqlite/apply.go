package sqlite

import (
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// Apply keeps one write; see [audit.Tx]. Each type has its own function, beside the functions that read it back.
func (t *transaction) Apply(w audit.Write, first int64) error {
	switch w := w.(type) {
	case party.CardWrite:
		return conflict(t.keepCard(w))
	case convenant.VersionWrite:
		return conflict(t.keepVersion(w))
	case convenant.SignatureWrite:
		return conflict(t.keepSignature(w, first))
	case convenant.ChangeWrite:
		return conflict(t.keepChange(w))
	case convenant.WpgDecisionWrite:
		return conflict(t.keepWpgDecision(w))
	case relay.AcceptWrite:
		return conflict(t.accept(w, first))
	case relay.RefuseWrite:
		return conflict(t.refuse(w))
	case relay.ConfirmWrite:
		return conflict(t.confirm(w))
	case relay.LapseWrite:
		return conflict(t.lapse(w))
	case relay.ReviewWrite:
		return conflict(t.openReview(w, first))
	case replay.RulesWrite:
		return conflict(t.keepRules(w, first))
	case relay.EraseWrite:
		return conflict(t.erase(w))
	case relay.PruneWrite:
		return conflict(t.prune(w))
	case relay.HoldWrite:
		return conflict(t.hold(w, first))
	case relay.ReleaseWrite:
		return conflict(t.release(w))
	}
	// What is not known is not kept, and must not look as if it were.
	return fmt.Errorf("a write of type %T is not known to this store", w)
}
