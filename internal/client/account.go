package client

import (
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// MaxAccount is how long the file may be that a sender gives a colleague, in bytes.
const MaxAccount = jose.MaxCompactBytes + 1024

const (
	accountVersion = 1
	accountPlace   = "verzoek"
)

// accountFile is what a sender gives a colleague who has to sign too: the envelope as signed, and nothing of what is in the message. Who
// signs for a message without reading it sees that here; the sender can show it to them.
type accountFile struct {
	Version  int    `json:"versie"`
	Envelope string `json:"envelop"` // compact envelop+jws
}

func writeAccount(v message.VerifiedEnvelope) ([]byte, error) {
	data, err := strictjson.MarshalCanonical(accountFile{accountVersion, v.Compact()})
	return append(data, '\n'), err
}

// readAccount reads the envelope in an account, and gives it as it stands there too; nobody has said yet whose it is. The error is a
// fault.List.
func readAccount(data []byte) (parsed message.ParsedEnvelope, compact string, err error) {
	var faults fault.List
	o := strictjson.Parse(data, strictjson.Limits{Bytes: MaxAccount}, &faults).Object(&faults)
	o.Int("versie", accountVersion, accountVersion)
	compact = o.Text("envelop", jose.MaxCompactBytes)
	o.End()
	if faults.Err() != nil {
		return message.ParsedEnvelope{}, "", notAnAccount()
	}
	if parsed, err = message.ParseEnvelope(compact); err != nil { // what is wrong inside is of no use to who was handed the file
		return message.ParsedEnvelope{}, "", notAnAccount()
	}
	return parsed, compact, nil
}

func notAnAccount() error {
	return fault.List{{Place: accountPlace, Message: "is geen goed verzoek om akkoord, of is beschadigd. Vraag uw collega om het bestand dat sluis send --voor-akkoord maakte"}}
}
