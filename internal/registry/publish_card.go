package registry

import (
	"context"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// PublishCard verifies a party's or a participant's card, keeps it with a record in the trail, and puts it in force. caller is
// the OIN of the client certificate: a party publishes its own cards only. The same card again gives the same receipt.
// Errors: fault.List, ErrNotYours, party.ErrUntrusted, ErrOlder, ErrConflict, ErrUnknown (no party card yet), audit errors.
func (r *Registry) PublishCard(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	publish := r.publishParty
	if jose.PeekTyp(compact) == jose.ParticipantCard {
		publish = r.publishParticipant
	}
	return r.publish(ctx, func() (tlog.Receipt, error) { return publish(ctx, caller, compact) })
}

func (r *Registry) publishParty(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	card, err := r.anchors.VerifyParty(compact, r.now())
	if err != nil {
		return tlog.Receipt{}, err
	}
	content := card.Card()
	if content.OIN != caller {
		return tlog.Receipt{}, ErrNotYours
	}
	s := r.Snapshot()
	if known, ok := s.Book.Party(caller); ok && known.Digest() == card.Digest() {
		return r.again(ctx, tlog.CardKept, card.Digest().String())
	}
	if err := s.pinned(card, r.now()); err != nil {
		return tlog.Receipt{}, err
	}
	book, err := s.Book.WithParty(card)
	if err != nil {
		return tlog.Receipt{}, err
	}
	until, err := certifiedUntil(compact, jose.PartyCard)
	if err != nil {
		return tlog.Receipt{}, err
	}
	return r.keep(ctx,
		record(tlog.CardKept, tlog.Actor{Party: string(caller)}, card.Digest().String()),
		card.Write(), s.withParty(book, caller, until))
}

// pinned refuses a party card that was signed with another key than the convenants in force pin (WIRE, "Cards": "so not every
// certificate with that OIN can sign cards"). A party in no convenant in force may publish: that is how it joins. What it then
// may do follows from the facts of each decision, where the pin is looked at again.
func (s *Snapshot) pinned(card party.VerifiedCard, now time.Time) error {
	oin := card.Card().OIN
	var faults fault.List
	for _, st := range s.Convenants() {
		member, ok := st.Convenant.Member(oin)
		if ok && st.InForce(now, oin) && !member.Pins(card.CardKey()) {
			faults.Add("x5c", "de kaart is ondertekend met een sleutel die niet als kaartsleutel in convenant %s versie %d staat; "+
				"gebruik die sleutel, of laat eerst een nieuwe versie van het convenant ondertekenen", st.Convenant.ID, st.Convenant.Version)
		}
	}
	return faults.Err()
}

func (r *Registry) publishParticipant(ctx context.Context, caller party.OIN, compact string) (tlog.Receipt, error) {
	oin, _, err := party.PeekParticipant(compact)
	if err != nil {
		return tlog.Receipt{}, err
	}
	if oin != caller {
		return tlog.Receipt{}, ErrNotYours
	}
	s := r.Snapshot()
	of, valid, known := s.Party(caller, r.now())
	if !known {
		return tlog.Receipt{}, party.ErrUnknown
	}
	if !valid {
		var faults fault.List
		faults.Add("oin", "de kaart van uw organisatie is vandaag niet geldig; publiceer eerst een nieuwe partijkaart")
		return tlog.Receipt{}, faults
	}
	p, err := party.VerifyParticipant(compact, of)
	if err != nil {
		return tlog.Receipt{}, err
	}
	content := p.Participant()
	if content.OIN != caller { // the signed content, not the peeked one, is what counts
		return tlog.Receipt{}, ErrNotYours
	}
	if known, ok := s.Book.Participant(caller, content.ID); ok && known.Digest() == p.Digest() {
		return r.again(ctx, tlog.CardKept, p.Digest().String())
	}
	if content.Version <= s.retired[personKey{caller, content.ID}] {
		return tlog.Receipt{}, party.ErrOlder
	}
	book, err := s.Book.WithParticipant(p)
	if err != nil {
		return tlog.Receipt{}, err
	}
	return r.keep(ctx,
		record(tlog.CardKept, tlog.Actor{Party: string(caller), Participant: content.ID}, p.Digest().String()),
		p.Write(), s.withBook(book))
}

// record is an auditregel about something published. Cards and convenants stand in the trail as digests; the objects are kept
// beside the log (WIRE, "Trail").
func record(kind tlog.RecordKind, by tlog.Actor, digest string) tlog.Record {
	return tlog.Record{Kind: kind, Sender: &by, JWS: &digest}
}
