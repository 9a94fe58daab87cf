package relay

import (
	"errors"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/policy"
)

// Errors of a relay. What is none of these, no fault.List, no *Denied and no *OutdatedCard means that Sluis itself could not:
// 503, and nothing was kept. Errors end up in the log of the process, so none of them names a message, a case or a person: where it
// must be found again, a message is called by the number of its record.
var (
	ErrNotFound     = errors.New("relay: not found")
	ErrErased       = errors.New("relay: ciphertext was erased")
	ErrNotAddressed = errors.New("relay: caller was not addressed")
	ErrSender       = errors.New("relay: signature, key and caller are not one and the same")
	ErrCoSigner     = errors.New("relay: second signature is of nobody of the sender's party")
	ErrNotOfficer   = errors.New("relay: caller is no privacy officer")
	ErrIDTaken      = errors.New("relay: message id was used for another envelope")
	ErrKeyGone      = errors.New("relay: day key was destroyed")

	// Of the sealed motivation, for who tells the caller what to do: it lives by other terms than the payload, and has other readers.
	ErrMotivationErased   = fmt.Errorf("%w: the motivation", ErrErased)
	ErrMotivationNotYours = fmt.Errorf("%w: the motivation is for privacy officers", ErrNotAddressed)

	// ErrHoldNotOfficer is about holding a case, letting it go, and seeing which are held.
	ErrHoldNotOfficer = fmt.Errorf("%w: holds", ErrNotOfficer)
)

// Denied says that the policy refused: reasons for each recipient that was refused.
type Denied struct{ Reasons []RecipientReason }

func (d *Denied) Error() string { return "geweigerd door het convenant" }

// RecipientReason is one of `redenen` in a 403.
type RecipientReason struct {
	policy.Reason
	Recipient string `json:"ontvanger"` // <oin>/<functie>
}

// OutdatedCard is the 409 kaart-verouderd: the sender encrypted for a card that has moved on, and must encrypt again.
type OutdatedCard struct {
	Recipient, Participant string // <oin>/<functie>, and the participant's id
	Version                int    // the current one
}

func (e *OutdatedCard) Error() string { return "kaart is verouderd" }
