package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Received is a message that was opened: everything about it was verified, and its body is by the schema of its kind.
type Received struct {
	Stored
	Body        []byte                // JSON, without kop; personal data
	NotDeclared []vocabulary.Category // categories in Body that the sender did not declare
}

// Conform reports whether the body holds nothing but what was declared.
func (r Received) Conform() bool { return len(r.NotDeclared) == 0 }

// Receive gets, verifies and opens a message. It confirms nothing: see [Client.ConfirmReceived].
//
// Errors: *Refusal when the gateway or the sender plays false; *UnreadableError when the message is genuine and cannot be read, for
// which [Client.ConfirmUnreadable] asks to send it again; *Problem with code `gewist` when it was erased.
func (c *Client) Receive(ctx context.Context, id string) (Received, error) {
	s, err := c.Message(ctx, id)
	if err != nil {
		return Received{}, err
	}
	e := s.Envelope.Envelope()
	if !addressedTo(e, c.profile.OIN) && e.Sender.Party == c.profile.OIN {
		return Received{}, fault.List{{Place: "bericht", Message: "dit heeft uw eigen organisatie verstuurd; alleen de ontvanger kan het openen. Kies een nummer uit: sluis inbox"}}
	}
	if !addressedTo(e, c.profile.OIN) {
		return Received{}, falseEnvelope(nil, "Dit bericht is niet aan uw organisatie gericht.")
	}
	file, err := c.fetch(ctx, e)
	if err != nil {
		return Received{}, err
	}
	body, err := c.open(s, file)
	if err != nil {
		return Received{}, err
	}
	if err := c.schemas().Validate(e.Kind, body); err != nil {
		return Received{}, &UnreadableError{"De lading is niet ingevuld zoals bij deze soort bericht hoort.", err}
	}
	present, err := c.schemas().Categories(e.Kind, body)
	if err != nil {
		return Received{}, &UnreadableError{"De lading is niet ingevuld zoals bij deze soort bericht hoort.", err}
	}
	return Received{Stored: s, Body: body, NotDeclared: undeclared(present, e.Categories)}, nil
}

// ReceiveEntry is Receive for a line of the inbox: the message must be the one that the line spoke of.
func (c *Client) ReceiveEntry(ctx context.Context, line Entry) (Received, error) {
	r, err := c.Receive(ctx, line.ID)
	if err != nil {
		return Received{}, err
	}
	e := r.Envelope.Envelope()
	if e.Kind != line.Kind || e.Case != line.Case || e.Sender.Party != line.Party || e.Sender.Participant != line.Person {
		return Received{}, falseEnvelope(nil, "Dit is een ander bericht dan in de lijst stond.")
	}
	return r, nil
}

// fetch gets the age file and holds it to the envelope: its length and digest are signed.
func (c *Client) fetch(ctx context.Context, e message.Envelope) ([]byte, error) {
	a, err := c.do(ctx, request{
		method: http.MethodGet, path: "/v1/berichten/" + e.ID + "/lading", accept: "application/octet-stream",
		limit: e.Payload.Length, timeout: uploadTimeout, repeatable: true,
	})
	var other *Refusal
	if errors.As(err, &other) && other.Code == BadAnswer || err == nil && (int64(len(a.body)) != e.Payload.Length || digest.Of(a.body) != e.Payload.Digest) {
		return nil, refuse(PayloadFalse, nil, "De sluis geeft een andere lading dan de afzender ondertekende. Er is niets geopend en niets bevestigd. Waarschuw de privacyfunctionaris.")
	}
	return a.body, err
}

// open decrypts an age file and takes off the kop, which must be that of this envelope: else somebody put another's ciphertext
// under an envelope of their own.
func (c *Client) open(s Stored, file []byte) ([]byte, error) {
	if err := sealedAsAgreed(s, file); err != nil {
		return nil, err
	}
	kop, err := s.Envelope.Kop()
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(bytes.NewReader(file), c.profile.identities...)
	if err != nil {
		return nil, &UnreadableError{"U kunt dit bericht niet openen: het is niet voor uw leessleutel verzegeld.", err}
	}
	text := bytes.NewBuffer(make([]byte, 0, len(file)))
	if _, err := io.Copy(text, plain); err != nil {
		return nil, &UnreadableError{"De lading is beschadigd.", err}
	}
	body, err := message.OpenPayload(text.Bytes(), kop)
	if errors.Is(err, message.ErrKop) {
		return nil, refuse(PayloadRewrapped, err, "De lading hoort bij een ander bericht dan de envelop. Er is niets geopend en niets bevestigd. Waarschuw de privacyfunctionaris.")
	}
	if err != nil {
		return nil, &UnreadableError{"De lading heeft niet de afgesproken vorm.", err}
	}
	return body, nil
}

// sealedAsAgreed wants one key for each person that the envelope names, of a type that the convenant allows. The gateway refuses other
// files; if it let one through, somebody who is not named may read along, or the seal will not hold as long as was agreed.
func sealedAsAgreed(s Stored, file []byte) error {
	people := 0
	for _, r := range s.Envelope.Envelope().Recipients {
		people += len(r.Participants)
	}
	seal := message.NewAgeHeaderChecker(people, s.x25519)
	_, _ = seal.Write(file) // never fails; Close gives the verdict
	err := seal.Close()
	if errors.Is(err, message.ErrAgeKeys) {
		return refuse(PayloadFalse, err, "De lading is niet alleen voor de genoemde ontvangers verzegeld, of met een sleutel die het convenant niet toestaat. Er is niets geopend en niets bevestigd. Waarschuw de privacyfunctionaris.")
	}
	if err != nil {
		return &UnreadableError{"De lading is beschadigd.", err}
	}
	return nil
}
