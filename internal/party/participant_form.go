package party

import (
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// MarshalJSON gives the payload of a deelnemerkaart: every key of WIRE, null where it does not apply.
func (p Participant) MarshalJSON() ([]byte, error) {
	jwk, err := jose.MarshalPublicJWK(p.Key)
	if err != nil {
		return nil, fmt.Errorf("encoding the key of a participant: %w", err)
	}
	functions := p.Functions
	if functions == nil {
		functions = []vocabulary.Function{} // a list may be empty, never null
	}
	return json.Marshal(struct {
		OIN         OIN                   `json:"oin"`
		ID          string                `json:"id"`
		Version     int                   `json:"versie"`
		Name        string                `json:"naam"`
		Functions   []vocabulary.Function `json:"functies"`
		Phone       *string               `json:"telefoon"`
		Email       *string               `json:"email"`
		JWK         json.RawMessage       `json:"jwk"`
		Age         []string              `json:"age"`
		OIDC        *OIDCSubject          `json:"oidc"`
		Valid       Validity              `json:"geldig"`
		ReplacesTo  *string               `json:"vervangtTot"`
		AbsentUntil *string               `json:"afwezigTot"`
		Substitute  *string               `json:"vervanger"`
	}{
		p.OIN, p.ID, p.Version, p.Name, functions, p.Phone, p.Email, jwk, p.Age, p.OIDC, p.Valid,
		p.ReplacesTo, p.AbsentUntil, p.Substitute,
	})
}

// parseParticipant reads the payload of a deelnemerkaart. Whether a function exists in the role of its party is for
// [VerifyParticipant] to say.
func parseParticipant(payload []byte, faults *fault.List) Participant {
	o := strictjson.Parse(payload, strictjson.Limits{Depth: cardDepth}, faults).Object(faults)
	p := Participant{
		OIN:         readOIN(o.Field("oin"), faults),
		ID:          readID(o.Field("id"), faults),
		Version:     o.Int("versie", 1, maxVersion),
		Name:        readPlain(o.Field("naam"), maxName, faults),
		Functions:   readFunctions(o.Array("functies", 0, maxFunction), faults),
		Phone:       optional(o, "telefoon", faults, readPhone),
		Email:       optional(o, "email", faults, readEmail),
		Key:         jose.ReadPublicJWK(o.Field("jwk"), faults),
		Age:         readAge(o.Array("age", 1, 2), faults),
		OIDC:        readOIDC(o, faults),
		Valid:       readValidity(o.Object("geldig"), faults),
		ReplacesTo:  optional(o, "vervangtTot", faults, readMoment),
		AbsentUntil: optional(o, "afwezigTot", faults, readDay),
		Substitute:  optional(o, "vervanger", faults, readID),
	}
	if p.Substitute != nil && *p.Substitute == p.ID && p.ID != "" {
		o.Fault("vervanger", "is de deelnemer zelf")
	}
	o.End()
	return p
}

func readFunctions(nodes []strictjson.Node, faults *fault.List) []vocabulary.Function {
	functions := make([]vocabulary.Function, 0, len(nodes))
	seen := map[vocabulary.Function]bool{}
	for _, n := range nodes {
		f := vocabulary.Function(readID(n, faults))
		if f == "" {
			continue
		}
		if seen[f] {
			faults.Add(n.Place(), "staat er meer dan één keer")
		}
		seen[f] = true
		functions = append(functions, f)
	}
	return functions
}

func readOIDC(o *strictjson.Object, faults *fault.List) *OIDCSubject {
	return optional(o, "oidc", faults, func(n strictjson.Node, faults *fault.List) OIDCSubject {
		login := n.Object(faults)
		s := OIDCSubject{
			Issuer:  readHTTPS(login.Field("iss"), faults),
			Subject: readPlain(login.Field("sub"), maxEmail, faults),
		}
		login.End()
		return s
	})
}
