package advice_test

import (
	"fmt"
	"slices"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// cosign finds who signs the letter with the sender, where that matters: elsewhere nobody would.
func (w *world) cosign(l *letter, f policy.Facts) error {
	w.t.Helper()
	by := f.Established.CoSigned
	switch {
	case by == nil || !w.missesSecond(f):
		return nil
	case !by.CardValid:
		return fmt.Errorf("a colleague whose card has passed: %w", errCannotBe)
	case !by.Other:
		l.cosigner = l.sender
		return nil
	}
	for _, one := range l.sender.Party.People { // everybody of the party may, but for software
		if one != l.sender && one.Function != "aansluiting" {
			l.cosigner = one
			return nil
		}
	}
	return fmt.Errorf("a party of one: %w", errCannotBe)
}

// missesSecond reports whether it matters that somebody signs with the sender.
func (w *world) missesSecond(f policy.Facts) bool {
	w.t.Helper()
	f.Established.CoSigned = nil
	d, err := w.engine.Decide(w.t.Context(), f)
	must(w.t, err)
	return slices.Contains(outcomeOf(d).reasons, "tweede-akkoord-ontbreekt")
}

// cosigned is the part with the second signature.
func (w *world) cosigned(l letter, e message.VerifiedEnvelope) gatewaytest.Part {
	w.t.Helper()
	signed, err := message.SignCoSignature(e, w.now(), l.cosigner.Key)
	must(w.t, err)
	return gatewaytest.Part{Name: "medeondertekening", Type: "application/jose", Data: []byte(signed.Compact())}
}

// proves reports whether a record is the second signature of a letter, by whoever gave it.
func (l letter) proves(r tlog.Record) bool {
	if r.JWS == nil || r.Sender.Participant != l.cosigner.ID {
		return false
	}
	parsed, err := message.ParseCoSignature(*r.JWS)
	if err != nil {
		return false
	}
	_, err = parsed.Verify(&l.cosigner.Key.PublicKey)
	return err == nil
}
