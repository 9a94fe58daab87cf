package convenant

import (
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// document is the canonical form: the keys of the YAML, every default written out, a kaartsleutel always a list and a condition
// always an object, so that two texts that agree on the same give the same bytes. Comments, quotes and layout are not agreed on.
type document struct {
	ID         string                        `json:"convenant"`
	Version    int                           `json:"versie"`
	Title      string                        `json:"titel"`
	Alliance   string                        `json:"samenwerkingsverband"`
	Interest   string                        `json:"belang"`
	Valid      party.Validity                `json:"geldig"`
	Lead       party.OIN                     `json:"regie"`
	Entry      string                        `json:"inwerking"`
	X25519     string                        `json:"x25519"`
	Parties    []documentParty               `json:"partijen"`
	Purposes   map[vocabulary.Purpose]string `json:"doelen"`
	Flows      []documentFlow                `json:"stromen"`
	Retention  string                        `json:"bewaartermijnAudit"`
	LogReasons []string                      `json:"logdoelen"`
	Rules      string                        `json:"regels,omitempty"`
}

type documentParty struct {
	OIN      party.OIN       `json:"oin"`
	Role     vocabulary.Role `json:"rol"`
	CardKeys []digest.SHA256 `json:"kaartsleutel"`
}

type documentFlow struct {
	ID           string                `json:"id"`
	Article      string                `json:"artikel"`
	Kind         vocabulary.Kind       `json:"soort"`
	From         Side                  `json:"van"`
	To           Side                  `json:"naar"`
	Purposes     []vocabulary.Purpose  `json:"doelen"`
	Bases        []vocabulary.Basis    `json:"grondslagen"`
	Categories   []vocabulary.Category `json:"gegevens"`
	Conditions   []map[string]any      `json:"voorwaarden"`
	ReactionTerm string                `json:"reactietermijn,omitempty"`
	TransitTerm  string                `json:"doorvoertermijn"`
	MaxPeople    int                   `json:"maximumDeelnemers"`
}

// seal makes the canonical form, its digest, and the index of flows. After it the convenant does not change.
func (c *Convenant) seal() error {
	canonical, err := strictjson.MarshalCanonical(c.document())
	if err != nil {
		return fmt.Errorf("making the canonical form of a convenant: %w", err)
	}
	c.canonical, c.digest = canonical, digest.Of(canonical)
	c.index = map[flowKey][]Flow{}
	for i := range c.Flows {
		f := &c.Flows[i]
		for j, condition := range f.Conditions {
			value, err := plain(condition.Parameter)
			if err != nil {
				return fmt.Errorf("reading a condition of flow %s: %w", f.ID, err)
			}
			f.Conditions[j].Parameter = value
		}
		key := flowKey{f.Kind, f.From.Role, f.To.Role}
		c.index[key] = append(c.index[key], *f)
	}
	return nil
}

// plain gives a parameter with the numbers that people wrote as the float64 of encoding/json, as Condition promises.
func plain(parameter any) (any, error) {
	switch p := parameter.(type) {
	case json.Number:
		return p.Float64()
	case map[string]any:
		for name, value := range p {
			v, err := plain(value)
			if err != nil {
				return nil, err
			}
			p[name] = v
		}
	}
	return parameter, nil
}

func (c *Convenant) document() document {
	d := document{
		ID: c.ID, Version: c.Version, Title: c.Title, Alliance: c.Alliance, Interest: c.Interest, Valid: c.Valid, Lead: c.Lead,
		Entry: "alle", X25519: "niet-toegestaan", Purposes: c.Purposes, Retention: c.Retention, LogReasons: c.LogReasons,
		Rules: c.Rules,
	}
	if c.PerParty {
		d.Entry = "per-partij"
	}
	if c.X25519 {
		d.X25519 = "toegestaan"
	}
	for _, m := range c.Parties {
		d.Parties = append(d.Parties, documentParty(m))
	}
	for _, f := range c.Flows {
		conditions := []map[string]any{}
		for _, condition := range f.Conditions {
			value := condition.Parameter
			if value == nil {
				value = true
			}
			conditions = append(conditions, map[string]any{string(condition.Code): value})
		}
		d.Flows = append(d.Flows, documentFlow{
			ID: f.ID, Article: f.Article, Kind: f.Kind, From: f.From, To: f.To, Purposes: f.Purposes, Bases: f.Bases,
			Categories: f.Categories, Conditions: conditions, ReactionTerm: f.ReactionTerm, TransitTerm: f.TransitTerm, MaxPeople: f.MaxPeople,
		})
	}
	return d
}
