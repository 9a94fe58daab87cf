package message

import (
	"crypto/ecdsa"
	"errors"
	"io"
	"time"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// --- OWNER: message helper. Replace these stubs; keep the signatures. ---

// ParsedEnvelope has the right form; nobody has checked who signed it.
type ParsedEnvelope struct { /* owner; embeds VerifiedEnvelope-to-be */
}

// ParseEnvelope reads a compact envelop+jws of at most 16 KiB. The error is a fault.List with every fault, place prefixed by
// nothing (places are paths in the envelope). Codes are checked against the vocabulary.
func ParseEnvelope(compact string) (ParsedEnvelope, error) { panic("stub") }

func (p ParsedEnvelope) Kid() string                                           { panic("stub") }
func (p ParsedEnvelope) ID() string                                            { panic("stub") }
func (p ParsedEnvelope) Sender() Sender                                        { panic("stub") }
func (p ParsedEnvelope) Digest() digest.SHA256                                 { panic("stub") }
func (p ParsedEnvelope) Verify(key *ecdsa.PublicKey) (VerifiedEnvelope, error) { panic("stub") } // jose.ErrSignature

// CheckClock gives a fault.List when the envelope's time is more than ClockSkew from now.
func (e Envelope) CheckClock(now time.Time) error { panic("stub") }

// SignEnvelope validates by the rules of ParseEnvelope, then signs. Nil slices/maps become empty ones.
func SignEnvelope(e Envelope, key *ecdsa.PrivateKey) (VerifiedEnvelope, error) { panic("stub") }

type ParsedConfirmation struct { /* owner */
}

func ParseConfirmation(compact string) (ParsedConfirmation, error)                     { panic("stub") }
func (p ParsedConfirmation) Kid() string                                               { panic("stub") }
func (p ParsedConfirmation) Verify(key *ecdsa.PublicKey) (VerifiedConfirmation, error) { panic("stub") }
func (c Confirmation) CheckClock(now time.Time) error                                  { panic("stub") }
func SignConfirmation(c Confirmation, key *ecdsa.PrivateKey) (VerifiedConfirmation, error) {
	panic("stub")
}

// Next gives the status after a confirmation, or ErrTransition (aangeboden→ontvangen→overgenomen|teruggegeven→afgesloten;
// aangeboden→onleesbaar; onleesbaar→ontvangen; aangeboden may also go to overgenomen/teruggegeven directly).
func Next(from Status, kind ConfirmationKind) (Status, error) { panic("stub") }

// Least gives the least advanced of the statuses of the recipients: the status of the message.
func Least(statuses []Status) Status { panic("stub") }

// Delivered reports whether a recipient in this status no longer needs the ciphertext (ontvangen or beyond, or verlopen).
func (s Status) Delivered() bool { panic("stub") }

var ErrTransition = errors.New("statusovergang bestaat niet")

// --- Payload ---

// Schemas are the payload schemas of all kinds that this binary knows (policies/berichten/<soort>/schema.json).
type Schemas struct { /* owner */
}

func DefaultSchemas() *Schemas                             { panic("stub") }
func (s *Schemas) Kinds() []vocabulary.Kind                { panic("stub") }
func (s *Schemas) Raw(kind vocabulary.Kind) ([]byte, bool) { panic("stub") }

// Validate checks a payload body (JSON object without kop) by the schema of its kind. fault.List with every fault.
func (s *Schemas) Validate(kind vocabulary.Kind, body []byte) error { panic("stub") }

// Categories gives the categories of data present in a body, sorted, by the x-gegevens of each field that is present and not null.
func (s *Schemas) Categories(kind vocabulary.Kind, body []byte) ([]vocabulary.Category, error) {
	panic("stub")
}

// Kop gives the envelope's fields except lading and motivering, RFC 8785: the first member of every payload.
func Kop(e Envelope) ([]byte, error)            { panic("stub") }
func (v VerifiedEnvelope) Kop() ([]byte, error) { panic("stub") } // from the signed bytes

// BuildPayload gives the padded plaintext: {"kop":…, body members…} followed by U+0020 to 4096 bytes or Padmé.
func BuildPayload(kop, body []byte) ([]byte, error) { panic("stub") }

// OpenPayload undoes BuildPayload strictly; ErrKop when kop differs from want (RFC 8785 compare), fault.List or ErrPadding otherwise.
func OpenPayload(plaintext, wantKop []byte) (body []byte, err error) { panic("stub") }

var (
	ErrKop     = errors.New("kop van de lading is niet die van de envelop")
	ErrPadding = errors.New("lading is niet opgevuld zoals afgesproken")
	ErrNotAge  = errors.New("geen age-bestand")
	ErrAgeKeys = errors.New("age-bestand voor andere sleutels dan het convenant toestaat")
)

// PaddedLength gives the length after padding of a text of n bytes.
func PaddedLength(n int) int { panic("stub") }

// AgeHeaderChecker is an io.Writer that a ciphertext is streamed through (e.g. with io.TeeReader): it reads only the header and
// checks that the file is age v1 binary, that all stanzas are mlkem768x25519 (or all X25519 when allowX25519), that their number
// is exactly want, and that the header is at most 64 KiB. Close tells the verdict: nil, ErrNotAge, ErrAgeKeys.
func NewAgeHeaderChecker(want int, allowX25519 bool) io.WriteCloser { panic("stub") }

// --- Tags (WIRE, "Tags") ---

// SearchKey is a party's zoeksleutel: 32 bytes.
type SearchKey [32]byte

func ParseSearchKey(base64url string) (SearchKey, error)                 { panic("stub") }
func NewSearchKey() SearchKey                                            { panic("stub") }
func (k SearchKey) String() string                                       { panic("stub") } // base64url; a secret
func (k SearchKey) TagBSN(messageID, bsn string) (string, error)         { panic("stub") } // checks the elfproef
func (k SearchKey) TagName(messageID, name, born string) (string, error) { panic("stub") }

// NewID makes a UUIDv7; ValidID checks one.
func NewID() string          { panic("stub") }
func ValidID(id string) bool { panic("stub") }
