package api

import "github.com/sluis-gateway/sluis/internal/relay"

// postMessage takes a message in. The envelope is read whole; the age files are handed on as readers, which relay asks for only
// after it decided that the message is allowed.
func (s *server) postMessage(k *call) error {
	up, err := newUpload(k.Request())
	if err != nil {
		return err
	}
	envelope, err := up.envelope()
	if err != nil {
		return err
	}
	accepted, err := s.Relay.Accept(k.Request().Context(), k.caller, relay.Upload{
		Envelope: envelope, CoSignature: up.coSignature, Motivation: up.motivation, Payload: up.payload,
	})
	if err != nil {
		// What was wrong with the form of the upload says more than what relay made of the broken reader.
		if up.broken != nil {
			return up.broken
		}
		return err
	}
	k.Response().Header().Set("Location", "/v1/berichten/"+accepted.ID)
	return k.receiptOf(accepted.ID, accepted.Receipt)
}
