package api

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/goccy/go-yaml"

	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Version is `info.version` of openapi.yaml and the header API-Version of every answer.
const Version = "1.0.0"

//go:embed openapi.yaml
var openapiYAML []byte

// Description gives openapi.yaml as it was written.
func Description() []byte { return openapiYAML }

// describe gives the description as JSON, with the address of this gateway as its server.
func describe(origin string) ([]byte, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(openapiYAML, &doc); err != nil {
		return nil, fmt.Errorf("reading openapi.yaml: %w", err)
	}
	if info, _ := doc["info"].(map[string]any); info == nil || info["version"] != Version {
		return nil, errors.New("openapi.yaml has another version than this package")
	}
	doc["servers"] = []any{map[string]any{"url": origin + "/v1", "description": "Deze Sluis"}}
	return json.Marshal(doc)
}

// getDescription gives the description to anybody (NL API Design Rules: publish-openapi, transport/cors).
func (s *server) getDescription(k *call) error {
	k.Response().Header().Set("Access-Control-Allow-Origin", "*")
	return k.Blob(http.StatusOK, typeJSON, s.openapi)
}

// getKinds lists the kinds whose payload this gateway describes.
func (s *server) getKinds(k *call) error {
	type kind struct {
		Kind   vocabulary.Kind `json:"soort"`
		Text   string          `json:"omschrijving"`
		Schema string          `json:"schema"`
	}
	list := []kind{}
	for _, code := range s.Schemas.Kinds() {
		info, _ := s.Words.Kind(code)
		list = append(list, kind{code, info.Text.NL, "/v1/soorten/" + string(code) + "/schema"})
	}
	return k.json(http.StatusOK, map[string]any{"soorten": list})
}

// getSchema gives the JSON Schema of the payload of a kind, each field with its category in `x-gegevens`.
func (s *server) getSchema(k *call) error {
	schema, ok := s.Schemas.Raw(vocabulary.Kind(k.Param("soort")))
	if !ok {
		return errNoSuchPath
	}
	return k.Blob(http.StatusOK, typeSchema, schema)
}
