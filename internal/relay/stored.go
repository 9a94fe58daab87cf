package relay

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Stored is a message as kept: everything about it but its ciphertext.
type Stored struct {
	ID         string
	Kind       vocabulary.Kind
	Time       time.Time // accepted
	Case       string
	SenderOIN  party.OIN
	SenderID   string
	Envelope   string // compact JWS
	Digest     string // of the envelope's payload
	Nr         int64  // of its `aangeboden` record: the receipt
	HasPayload bool   // ciphertext is still held
	HasMotive  bool   // a sealed motivation is still held
	// MotiveUntil is when the motivation is erased at the latest: the last end of its open reviews. Zero when there are none.
	MotiveUntil time.Time
	Recipients  []RecipientState
	Confirmed   []string // compact JWS of confirmations that counted, in order, each once
}

// Standing is how a party stands to a case.
type Standing struct {
	New      bool        // nobody sent anything in it yet
	Member   bool        // the party sent or received in it
	Answered []party.OIN // the parties with which it has exchanged an answer of the kind asked for, either way; sorted
}

// RecipientState is where a message is for one recipient.
type RecipientState struct {
	Party    party.OIN
	Function vocabulary.Function
	People   []string
	Status   message.Status
	Deadline time.Time // doorvoertermijn: ciphertext is erased then
}

// over reports whether the term ended before the recipient had received; the sweep may be about to say so.
func (r RecipientState) over(now time.Time) bool {
	return r.Status == message.Lapsed || !r.Status.Delivered() && !now.Before(r.Deadline)
}

// Status of the message: the least advanced of its recipients.
func (s Stored) Status() message.Status { return message.Least(s.seen()) }

func (s Stored) seen() Seen {
	all := make(Seen, len(s.Recipients))
	for i, r := range s.Recipients {
		all[i] = r.Status
	}
	return all
}

// receivedBy reports whether a party is a recipient; involves also whether it sent it.
func (s Stored) receivedBy(oin party.OIN) bool {
	return slices.ContainsFunc(s.Recipients, func(r RecipientState) bool { return r.Party == oin })
}

func (s Stored) involves(oin party.OIN) bool { return s.SenderOIN == oin || s.receivedBy(oin) }

// Query asks for a list of messages of one participant's party.
type Query struct {
	Party  party.OIN
	Inbox  bool           // addressed to the party; else sent by it
	Person string         // inbox only: addressed to this participant; "" for all of the party
	Also   []string       // inbox only, with Person: or addressed to one of these, whom Person replaces
	Status message.Status // "" for all
	After  string         // cursor: UUIDv7 of the last one seen; list is in order of acceptance
	Limit  int
}
