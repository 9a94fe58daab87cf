package api

import (
	"net/http"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// getSignatures gives what the parties signed under a version, in order of arrival.
func (s *server) getSignatures(k *call) error {
	st, err := s.standing(k)
	if err != nil {
		return err
	}
	list := []string{}
	for _, signed := range st.Signatures {
		list = append(list, signed.Compact)
	}
	return k.json(http.StatusOK, map[string]any{"ondertekeningen": list})
}

// postSignature takes an ondertekening+jws. The object is signed by the party itself, so any participant may hand it in.
func (s *server) postSignature(k *call) error {
	before := s.Registry.Snapshot()
	st, err := s.standing(k)
	if err != nil && refusalOf(err).code == notFound { // or another gateway took the version in a moment ago
		newer, lookErr := s.newer(k.Request().Context(), before)
		if lookErr != nil {
			return lookErr
		}
		if newer {
			st, err = s.standing(k)
		}
	}
	if err != nil {
		return err
	}
	compact, err := k.body()
	if err != nil {
		return err
	}
	if err := sameVersion(string(compact), st.Convenant.ID, st.Convenant.Version); err != nil {
		return err
	}
	receipt, err := s.Registry.PublishSignature(k.Request().Context(), k.caller.OIN(), string(compact))
	if err != nil {
		return err
	}
	return k.receipt(receipt)
}

// sameVersion checks that what is signed is what the path names. Whether the rest of it holds is for the registry.
func sameVersion(compact, id string, number int) error {
	signed, err := jose.Parse(compact, jose.ConvenantSigned)
	if err != nil {
		return err
	}
	var faults fault.List
	o := strictjson.Parse(signed.Payload, strictjson.Limits{}, &faults).Object(&faults)
	gotID, gotNumber := o.Text("convenant", 64), o.Int("versie", 1, 1<<30)
	if len(faults) == 0 && (gotID != id || gotNumber != number) {
		faults.Add("convenant", "er is een ander convenant of een andere versie ondertekend dan in het adres staat")
	}
	return faults.Err()
}

// getWpgDecisions gives the Wpg decisions of the caller's party, and those that name it as a recipient.
func (s *server) getWpgDecisions(k *call) error {
	list := []string{}
	for _, d := range s.Registry.Snapshot().WpgDecisions(k.caller.OIN()) {
		list = append(list, d.Compact)
	}
	return k.json(http.StatusOK, map[string]any{"wpgBesluiten": list})
}

// postWpgDecision registers a wpg-besluit+jws, signed by the police party.
func (s *server) postWpgDecision(k *call) error {
	compact, err := k.body()
	if err != nil {
		return err
	}
	receipt, err := s.Registry.PublishWpgDecision(k.Request().Context(), k.caller.OIN(), string(compact))
	if err != nil {
		return err
	}
	return k.receipt(receipt)
}
