package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// SearchFor is what a question leaves open.
type SearchFor string

// What can be searched for (OpenID AuthZEN 1.0, "Search APIs").
const (
	Recipients   SearchFor = "resource" // with whom may I share this?
	Kinds        SearchFor = "action"   // which kinds may I send to them, and what may be in it?
	Participants SearchFor = "subject"  // who of us may send this to them?
)

// Finding is one recipient, kind or participant.
type Finding struct {
	Name    string // <oin>/<functie>, a soort, or <oin>/<deelnemer>
	Called  string // the name of the party, of a recipient
	Under   []Agreement
	Reasons []Reason // what must be done first; empty when it is allowed
}

// Agreement is under what something is allowed.
type Agreement struct {
	Convenant  message.ConvenantRef
	Purpose    vocabulary.Purpose
	Basis      vocabulary.Basis
	Categories []vocabulary.Category // that may be shared
	Articles   []string
}

// Findings is all that was found.
type Findings struct {
	Allowed []Finding
	Nearly  []Finding // refused only for what you can still do or state yourself
	More    bool      // there was more than is read here: say more, and ask again
}

// maxSearchPages bounds what is read: a list that is longer helps nobody.
const maxSearchPages = 10

// Search asks what a draft leaves open: its recipients, its kind, or who sends it. Convenant, purpose and basis may be left out too: then it
// is any that there is. Nothing of Body leaves this machine but how many persons and questions it holds. What it says is the gateway's word;
// before a message is sent, the convenant is verified.
func (c *Client) Search(ctx context.Context, d Draft, what SearchFor) (Findings, error) {
	asked, err := c.searchFor(d, what)
	if err != nil {
		return Findings{}, err
	}
	var all Findings
	token := ""
	for range maxSearchPages {
		page := map[string]any{}
		if token != "" {
			page["token"] = token
		}
		asked["page"] = page
		body, err := json.Marshal(asked)
		if err != nil {
			return Findings{}, fmt.Errorf("writing a search: %w", err)
		}
		a, err := c.post(ctx, "/access/v1/search/"+string(what), "application/json", body, request{repeatable: true})
		if err != nil {
			return Findings{}, err
		}
		var got searchPage
		if err := a.decode(&got); err != nil {
			return Findings{}, err
		}
		all.Allowed = append(all.Allowed, findings(got.Results)...)
		all.Nearly = append(all.Nearly, findings(got.Context.Nearly)...)
		if token = got.Page.Next; token == "" {
			return all, nil
		}
	}
	all.More = true
	return all, nil
}

// searchFor writes the question without what is searched for.
func (c *Client) searchFor(d Draft, what SearchFor) (map[string]any, error) {
	about, err := circumstances(d)
	if err != nil {
		return nil, err
	}
	if d.Convenant.ID != "" {
		about["convenant"] = map[string]any{"id": d.Convenant.ID, "versie": d.Convenant.Version}
	}
	if d.Purpose != "" {
		about["doel"] = d.Purpose
	}
	if d.Basis != "" {
		about["grondslag"] = d.Basis
	}
	asked := map[string]any{"subject": c.asSubject(), "action": map[string]any{"name": d.Kind}, "context": about}
	if len(d.Recipients) > 0 {
		asked["resource"] = asResource(d.Recipients[0])
	}
	switch what {
	case Recipients:
		asked["resource"] = map[string]any{"type": "ontvanger"}
	case Kinds:
		delete(asked, "action")
	default:
		asked["subject"] = map[string]any{"type": "deelnemer"}
		delete(about, "functie")
	}
	return asked, nil
}

type searchPage struct {
	Page struct {
		Next string `json:"next_token"`
	} `json:"page"`
	Context struct {
		Nearly []searchEntity `json:"onderVoorwaarden"`
	} `json:"context"`
	Results []searchEntity `json:"results"`
}

type searchEntity struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Properties struct {
		Called  string   `json:"naam"`
		Reasons []Reason `json:"redenen"`
		Under   []struct {
			Convenant  message.ConvenantRef  `json:"convenant"`
			Purpose    vocabulary.Purpose    `json:"doel"`
			Basis      vocabulary.Basis      `json:"grondslag"`
			Categories []vocabulary.Category `json:"toegestaneGegevens"`
			Articles   []string              `json:"artikelen"`
		} `json:"onder"`
	} `json:"properties"`
}

// findings takes an answer over, made fit to show: it is what the gateway says, and nobody signed it.
func findings(list []searchEntity) []Finding {
	all := make([]Finding, 0, len(list))
	for _, e := range list {
		f := Finding{Name: printable(e.ID + e.Name), Called: printable(e.Properties.Called), Reasons: printableReasons(e.Properties.Reasons)}
		for _, u := range e.Properties.Under {
			a := Agreement{
				Convenant: message.ConvenantRef{ID: printable(u.Convenant.ID), Version: u.Convenant.Version},
				Purpose:   vocabulary.Purpose(printable(string(u.Purpose))), Basis: vocabulary.Basis(printable(string(u.Basis))),
			}
			for _, category := range u.Categories {
				a.Categories = append(a.Categories, vocabulary.Category(printable(string(category))))
			}
			for _, article := range u.Articles {
				a.Articles = append(a.Articles, printable(article))
			}
			f.Under = append(f.Under, a)
		}
		all = append(all, f)
	}
	return all
}
