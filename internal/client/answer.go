package client

import (
	"encoding/json"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// decode reads a JSON answer. Duplicate keys, wrong types and deep nesting are refused. Keys that are not known here are let be:
// a later version of the API may add some, and nothing in an answer is trusted for standing there.
func (a answer) decode(v any) error {
	if !isType(a.contentType, "application/json") {
		return badAnswer(nil)
	}
	var faults fault.List
	strictjson.Parse(a.body, strictjson.Limits{Bytes: maxAnswer, Depth: 64}, &faults)
	if err := faults.Err(); err != nil {
		return badAnswer(err)
	}
	if err := json.Unmarshal(a.body, v); err != nil {
		return badAnswer(err)
	}
	return nil
}

func badAnswer(err error) *Refusal {
	return refuse(BadAnswer, err, "Het antwoord van de sluis is niet te begrijpen. Waarschuw de beheerder van de sluis; uw versie van de software kan ook te oud zijn.")
}
