package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Advice is the answer to a question asked before anything is shared. It is decided by the rules that also decide on sending.
type Advice struct {
	Allowed           bool
	Reasons           []Reason // why not
	AllowedCategories []vocabulary.Category
	Obligations       []Obligation
	Articles          []string
}

// Obligation is what comes with a permission, such as a term to react in.
type Obligation struct {
	Code  string `json:"code"`
	Value string `json:"waarde"`
}

// Check asks whether a draft would be allowed: "mag ik dit delen?" (OpenID AuthZEN 1.0, evaluation). Nothing is sent and Body is
// not looked at. It asks for the first recipient; ask again for the others.
func (c *Client) Check(ctx context.Context, d Draft) (Advice, error) {
	if d.Purpose == "" || d.Basis == "" {
		var agreed *convenant.Convenant
		agreed, err := c.trustedConvenant(ctx, d.Convenant)
		if err != nil {
			return Advice{}, err
		}
		if d, err = d.complete(agreed, c.profile); err != nil {
			return Advice{}, err
		}
	}
	question, err := c.evaluation(d)
	if err != nil {
		return Advice{}, err
	}
	a, err := c.post(ctx, "/access/v1/evaluation", "application/json", question, request{repeatable: true})
	if err != nil {
		return Advice{}, err
	}
	var body struct {
		Decision bool `json:"decision"`
		Context  struct {
			Reasons     []Reason              `json:"redenen"`
			Categories  []vocabulary.Category `json:"toegestaneGegevens"`
			Obligations []Obligation          `json:"verplichtingen"`
			Articles    []string              `json:"artikelen"`
		} `json:"context"`
	}
	if err := a.decode(&body); err != nil {
		return Advice{}, err
	}
	advice := Advice{Allowed: body.Decision, Reasons: printableReasons(body.Context.Reasons)}
	for _, category := range body.Context.Categories {
		advice.AllowedCategories = append(advice.AllowedCategories, vocabulary.Category(printable(string(category))))
	}
	for _, o := range body.Context.Obligations {
		advice.Obligations = append(advice.Obligations, Obligation{printable(o.Code), printable(o.Value)})
	}
	for _, article := range body.Context.Articles {
		advice.Articles = append(advice.Articles, printable(article))
	}
	return advice, nil
}

// evaluation writes the question in the form of AuthZEN (WIRE, "AuthZEN").
func (c *Client) evaluation(d Draft) ([]byte, error) {
	type object = map[string]any
	to := d.Recipients[0]
	about := object{
		"convenant":    object{"id": d.Convenant.ID, "versie": d.Convenant.Version},
		"doel":         d.Purpose,
		"grondslag":    d.Basis,
		"gegevens":     nonNil(d.Categories),
		"verklaringen": d.Statements,
	}
	if d.Statements == nil {
		about["verklaringen"] = object{}
	}
	if d.Phase != nil {
		about["fase"] = *d.Phase
	}
	data, err := json.Marshal(object{
		"subject":  object{"type": "deelnemer", "id": string(c.profile.OIN) + "/" + c.profile.Participant},
		"action":   object{"name": d.Kind},
		"resource": object{"type": "ontvanger", "id": string(to.Party) + "/" + string(to.Function)},
		"context":  about,
	})
	if err != nil {
		return nil, fmt.Errorf("writing a question: %w", err)
	}
	return data, nil
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
