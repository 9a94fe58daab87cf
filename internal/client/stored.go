package client

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Stored is a message as the gateway has it, its envelope verified: signed by who it says, under a card that was verified, and
// in the log at about the time that it names. The statuses are the gateway's word.
type Stored struct {
	Envelope   message.VerifiedEnvelope
	Status     message.Status
	Recipients []RecipientStatus
	Record     tlog.Record // the `aangeboden` record

	confirmations []string
	x25519        bool
}

// RecipientStatus is where a message is for one recipient.
type RecipientStatus struct {
	Party    party.OIN
	Function vocabulary.Function
	Status   message.Status
	Until    time.Time // when its ciphertext is erased, read or not
}

type storedJSON struct {
	ID           string `json:"id"`
	Envelope     string `json:"envelop"`
	Status       string `json:"status"`
	PerRecipient []struct {
		Party    string    `json:"partij"`
		Function string    `json:"functie"`
		Status   string    `json:"status"`
		Until    time.Time `json:"tot"`
	} `json:"perOntvanger"`
	Confirmations []string        `json:"bevestigingen"`
	Receipt       json.RawMessage `json:"ontvangst"`
}

// Message gets a message that the participant's party sent or received, and verifies its envelope and receipt.
func (c *Client) Message(ctx context.Context, id string) (Stored, error) {
	if err := checkID("bericht", id); err != nil {
		return Stored{}, err
	}
	var body storedJSON
	if err := c.get(ctx, "/v1/berichten/"+id, nil, &body); err != nil {
		return Stored{}, err
	}
	parsed, err := message.ParseEnvelope(body.Envelope)
	if err != nil {
		return Stored{}, falseEnvelope(err, "De envelop van dit bericht heeft niet de juiste vorm.")
	}
	if body.ID != id || parsed.ID() != id {
		return Stored{}, falseEnvelope(nil, "De sluis geeft een ander bericht dan gevraagd.")
	}
	s, err := c.verifyStored(ctx, parsed, body)
	if err != nil {
		return Stored{}, err
	}
	s.confirmations = body.Confirmations
	s.Status = message.Status(printable(body.Status))
	for _, r := range body.PerRecipient {
		s.Recipients = append(s.Recipients, RecipientStatus{
			Party: party.OIN(printable(r.Party)), Function: vocabulary.Function(printable(r.Function)),
			Status: message.Status(printable(r.Status)), Until: r.Until,
		})
	}
	return s, nil
}

// verifyStored finds the sender's key on a card that is itself verified, and wants the message in the log: so an envelope cannot be
// dated back to when a withdrawn key was still good.
func (c *Client) verifyStored(ctx context.Context, parsed message.ParsedEnvelope, body storedJSON) (Stored, error) {
	// Nothing of an unverified envelope is used but to find the key; what it says is compared after the signature was checked.
	claimed, err := peek(parsed, body.Envelope)
	if err != nil {
		return Stored{}, err
	}
	agreed, err := c.trustedConvenant(ctx, claimed.Convenant)
	if err != nil {
		return Stored{}, err
	}
	key, err := c.senderKey(ctx, agreed, claimed, parsed.Kid())
	if err != nil {
		return Stored{}, err
	}
	v, err := parsed.Verify(key)
	if err != nil {
		return Stored{}, falseEnvelope(err, "De handtekening onder dit bericht klopt niet.")
	}
	record, _, err := c.verifyReceipt(ctx, body.Receipt)
	if err != nil {
		return Stored{}, err
	}
	logged, err := time.Parse(time.RFC3339, record.Time)
	if err != nil || !offers(record, v) {
		return Stored{}, falseReceipt(err)
	}
	if v.Envelope().CheckClock(logged) != nil {
		if err := c.takenLater(ctx, agreed, v, logged); err != nil {
			return Stored{}, err
		}
	}
	return Stored{Envelope: v, Record: record, x25519: agreed.X25519}, nil
}

// falseEnvelope refuses a message as a whole.
func falseEnvelope(err error, what string) *Refusal {
	return refuse(EnvelopeFalse, err, what, " Het bericht is niet geopend en niets is bevestigd. Waarschuw de privacyfunctionaris.")
}

func checkID(what, id string) error {
	if !message.ValidID(id) {
		return fault.List{{Place: what, Message: "is geen nummer van een " + what + "; neem het over uit: sluis inbox"}}
	}
	return nil
}

// peek reads the claims of an envelope whose form was checked and whose signature was not.
func peek(_ message.ParsedEnvelope, compact string) (message.Envelope, error) {
	var claimed message.Envelope
	u, err := jose.Parse(compact, jose.Envelope)
	if err == nil {
		err = json.Unmarshal(u.Payload, &claimed)
	}
	if err != nil {
		return claimed, falseEnvelope(err, "De envelop van dit bericht heeft niet de juiste vorm.")
	}
	return claimed, nil
}

// Unopened reports whether a message still waits for this participant: nobody confirmed yet for the function in which they are
// addressed, or for the whole party when they are not named (as a substitute is not).
func (c *Client) Unopened(s Stored) bool {
	e, named, all := s.Envelope.Envelope(), []vocabulary.Function{}, []vocabulary.Function{}
	for _, to := range e.Recipients {
		if to.Party != c.profile.OIN {
			continue
		}
		all = append(all, to.Function)
		for _, p := range to.Participants {
			if p.ID == c.profile.Participant {
				named = append(named, to.Function)
			}
		}
	}
	if len(named) == 0 {
		named = all
	}
	for _, r := range s.Recipients {
		if r.Party == c.profile.OIN && has(named, r.Function) && r.Status == message.Offered {
			return true
		}
	}
	return false
}
