package api

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// results is the answer to a search. Beside what AuthZEN asks for, `context.onderVoorwaarden` names what is refused only for what
// the asker can still do, such as telling the parents: without it "met wie mag ik dit delen?" would be answered with nobody.
type results struct {
	Page struct {
		Next  string `json:"next_token"`
		Count int    `json:"count"`
	} `json:"page"`
	Context struct {
		Nearly []entity `json:"onderVoorwaarden"`
	} `json:"context"`
	Results []entity `json:"results"`
}

// entity is what was found; an action has a name, the others a type and an id.
type entity struct {
	Type       string     `json:"type,omitempty"`
	ID         string     `json:"id,omitempty"`
	Name       string     `json:"name,omitempty"`
	Properties properties `json:"properties"`
}

// properties say more about an entity: who it is, under what it is allowed, or what must be done first.
type properties struct {
	Called  string          `json:"naam,omitempty"` // of a party; of people no name is told
	Role    vocabulary.Role `json:"rol,omitempty"`
	Under   []option        `json:"onder,omitempty"`
	Reasons []policy.Reason `json:"redenen,omitempty"`
}

// option is an agreement under which something is allowed, and what may be shared under it.
type option struct {
	Convenant   message.ConvenantRef  `json:"convenant"`
	Purpose     vocabulary.Purpose    `json:"doel"`
	Basis       vocabulary.Basis      `json:"grondslag"`
	Allowed     []vocabulary.Category `json:"toegestaneGegevens"`
	Obligations []policy.Obligation   `json:"verplichtingen"`
	Articles    []string              `json:"artikelen"`
}

// searcher gives the handler that searches for one sort of entity.
func searcher(want relay.Wanted) func(*server, *call) error {
	return func(s *server, k *call) error {
		body, err := k.body()
		if err != nil {
			return err
		}
		h, err := readSearch(body, want, s.Words)
		if err != nil {
			return err
		}
		answer, err := s.search(k, h)
		if err != nil {
			return err
		}
		s.Advised.searched(want)
		return k.json(http.StatusOK, answer)
	}
}

func (s *server) search(k *call, h hunt) (results, error) {
	answer := results{Results: []entity{}}
	answer.Context.Nearly = []entity{}
	caller := k.caller
	if h.search.For != relay.WantParticipants && !h.nobody {
		var known bool
		caller, known = s.subject(k.caller, h.subjectParty, h.subjectID)
		h.nobody = !known
	}
	if h.nobody {
		return answer, nil
	}
	h.search.Caller = caller
	began := time.Now()
	found, err := s.Relay.Search(k.Request().Context(), h.search)
	s.limiter.charge(string(k.party), worth(found.Asked, time.Since(began)))
	if errors.Is(err, relay.ErrTooWide) {
		var faults fault.List
		faults.Add("context", "laat te veel open; noem ook een convenant, een doel en een grondslag")
		return answer, malformed(faults)
	}
	if err != nil {
		return answer, err
	}
	book := s.Registry.Snapshot()
	for _, f := range found.Found {
		answer.Results = append(answer.Results, entityOf(book, h.search.For, f))
	}
	for _, f := range found.Nearly {
		answer.Context.Nearly = append(answer.Context.Nearly, entityOf(book, h.search.For, f))
	}
	answer.Page.Count = len(answer.Results)
	if answer.Page.Next, err = h.next(found.Next); err != nil {
		return answer, fmt.Errorf("writing a page token: %w", err)
	}
	return answer, nil
}

func entityOf(book *registry.Snapshot, want relay.Wanted, f relay.Found) entity {
	e := entity{Properties: properties{Reasons: f.Reasons}}
	switch want {
	case relay.WantParticipants:
		e.Type, e.ID = subjectType, f.Name
	case relay.WantRecipients:
		e.Type, e.ID = resourceType, f.Name
		if card, ok := book.Book.Party(f.Recipient); ok {
			e.Properties.Called, e.Properties.Role = card.Card().Name, card.Card().Role
		}
	default:
		e.Name = f.Name
	}
	for _, o := range f.Options {
		e.Properties.Under = append(e.Properties.Under, option{o.Convenant, o.Purpose, o.Basis,
			listed(o.Decision.AllowedCategories), listed(o.Decision.Obligations), listed(o.Decision.Articles)})
	}
	return e
}
