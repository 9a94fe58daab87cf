package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/message"
)

// nothingOpened ends a refusal to open something.
const nothingOpened = "Er is niets geopend en niets bevestigd. Waarschuw de privacyfunctionaris."

// fetch gets an age file and holds it to the envelope: its length and digest are signed.
func (c *Client) fetch(ctx context.Context, id, part string, want message.Content) ([]byte, error) {
	a, err := c.do(ctx, request{
		method: http.MethodGet, path: "/v1/berichten/" + id + "/" + part, accept: "application/octet-stream",
		limit: want.Length, timeout: uploadTimeout, repeatable: true,
	})
	var other *Refusal
	if errors.As(err, &other) && other.Code == BadAnswer || err == nil && contentOf(a.body) != want {
		return nil, refuse(PayloadFalse, nil, "De sluis geeft een andere "+part+" dan de afzender ondertekende. ", nothingOpened)
	}
	return a.body, err
}

// sealedPart is what is told of one of the two age files of a message when it does not open.
type sealedPart struct{ otherKey, damaged, form, rewrapped string }

var (
	payloadPart = sealedPart{
		otherKey:  "U kunt dit bericht niet openen: het is niet voor uw leessleutel verzegeld.",
		damaged:   "De lading is beschadigd.",
		form:      "De lading heeft niet de afgesproken vorm.",
		rewrapped: "De lading hoort bij een ander bericht dan de envelop. ",
	}
	motivationPart = sealedPart{
		otherKey:  "U kunt deze motivering niet openen: zij is niet voor uw leessleutel verzegeld.",
		damaged:   "De motivering is beschadigd.",
		form:      "De motivering heeft niet de afgesproken vorm.",
		rewrapped: "De motivering hoort bij een ander bericht dan de envelop. ",
	}
)

// unseal decrypts an age file and takes off the kop, which must be that of this envelope: else somebody put another's ciphertext
// under an envelope of their own.
func (c *Client) unseal(s Stored, file []byte, part sealedPart) ([]byte, error) {
	kop, err := s.Envelope.Kop()
	if err != nil {
		return nil, err
	}
	plain, err := age.Decrypt(bytes.NewReader(file), c.profile.identities...)
	if err != nil {
		return nil, &UnreadableError{part.otherKey, err}
	}
	text := bytes.NewBuffer(make([]byte, 0, len(file)))
	if _, err := io.Copy(text, plain); err != nil {
		return nil, &UnreadableError{part.damaged, err}
	}
	body, err := message.OpenPayload(text.Bytes(), kop)
	if errors.Is(err, message.ErrKop) {
		return nil, refuse(PayloadRewrapped, err, part.rewrapped, nothingOpened)
	}
	if err != nil {
		return nil, &UnreadableError{part.form, err}
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
		return refuse(PayloadFalse, err, "De lading is niet alleen voor de genoemde ontvangers verzegeld, of met een sleutel die het convenant niet toestaat. ", nothingOpened)
	}
	if err != nil {
		return &UnreadableError{payloadPart.damaged, err}
	}
	return nil
}
