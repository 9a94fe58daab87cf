package api

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// standing gives the version that the path names.
func (s *server) standing(k *call) (convenant.Standing, error) {
	number, err := k.number("versie", 1)
	if err != nil {
		return convenant.Standing{}, err
	}
	st, ok := s.Registry.Snapshot().Convenant(k.Param("id"), int(number))
	if !ok {
		return st, errNoSuchPath
	}
	return st, nil
}

// getConvenant gives exactly the bytes that the parties sign (RFC 8785), or the YAML as it was written.
func (s *server) getConvenant(k *call) error {
	st, err := s.standing(k)
	if err != nil {
		return err
	}
	if k.gives == typeJSON {
		return k.Blob(http.StatusOK, typeJSON, st.Convenant.Canonical())
	}
	text, err := s.Registry.ConvenantYAML(k.Request().Context(), st.Convenant.ID, st.Convenant.Version)
	if err != nil {
		return err
	}
	return k.Blob(http.StatusOK, typeYAML, text)
}

// postConvenant takes a draft from a convenantbeheerder of the party that has the regie.
func (s *server) postConvenant(k *call) error {
	if !slices.Contains(k.caller.Participant.Participant().Functions, vocabulary.FunctionConvenantAdmin) {
		return &refusal{code: notYours, detail: "Alleen een convenantbeheerder kan een convenant neerleggen. Op uw kaart staat die functie niet."}
	}
	text, err := k.body()
	if err != nil {
		return err
	}
	draft, err := convenant.ParseYAML(text)
	if err != nil {
		return err
	}
	if draft.ID != k.Param("id") {
		var faults fault.List
		faults.Add("convenant", "is een ander convenant dan in het adres staat")
		return malformed(faults)
	}
	kept, receipt, err := s.Registry.PublishConvenant(k.Request().Context(), k.caller.OIN(), text)
	if err != nil {
		return err
	}
	k.Response().Header().Set("Location", "/v1/convenanten/"+kept.ID+"/versies/"+strconv.Itoa(kept.Version))
	return k.json(http.StatusCreated, struct {
		ID      string       `json:"id"`
		Version int          `json:"versie"`
		Digest  string       `json:"digest"`
		Receipt tlog.Receipt `json:"ontvangst"`
	}{kept.ID, kept.Version, kept.Digest().String(), receipt})
}
