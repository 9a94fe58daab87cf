package client

import (
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// open reports whether another message of the case could change what there is to do about this one.
func (f Followed) open() bool {
	wanted := len(AnswersTo(f.Envelope.Envelope().Kind)) > 0
	for _, p := range f.Progress {
		if p.Lost() || !p.HandedBack.IsZero() || wanted && p.Answer == "" {
			return true
		}
	}
	return false
}

// link takes note of another message of the same case: it may answer this one, or stand in its place.
func (f *Followed) link(other Stored) {
	e, o := f.Envelope.Envelope(), other.Envelope.Envelope()
	if o.ID == e.ID || o.Case != e.Case || other.Record.Nr < f.Record.Nr {
		return
	}
	for i := range f.Progress {
		p := &f.Progress[i]
		if p.Answer == "" && f.answers(*p, o) {
			p.Answer = o.ID
			if at := other.accepted(); p.Reacted.IsZero() || at.Before(p.Reacted) {
				p.Reacted = at
			}
		}
		if p.FollowedBy == "" && o.Sender.Party == e.Sender.Party && replaces(*p, e, o, other.accepted()) {
			p.FollowedBy = o.ID
		}
	}
}

// answers reports whether a message is the answer of this recipient: it names this message, goes to its sender, and is of a kind made
// for that.
func (f Followed) answers(p Progress, o message.Envelope) bool {
	e := f.Envelope.Envelope()
	if o.InReplyTo == nil || *o.InReplyTo != e.ID || o.Sender.Party != p.Party || !has(AnswersTo(e.Kind), o.Kind) || !addressedTo(o, e.Sender.Party) {
		return false
	}
	return o.Sender.Function == p.Function || len(f.Own(p.Party)) == 1
}

// replaces reports whether the sender sent a message on, or again. What was handed back goes on to somebody else: with the same kind,
// or to whom was advised. What nobody read, or could, goes again to the same recipient, or to somebody else.
func replaces(p Progress, e, o message.Envelope, at time.Time) bool {
	for _, to := range o.Recipients {
		same := to.Party == p.Party && to.Function == p.Function
		advised := p.Advice != nil && to.Party == p.Advice.Party && to.Function == p.Advice.Function
		switch {
		case !p.HandedBack.IsZero():
			if !same && !at.Before(p.HandedBack) && (o.Kind == e.Kind || advised) && !isRecipient(e, to) {
				return true
			}
		case p.Lost():
			if o.Kind == e.Kind && (same || !isRecipient(e, to)) {
				return true
			}
		}
	}
	return false
}

// isRecipient reports whether a message went to this recipient already.
func isRecipient(e message.Envelope, to message.Recipient) bool {
	for _, r := range e.Recipients {
		if r.Party == to.Party && r.Function == to.Function {
			return true
		}
	}
	return false
}

// AnswersTo gives the kinds that are made for answering one kind alone (informatieantwoord on informatieverzoek). Feedback, which
// goes with many kinds, is not a reaction: a signal that got feedback and that nobody took over is still the sender's.
func AnswersTo(k vocabulary.Kind) []vocabulary.Kind {
	var kinds []vocabulary.Kind
	words := vocabulary.Default()
	for _, answer := range words.Kinds() {
		if info, _ := words.Kind(answer); len(info.Answers) == 1 && info.Answers[0] == k {
			kinds = append(kinds, answer)
		}
	}
	return kinds
}
