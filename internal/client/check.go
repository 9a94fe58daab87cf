package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
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

// Check asks whether a draft would be allowed: "mag ik dit delen?" (OpenID AuthZEN 1.0, evaluation). Nothing of Body leaves this
// machine but how many persons and questions it holds; it may be nil. It asks for the first recipient; ask again for the others. People
// who are named are looked up here: the gateway is asked about a function, and a yes for somebody who is not in it would be untrue.
func (c *Client) Check(ctx context.Context, d Draft) (Advice, error) {
	if len(d.Recipients) == 0 {
		return Advice{}, fault.List{{Place: "ontvangers", Message: "ontbreekt; noem een organisatie en een functie"}}
	}
	if d.Purpose == "" || d.Basis == "" {
		agreed, err := c.trustedConvenant(ctx, d.Convenant)
		if err != nil {
			return Advice{}, err
		}
		if d, err = d.complete(agreed, c.profile); err != nil {
			return Advice{}, err
		}
	}
	if len(d.Recipients[0].People) > 0 {
		if err := c.inFunction(ctx, d.Convenant, d.Recipients[0]); err != nil {
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

// inFunction gives a fault.List when somebody who is named does not stand in the function on a card that counts now, as when sending.
func (c *Client) inFunction(ctx context.Context, about message.ConvenantRef, to To) error {
	agreed, err := c.trustedConvenant(ctx, about)
	if err != nil {
		return err
	}
	cards, err := c.cardsOf(ctx, agreed, to.Party, c.now())
	if err != nil {
		return err
	}
	var faults fault.List
	c.choose(cards, to, len(to.People), "ontvangers[0]", &faults)
	return faults.Err()
}

// evaluation writes the question in the form of AuthZEN (WIRE, "AuthZEN").
func (c *Client) evaluation(d Draft) ([]byte, error) {
	about, err := circumstances(d)
	if err != nil {
		return nil, err
	}
	about["convenant"] = map[string]any{"id": d.Convenant.ID, "versie": d.Convenant.Version}
	about["doel"], about["grondslag"] = d.Purpose, d.Basis
	data, err := json.Marshal(map[string]any{
		"subject":  c.asSubject(),
		"action":   map[string]any{"name": d.Kind},
		"resource": asResource(d.Recipients[0]),
		"context":  about,
	})
	if err != nil {
		return nil, fmt.Errorf("writing a question: %w", err)
	}
	return data, nil
}

func (c *Client) asSubject() map[string]any {
	return map[string]any{"type": "deelnemer", "id": string(c.profile.OIN) + "/" + c.profile.Participant}
}

func asResource(to To) map[string]any {
	return map[string]any{"type": "ontvanger", "id": string(to.Party) + "/" + string(to.Function)}
}

// circumstances is what a draft says besides what, to whom and under which agreement. Of a body it tells how many persons and
// questions are in it, and no more.
func circumstances(d Draft) (map[string]any, error) {
	about := map[string]any{"gegevens": nonNil(d.Categories)}
	for name, value := range map[string]any{
		"fase": d.Phase, "aantalVragen": questions(d.Body), "thema": d.Theme, "leeftijdsgroep": d.AgeGroup,
		"wpgBesluit": d.WpgDecision, "antwoordOp": d.InReplyTo,
	} {
		about[name] = value // null where it does not apply
	}
	for name, text := range map[string]string{"functie": string(d.Function), "urgentie": string(d.Urgency), "zaak": d.Case} {
		if text != "" {
			about[name] = text
		}
	}
	if len(d.Statements) > 0 {
		about["verklaringen"] = d.Statements
	}
	if d.Body != nil {
		found, err := people(d.Body)
		if err != nil {
			return nil, err
		}
		about["betrokkenen"] = len(found)
	}
	return about, nil
}

func nonNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
