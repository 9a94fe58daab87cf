package postgres

import (
	"fmt"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// Apply collects one write; see [audit.Tx]. Whether it meets what is kept already turns out when it is sent: at the end of its savepoint,
// or of the transaction.
func (t *transaction) Apply(w audit.Write, first int64) error {
	switch w := w.(type) {
	case party.CardWrite:
		t.keepCard(w)
	case convenant.VersionWrite:
		t.keepVersion(w)
	case convenant.SignatureWrite:
		t.keepSignature(w, first)
	case convenant.ChangeWrite:
		t.keepChange(w)
	case convenant.WpgDecisionWrite:
		t.keepWpgDecision(w)
	case relay.AcceptWrite:
		return t.accept(w, first)
	case relay.RefuseWrite:
		t.refuse(w)
	case relay.ConfirmWrite:
		t.confirm(w)
	case relay.LapseWrite:
		t.lapse(w)
	case relay.ReviewWrite:
		t.openReview(w, first)
	case replay.RulesWrite:
		t.keepRules(w, first)
	case relay.EraseWrite:
		t.erase(w)
	case relay.PruneWrite:
		return t.prune(w)
	case relay.HoldWrite:
		t.hold(w, first)
	case relay.ReleaseWrite:
		t.release(w)
	default:
		// What is not known is not kept, and must not look as if it were.
		return fmt.Errorf("a write of type %T is not known to this store", w)
	}
	return nil
}
