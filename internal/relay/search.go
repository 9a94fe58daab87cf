package relay

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Wanted is what a search looks for.
type Wanted int

// What can be searched for (AuthZEN 1.0, "Search APIs").
const (
	WantParticipants Wanted = iota + 1 // who of us may send this to them?
	WantRecipients                     // with whom may I share this?
	WantKinds                          // which kinds may I send to them?
)

// Search is a question with something left open. Of the question the zero value of what is searched for is not looked at; an
// empty convenant, purpose or basis means: any that there is.
type Search struct {
	Question
	For   Wanted
	After string // the last name of the page before; "" for the first page
	Limit int    // most entities that are found; at least 1
}

// Found is an entity for which the answer to the question would be yes, or would be after what only the asker can do.
type Found struct {
	Name        string // that pages are ordered by: <oin>/<deelnemer>, <oin>/<functie> or a soort
	Participant string
	Recipient   party.OIN
	Function    vocabulary.Function // of the recipient
	Kind        vocabulary.Kind
	Options     []Option        // under which it is allowed; empty in a list of what is nearly allowed
	Reasons     []policy.Reason // what is still to be done; empty when it is allowed
}

// Option is an agreement under which something is allowed.
type Option struct {
	Convenant message.ConvenantRef
	Purpose   vocabulary.Purpose
	Basis     vocabulary.Basis
	Decision  policy.Decision
}

// Results is a page of what was found.
type Results struct {
	Found  []Found
	Nearly []Found // refused only for what the asker can still do or state: inform the parents, weigh, raise the phase
	Next   string  // After of the next page; "" when this was the last
	Asked  int     // decisions that were made
}

// A search asks the rules for every possibility, so it costs what so many questions cost. A page is bounded in decisions, and in time:
// under a convenant with hundreds of flows between two roles, one decision takes as long as hundreds do elsewhere.
const (
	maxAsked = 1000
	maxPage  = 3 * time.Second // after which a page ends early; one entity alone may take as long again
)

// ErrTooWide says that there are more possibilities than a search looks at, or for one entity alone more than a page may ask about: the
// question must say more.
var ErrTooWide = errors.New("a search with too many possibilities")

// Search finds whom, to whom, or which kinds [Relay.Ask] would allow: every possibility that the flows of the convenants leave
// is asked as a question of its own, so that what is found is what happens. It keeps nothing.
func (r *Relay) Search(ctx context.Context, s Search) (Results, error) {
	found := Results{}
	began := time.Now()
	limited, stop := context.WithTimeout(ctx, 2*maxPage)
	defer stop()
	all, err := r.candidates(s)
	if err != nil {
		return Results{}, err
	}
	for _, c := range all {
		if c.name <= s.After {
			continue
		}
		if len(c.questions) > maxAsked {
			return Results{}, ErrTooWide
		}
		if len(found.Found) == s.Limit || found.Asked+len(c.questions) > maxAsked || found.Asked > 0 && time.Since(began) > maxPage {
			return found, nil
		}
		yes, nearly, err := r.askAll(limited, c)
		if err != nil && limited.Err() != nil && ctx.Err() == nil {
			if found.Asked > 0 {
				return found, nil // the next page begins with this one
			}
			return Results{}, ErrTooWide
		}
		if err != nil {
			return Results{}, err
		}
		found.Asked += len(c.questions)
		switch {
		case len(yes.Options) > 0:
			found.Found = append(found.Found, yes)
		case len(nearly.Reasons) > 0:
			found.Nearly = append(found.Nearly, nearly)
		}
		found.Next = c.name
	}
	found.Next = ""
	return found, nil
}

// askAll asks everything about one candidate.
func (r *Relay) askAll(ctx context.Context, c *candidate) (yes, nearly Found, err error) {
	yes, nearly = c.found(), c.found()
	for _, q := range c.questions {
		a, err := r.Ask(ctx, q)
		if err != nil {
			return yes, nearly, err
		}
		switch {
		case a.Decision.Allow:
			yes.Options = append(yes.Options, Option{q.Convenant, q.Stated.Purpose, q.Stated.Basis, a.Decision})
		case !slices.ContainsFunc(a.Decision.Reasons, notForTheAsker) && (nearly.Reasons == nil || len(a.Decision.Reasons) < len(nearly.Reasons)):
			nearly.Reasons = a.Decision.Reasons
		}
	}
	return yes, nearly, nil
}

// stillToDo are the reasons that end when the asker does or states something; with any other reason somebody else must act first, or
// it is simply not allowed.
var stillToDo = []vocabulary.Reason{
	"fase-te-laag", "ouders-niet-geinformeerd", "meldcode-onvolledig", "niet-afgewogen", "te-veel-vragen", "leeftijd-buiten-stroom",
	"verzuim-onder-drempel", "grondslag-niet-onderbouwd", "betrokkene-niet-toegestaan", "wpg-besluit-ontbreekt", "geen-hit",
}

func notForTheAsker(r policy.Reason) bool { return !slices.Contains(stillToDo, r.Code) }
