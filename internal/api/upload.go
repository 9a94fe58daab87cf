package api

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
)

// The parts of a message, in this order (WIRE, "Messages").
const (
	partEnvelope    = "envelop"
	partCoSignature = "medeondertekening"
	partMotivation  = "motivering"
	partPayload     = "lading"
)

// upload reads the parts of a message one after another as they come in, and never holds more of them than the envelope. The
// order, the names and the content types are strict: what one program reads as two parts, another must not read as one.
type upload struct {
	parts  *multipart.Reader
	meter  *meter
	next   *part // read ahead, not yet taken
	taken  string
	broken error // the first thing wrong with the form, kept because relay sees only a reader that fails
}

type part struct {
	*multipart.Part
	name string
}

// newUpload begins to read. The content type was checked; a boundary that cannot be is a fault.
func newUpload(r *http.Request) (*upload, error) {
	_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if boundary := params["boundary"]; err == nil && len(boundary) >= 1 && len(boundary) <= 70 { // RFC 2046 §5.1.1
		m := &meter{r: r.Body}
		return &upload{parts: multipart.NewReader(m, boundary), meter: m}, nil
	}
	var faults fault.List
	faults.Add("Content-Type", "moet een boundary van 1 tot en met 70 tekens noemen")
	return nil, malformed(faults)
}

// envelope reads the first part whole.
func (u *upload) envelope() (string, error) {
	p, err := u.take(partEnvelope)
	if err != nil {
		return "", err
	}
	compact, err := io.ReadAll(u.bounded(p, jose.MaxCompactBytes))
	return string(compact), err
}

// coSignature reads the second signature, or gives "" when there is none.
func (u *upload) coSignature() (string, error) {
	p, err := u.peek()
	if err != nil || p.name != partCoSignature {
		return "", err
	}
	if _, err := u.take(partCoSignature); err != nil {
		return "", err
	}
	compact, err := io.ReadAll(u.bounded(p, jose.MaxCompactBytes))
	if err == nil && len(compact) == 0 { // which would else count as not there
		err = u.fail(partCoSignature, "is leeg")
	}
	return string(compact), err
}

// motivation gives the sealed motivation, or nil when there is none.
func (u *upload) motivation() (io.Reader, error) {
	p, err := u.peek()
	if err != nil {
		return nil, err
	}
	if p.name != partMotivation {
		return nil, nil
	}
	if _, err := u.take(partMotivation); err != nil {
		return nil, err
	}
	return u.bounded(p, message.MaxMotivation), nil
}

// payload gives the last part; at its end it makes sure that nothing follows.
func (u *upload) payload() (io.Reader, error) {
	p, err := u.peek()
	if err != nil {
		return nil, err
	}
	if p.name == partMotivation {
		return nil, u.fail(partMotivation, "hoort hier niet: de envelop noemt geen motivering")
	}
	if _, err := u.take(partPayload); err != nil {
		return nil, err
	}
	b := u.bounded(p, message.MaxPayload)
	b.atEnd = u.end
	return b, nil
}

// take gives the next part when it is the one that must come now.
func (u *upload) take(name string) (*part, error) {
	p, err := u.peek()
	if err != nil {
		return nil, err
	}
	if p.name != name {
		return nil, u.fail(name, "dit deel ontbreekt of staat niet op zijn plaats; de volgorde is envelop, medeondertekening, motivering, lading")
	}
	u.next, u.taken = nil, name
	return p, nil
}

// end checks that the form closes after the payload.
func (u *upload) end() error {
	switch _, err := u.nextRaw(); {
	case err == io.EOF:
		return nil
	case err != nil:
		return u.readFault(err)
	}
	return u.fail(partPayload, "na dit deel mag er niets meer komen")
}

// peek reads the header of the next part and checks it.
func (u *upload) peek() (*part, error) {
	if u.broken != nil {
		return nil, u.broken
	}
	if u.next != nil {
		return u.next, nil
	}
	raw, err := u.nextRaw()
	if err == io.EOF {
		missing := partEnvelope
		if u.taken != "" {
			missing = partPayload
		}
		return nil, u.fail(missing, "dit deel ontbreekt")
	}
	if err != nil {
		return nil, u.readFault(err)
	}
	if u.next, err = u.check(raw); err != nil {
		return nil, err
	}
	return u.next, nil
}

// nextRaw reads a part's header without decoding what it says of its content: a transfer encoding is refused, not undone.
func (u *upload) nextRaw() (*multipart.Part, error) {
	u.meter.left = headerAllowance
	if u.taken == partMotivation || u.taken == partPayload {
		// NextRawPart first skips what was left unread of the part before, which its reader bounded.
		u.meter.left += message.MaxMotivation
	}
	return u.parts.NextRawPart()
}

// readFault tells a stream that is too large from one that broke off.
func (u *upload) readFault(err error) error {
	var large *http.MaxBytesError
	switch {
	case u.broken != nil:
	case errors.As(err, &large), errors.Is(err, errMeter):
		u.broken = &refusal{code: tooLarge, detail: "Het verzoek, of de kop van een deel ervan, is te groot."}
	default:
		u.broken = unreadable()
	}
	return u.broken
}

func (u *upload) fail(place, text string) error {
	var faults fault.List
	faults.Add(place, "%s", text)
	u.broken = malformed(faults)
	return u.broken
}
