package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Sent is a message that the gateway accepted, with the receipt that was verified.
type Sent struct {
	ID         string
	Case       string
	Recipients []message.Recipient
	Record     tlog.Record  // the `aangeboden` record in the trail
	Receipt    tlog.Receipt // what proves it, to anybody
}

// outdated is the gateway's word for a card that moved on (WIRE: "409 kaart-verouderd with the new version").
const outdated = "kaart-verouderd"

// Send checks, seals, signs and sends a message, and verifies the receipt.
//
// Errors before anything is sent: fault.List for what the sender can mend; *Refusal when convenant or cards do not hold. The
// gateway's no is a *Problem with its reasons. A *Refusal with ReceiptFalse or LogForked comes after the message was handed over:
// Sent then names it, and nobody should rely on it.
func (c *Client) Send(ctx context.Context, d Draft) (Sent, error) {
	agreed, err := c.trustedConvenant(ctx, d.Convenant)
	if err != nil {
		return Sent{}, err
	}
	if err := inForceOn(agreed, c.now()); err != nil {
		return Sent{}, err
	}
	if d, err = d.complete(agreed, c.profile); err != nil {
		return Sent{}, err
	}
	if err := c.checkBody(d); err != nil {
		return Sent{}, err
	}
	e, err := c.envelope(d)
	if err != nil {
		return Sent{}, err
	}
	sent, err := c.sealAndSend(ctx, agreed, d, e)
	var no *Problem
	if errors.As(err, &no) && no.Code == outdated {
		// Somebody renewed a card after we read it. Read the cards again, once: whoever keeps changing them gets no message.
		c.directory.forgetCards()
		sent, err = c.sealAndSend(ctx, agreed, d, e)
	}
	return sent, err
}

// envelope gives everything of the envelope that does not depend on who it goes to.
func (c *Client) envelope(d Draft) (message.Envelope, error) {
	e := message.Envelope{
		ID: message.NewID(), Kind: d.Kind, Case: d.Case, InReplyTo: d.InReplyTo,
		Convenant: d.Convenant, Purpose: d.Purpose, Basis: d.Basis,
		Sender:     message.Sender{Party: c.profile.OIN, Participant: c.profile.Participant, Function: d.Function},
		Categories: d.Categories, Phase: d.Phase, Urgency: d.Urgency, Statements: d.Statements,
		WpgDecision: d.WpgDecision, Questions: questions(d.Body), Theme: d.Theme, AgeGroup: d.AgeGroup,
	}
	if e.Case == "" {
		e.Case = message.NewID()
	}
	var err error
	e.Subjects, err = c.profile.tags(e.ID, d.Body)
	return e, err
}

func (c *Client) sealAndSend(ctx context.Context, agreed *convenant.Convenant, d Draft, e message.Envelope) (Sent, error) {
	to, err := c.address(ctx, agreed, d)
	if err != nil {
		return Sent{}, err
	}
	e.Recipients = to.recipients
	e.Time = message.NewTime(c.now())
	s, err := c.profile.seal(e, d.Body, to.keys)
	if err != nil {
		return Sent{}, err
	}
	a, err := c.deliver(ctx, s)
	if err != nil {
		return Sent{}, err
	}
	sent := Sent{ID: e.ID, Case: e.Case, Recipients: e.Recipients}
	sent.Record, sent.Receipt, err = c.acknowledged(ctx, s, a)
	return sent, err
}

// deliver sends the parts in the order of WIRE. The age file is not copied; when the connection breaks the same envelope is sent
// again, and the gateway keeps it once.
func (c *Client) deliver(ctx context.Context, s sealed) (answer, error) {
	var frame bytes.Buffer
	form := multipart.NewWriter(&frame)
	part := func(name, contentType string) error {
		_, err := form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name=%q`, name)},
			"Content-Type":        {contentType},
		})
		return err
	}
	err := part("envelop", "application/jose")
	frame.WriteString(s.envelope.Compact())
	if err == nil {
		err = part("lading", "application/octet-stream")
	}
	head := frame.Len()
	if err == nil {
		err = form.Close()
	}
	if err != nil {
		return answer{}, fmt.Errorf("framing message %s: %w", s.envelope.Envelope().ID, err)
	}
	before, after := frame.Bytes()[:head], frame.Bytes()[head:]
	return c.do(ctx, request{
		method: http.MethodPost, path: "/v1/berichten", contentType: form.FormDataContentType(),
		body: func() io.Reader {
			return io.MultiReader(bytes.NewReader(before), bytes.NewReader(s.lading), bytes.NewReader(after))
		},
		length:  int64(len(before) + len(s.lading) + len(after)),
		timeout: uploadTimeout, repeatable: true,
	})
}

// acknowledged verifies the receipt of a message: a proven record that names this message, this envelope and this age file.
func (c *Client) acknowledged(ctx context.Context, s sealed, a answer) (tlog.Record, tlog.Receipt, error) {
	var body struct {
		ID      string          `json:"id"`
		Receipt json.RawMessage `json:"ontvangst"`
	}
	if err := a.decode(&body); err != nil {
		return tlog.Record{}, tlog.Receipt{}, err
	}
	record, receipt, err := c.verifyReceipt(ctx, body.Receipt)
	if err != nil {
		return record, receipt, err
	}
	if body.ID != s.envelope.Envelope().ID || !offers(record, s.envelope) {
		return record, receipt, falseReceipt(nil)
	}
	return record, receipt, nil
}

// offers reports whether a record is the `aangeboden` of this very envelope and its age file.
func offers(r tlog.Record, v message.VerifiedEnvelope) bool {
	e := v.Envelope()
	return r.Kind == tlog.Offered &&
		is(r.Message, e.ID) && is(r.Case, e.Case) && is(r.JWS, v.Compact()) &&
		r.Payload != nil && r.Payload.Digest == e.Payload.Digest.String()
}

func is(p *string, want string) bool { return p != nil && *p == want }
