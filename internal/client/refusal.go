package client

import "strings"

// RefusalCode names why the client did not trust what it was given. The list is closed; programs may depend on it.
type RefusalCode string

// The reasons to refuse.
const (
	BadAnswer         RefusalCode = "antwoord-onjuist"           // not the form that WIRE describes
	Redirected        RefusalCode = "doorverwijzing"             // a redirect; never followed
	CardUntrusted     RefusalCode = "kaart-onbetrouwbaar"        // signature, chain or owner does not hold
	CardUnpinned      RefusalCode = "kaart-niet-gepind"          // signed with a key that the convenant does not pin
	CardOlder         RefusalCode = "kaart-ouder"                // a lower version than was seen before
	CardConflict      RefusalCode = "kaart-tegenstrijdig"        // the same version with other content
	CardExpired       RefusalCode = "kaart-verlopen"             // not valid now
	ConvenantUnsigned RefusalCode = "convenant-niet-ondertekend" // the own party did not sign it, or withdrew
	ConvenantInvalid  RefusalCode = "convenant-onjuist"          // not the version asked for, or not what was signed
	ReceiptFalse      RefusalCode = "ontvangstbewijs-onjuist"    // no proof, or of something else
	LogForked         RefusalCode = "auditspoor-gevorkt"         // the log no longer holds what was seen of it
	LogLost           RefusalCode = "auditspoor-verloren"        // the log admits that it lost its end, and this profile did not accept that yet
	EnvelopeFalse     RefusalCode = "envelop-onjuist"            // not signed by who it says, or another message
	PayloadFalse      RefusalCode = "lading-onjuist"             // not the bytes that the envelope names, or not sealed as agreed
	PayloadRewrapped  RefusalCode = "lading-van-ander-bericht"   // sealed for another envelope
)

// Refusal is the client's own no: something that the gateway handed over does not hold. After a Refusal nothing was sent and
// nothing was confirmed, unless the method says otherwise.
type Refusal struct {
	Code RefusalCode
	// Detail says in Dutch what does not hold and what to do. It names parties and versions, never a person or a value.
	Detail string
	// Err is what was found, for programs; it may be nil and is not shown.
	Err error
}

// Error gives the code and the sentence.
func (r *Refusal) Error() string { return r.Detail + " [" + string(r.Code) + "]" }

// Unwrap gives what was found.
func (r *Refusal) Unwrap() error { return r.Err }

func refuse(code RefusalCode, err error, detail ...string) *Refusal {
	return &Refusal{Code: code, Detail: strings.Join(detail, ""), Err: err}
}

// UnreadableError says that a payload was the one that the envelope names and could still not be read: wrong keys, or not the
// form that was agreed. The recipient may tell the sender with a confirmation `onleesbaar`, which asks to send it again.
type UnreadableError struct {
	Detail string // Dutch
	Err    error
}

// Error gives the sentence.
func (e *UnreadableError) Error() string { return e.Detail }

// Unwrap gives what was found: a fault.List when the form was wrong.
func (e *UnreadableError) Unwrap() error { return e.Err }

// UnreachableError says that the gateway gave no answer. What was asked may or may not have been done; asking again is safe.
type UnreachableError struct {
	URL string
	Err error
}

// Error tells in Dutch what happened and what to check; the cause itself is for programs.
func (e *UnreachableError) Error() string {
	return "De sluis op " + e.URL + " geeft geen antwoord: " + unreachableBecause(e.Err)
}

// Unwrap gives the cause.
func (e *UnreachableError) Unwrap() error { return e.Err }
