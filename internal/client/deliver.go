package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

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
	if err == nil && s.second != "" {
		err = part(secondPart, "application/jose")
		frame.WriteString(s.second)
	}
	if err == nil && s.motivation != nil {
		err = part(motivationPlace, "application/octet-stream")
		frame.Write(s.motivation)
	}
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
	// That it was accepted is known; a note that cannot be written must not make anybody send it twice.
	if origin, _, _, err := tlog.Claimed(checkpointOf(receipt.Proof)); err == nil {
		_ = c.profile.keepSent(body.ID, record.Nr, origin)
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
