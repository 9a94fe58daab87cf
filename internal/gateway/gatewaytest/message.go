package gatewaytest

import (
	"bytes"
	"net/http"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Signal gives the envelope of a signaal that the convenant allows, from a school's veiligheidscoördinator to somebody of the
// police, without `lading`; change what a test wants to be otherwise, then Seal it.
func (r *Region) Signal(from, to string) message.Envelope {
	r.t.Helper()
	sender, receiver := r.Person(from), r.Person(to)
	phase := 2
	return message.Envelope{
		ID: message.NewID(), Kind: "signaal", Time: message.Time{Time: time.Now(), Text: time.Now().UTC().Format(time.RFC3339)},
		Case:      message.NewID(),
		Convenant: message.ConvenantRef{ID: ConvenantID, Version: r.Convenant.Version},
		Purpose:   "veilige-school", Basis: "avg-6-1-e",
		Sender: message.Sender{Party: sender.Party.OIN, Participant: sender.ID, Function: sender.Function},
		Recipients: []message.Recipient{{Party: receiver.Party.OIN, Function: receiver.Function,
			Participants: []message.Addressee{{ID: receiver.ID, Card: receiver.Participant.Version}}}},
		Categories: []vocabulary.Category{"signaal", "incident"}, Phase: &phase, Urgency: vocabulary.Regular,
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
	}
}

// Seal is SealText for a payload of some length that is not one that its schema describes: the gateway cannot see that.
func (r *Region) Seal(e message.Envelope, length int) (envelope string, payload []byte) {
	r.t.Helper()
	return r.SealText(e, make([]byte, length))
}

// SealText encrypts a payload for everybody whom the envelope names, fills in `lading` and signs with the sender's key.
func (r *Region) SealText(e message.Envelope, text []byte) (envelope string, payload []byte) {
	r.t.Helper()
	var keys []age.Recipient
	for _, to := range e.Recipients {
		for _, who := range to.Participants {
			keys = append(keys, r.ageKey(to, who.ID))
		}
	}
	var file bytes.Buffer
	w, err := age.Encrypt(&file, keys...)
	if err != nil {
		r.t.Fatalf("encrypting a payload: %v", err)
	}
	if _, err := w.Write(text); err != nil {
		r.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		r.t.Fatal(err)
	}
	e.Payload = message.Content{Digest: digest.Of(file.Bytes()), Length: int64(file.Len())}
	return r.Sign(e), file.Bytes()
}

// Sign signs an envelope with the key of its sender.
func (r *Region) Sign(e message.Envelope) string {
	r.t.Helper()
	for _, p := range r.parties {
		for _, one := range p.People {
			if p.OIN == e.Sender.Party && one.ID == e.Sender.Participant {
				signed, err := message.SignEnvelope(e, one.Key)
				if err != nil {
					r.t.Fatalf("signing an envelope: %v", err)
				}
				return signed.Compact()
			}
		}
	}
	r.t.Fatal("nobody in the region is the sender of the envelope")
	return ""
}

func (r *Region) ageKey(to message.Recipient, id string) age.Recipient {
	r.t.Helper()
	for _, p := range r.parties {
		for _, one := range p.People {
			if p.OIN == to.Party && one.ID == id {
				key, err := age.ParseHybridRecipient(one.Participant.Age[0])
				if err != nil {
					r.t.Fatalf("reading an age key: %v", err)
				}
				return key
			}
		}
	}
	r.t.Fatal("nobody in the region is the recipient of the envelope")
	return nil
}

// Send posts a sealed message as its sender's software does.
func (p *Person) Send(envelope string, payload []byte) *http.Response {
	p.Party.region.t.Helper()
	body, contentType := Form(
		Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	resp, err := p.HTTP().Post(p.Party.region.URL+"/v1/berichten", contentType, bytes.NewReader(body))
	if err != nil {
		p.Party.region.t.Fatalf("sending a message: %v", err)
	}
	return resp
}
