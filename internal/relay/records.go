package relay

import (
	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// refused is `besluit` of a refusal; the other word is audit.Allowed.
const refused = "geweigerd"

// ReasonOtherRefused marks, in the trail only, the decision that allowed one recipient while the message was refused for
// another: it went to nobody. audit shows such a decision to the sender's party alone, like every refusal.
const ReasonOtherRefused vocabulary.Reason = "andere-ontvanger-geweigerd"

// recordOf holds what every record about a message says of it.
func recordOf(kind tlog.RecordKind, e message.Envelope) tlog.Record {
	categories := make([]string, len(e.Categories))
	for i, c := range e.Categories {
		categories[i] = string(c)
	}
	purpose, basis := string(e.Purpose), string(e.Basis)
	return tlog.Record{
		Kind:       kind,
		Message:    &e.ID,
		Case:       &e.Case,
		Convenant:  &tlog.ConvenantRef{ID: e.Convenant.ID, Version: e.Convenant.Version},
		Purpose:    &purpose,
		Basis:      &basis,
		Categories: categories,
		Phase:      e.Phase,
		Payload:    &tlog.PayloadRef{Digest: e.Payload.Digest.String()},
	}
}

// sentRecord is a record about what the sender did.
func sentRecord(kind tlog.RecordKind, v message.VerifiedEnvelope) tlog.Record {
	e, jws := v.Envelope(), v.Compact()
	rec := recordOf(kind, e)
	rec.Sender = senderOf(e)
	rec.Subjects = e.Subjects
	rec.JWS = &jws
	return rec
}

func senderOf(e message.Envelope) *tlog.Actor {
	return &tlog.Actor{Party: string(e.Sender.Party), Participant: e.Sender.Participant, Function: string(e.Sender.Function)}
}

func (t target) inTrail() tlog.Target {
	return tlog.Target{Party: string(t.party), Function: string(t.function), Participants: t.people}
}

// decisionRecords gives a besluit for each recipient, refused and allowed with the same fields.
func (d ruling) decisionRecords(v message.VerifiedEnvelope, sent bool) []tlog.Record {
	records := make([]tlog.Record, len(d.targets))
	for i, decision := range d.decisions {
		rec := sentRecord(tlog.Decided, v)
		rec.Recipients = []tlog.Target{d.targets[i].inTrail()}
		rec.Decision = word(decision.Allow)
		for _, reason := range decision.Reasons {
			rec.Reasons = append(rec.Reasons, string(reason.Code))
		}
		if decision.Allow && !sent {
			rec.Reasons = []string{string(ReasonOtherRefused)}
		}
		rec.Facts = d.facts[i]
		rec.Policy = &decision.Policy
		records[i] = rec
	}
	return records
}

func word(allow bool) *string {
	w := refused
	if allow {
		w = audit.Allowed
	}
	return &w
}

// offeredRecord is the one that the sender's receipt points at.
func (d ruling) offeredRecord(v message.VerifiedEnvelope) tlog.Record {
	rec := sentRecord(tlog.Offered, v)
	for _, t := range d.targets {
		rec.Recipients = append(rec.Recipients, t.inTrail())
	}
	rec.Decision = word(true)
	return rec
}

// answerRecord is about what a recipient did with a message: it goes back to the sender, so that is its recipient.
func answerRecord(kind tlog.RecordKind, e message.Envelope, by party.OIN, id string, in vocabulary.Function) tlog.Record {
	rec := recordOf(kind, e)
	rec.Sender = &tlog.Actor{Party: string(by), Participant: id, Function: string(in)}
	rec.Recipients = []tlog.Target{{Party: string(e.Sender.Party), Function: string(e.Sender.Function), Participants: []string{e.Sender.Participant}}}
	return rec
}

// endRecord is about what Sluis itself did at the end of a message's life (gewist, verlopen): for the sender and for to.
func endRecord(kind tlog.RecordKind, e message.Envelope, to ...target) tlog.Record {
	rec := recordOf(kind, e)
	rec.Sender = senderOf(e)
	for _, t := range to {
		rec.Recipients = append(rec.Recipients, t.inTrail())
	}
	return rec
}
