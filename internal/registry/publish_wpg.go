package registry

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// PublishWpgDecision registers a decision under the Wpg (artikel 19 of 20) of a police party. The same decision again gives the
// same receipt. Errors: fault.List, ErrNotYours, ErrTaken (the number, with other content), party.ErrUnknown, audit errors.
func (r *Registry) PublishWpgDecision(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	d, err := convenant.VerifyWpgDecision(compact, r.anchors, r.now())
	if err != nil {
		return tlog.Receipt{}, err
	}
	if d.Party != caller {
		return tlog.Receipt{}, ErrNotYours
	}
	return r.publish(ctx, func() (tlog.Receipt, error) { return r.publishWpg(ctx, caller, compact, d) })
}

func (r *Registry) publishWpg(ctx context.Context, caller party.OIN, compact string, d convenant.WpgDecision) (tlog.Receipt, error) {
	s := r.Snapshot()
	card, valid, known := s.Party(caller, r.now())
	if !known || !valid {
		return tlog.Receipt{}, party.ErrUnknown
	}
	if card.Card().Role != police {
		return tlog.Receipt{}, ErrNotYours
	}
	jws := digest.Of([]byte(compact)).String()
	if kept, ok := s.WpgDecision(caller, d.Number); ok {
		if kept.Compact != compact {
			return tlog.Receipt{}, ErrTaken
		}
		return r.again(ctx, tlog.Wpg, jws)
	}
	if d.CardKey != card.CardKey() { // of which the convenants, and each decision, ask that it is pinned
		return tlog.Receipt{}, fault.List{{Place: "x5c", Message: "het besluit is ondertekend met een andere sleutel dan de kaart van uw organisatie; gebruik dezelfde sleutel"}}
	}
	rec := record(tlog.Wpg, tlog.Actor{Party: string(caller)}, jws)
	for _, oin := range d.Recipients {
		rec.Recipients = append(rec.Recipients, tlog.Target{Party: string(oin)})
	}
	return r.keep(ctx, rec, convenant.WpgDecisionWrite{Number: d.Number, Party: caller, Compact: compact}, s.withWpg(d))
}

// police is the only role whose decisions the Wpg is about (VOCABULARY, "Wpg decision": "signed by the police party").
const police vocabulary.Role = "politie"
