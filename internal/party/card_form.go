package party

import (
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// roleSchool is the one role whose card names a soortOnderwijs.
const roleSchool vocabulary.Role = "school"

// MarshalJSON gives {"id","jwk"}.
func (a Admin) MarshalJSON() ([]byte, error) {
	jwk, err := jose.MarshalPublicJWK(a.Key)
	if err != nil {
		return nil, fmt.Errorf("encoding the key of a beheerder: %w", err)
	}
	return json.Marshal(struct {
		ID  string          `json:"id"`
		JWK json.RawMessage `json:"jwk"`
	}{a.ID, jwk})
}

// parseCard reads the payload of a partijkaart: exactly the keys of WIRE, "Cards".
func parseCard(payload []byte, faults *fault.List) Card {
	o := strictjson.Parse(payload, strictjson.Limits{Depth: cardDepth}, faults).Object(faults)
	c := Card{
		OIN:         readOIN(o.Field("oin"), faults),
		Name:        readPlain(o.Field("naam"), maxName, faults),
		Role:        readRole(o.Field("rol"), faults),
		SchoolType:  optional(o, "soortOnderwijs", faults, readSchoolType),
		Version:     o.Int("versie", 1, maxVersion),
		Valid:       readValidity(o.Object("geldig"), faults),
		Successor:   optional(o, "opvolger", faults, readOIN),
		Admins:      readAdmins(o.Array("beheerders", 1, maxAdmins), faults),
		CallbackURL: optional(o, "meldpunt", faults, readHTTPS),
	}
	if len(*faults) == 0 && (c.Role == roleSchool) != (c.SchoolType != nil) {
		o.Fault("soortOnderwijs", "moet bij een school ingevuld zijn en bij alle andere rollen null")
	}
	if c.Successor != nil && *c.Successor == c.OIN && c.OIN != "" {
		o.Fault("opvolger", "is de partij zelf")
	}
	o.End()
	return c
}

func readRole(n strictjson.Node, faults *fault.List) vocabulary.Role {
	role := vocabulary.Role(n.Text(maxLabel, faults))
	if role != "" && !vocabulary.Default().HasRole(role) {
		faults.Add(n.Place(), "is geen bekende rol")
	}
	return role
}

func readSchoolType(n strictjson.Node, faults *fault.List) vocabulary.SchoolType {
	kind := vocabulary.SchoolType(n.Text(maxLabel, faults))
	if kind != "" && !vocabulary.Default().HasSchoolType(kind) {
		faults.Add(n.Place(), "is geen bekende soort onderwijs")
	}
	return kind
}

// readAdmins reads the beheerders. Two with one label or one key are refused: the kid must point at one of them.
func readAdmins(nodes []strictjson.Node, faults *fault.List) []Admin {
	admins := make([]Admin, 0, len(nodes))
	ids, kids := map[string]bool{}, map[string]bool{}
	for _, n := range nodes {
		o := n.Object(faults)
		a := Admin{ID: readPlain(o.Field("id"), maxLabel, faults), Key: jose.ReadPublicJWK(o.Field("jwk"), faults)}
		o.End()
		if a.ID == "" || a.Key == nil {
			continue
		}
		kid := jose.Thumbprint(a.Key)
		if ids[a.ID] {
			o.Fault("id", "staat er meer dan één keer")
		}
		if kids[kid] {
			o.Fault("jwk", "staat er meer dan één keer")
		}
		ids[a.ID], kids[kid] = true, true
		admins = append(admins, a)
	}
	return admins
}
