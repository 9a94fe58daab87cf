package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The types of entities (WIRE, "Asking first").
const (
	subjectType  = "deelnemer"
	resourceType = "ontvanger"
)

// hunt is a search request, read.
type hunt struct {
	question
	search relay.Search
	nobody bool // of an entity or type that is not known here nothing can be found, and that is no fault
}

// How many entities a page holds.
const (
	defaultPage = 100
	maxPage     = 500
)

// readSearch reads a search request (AuthZEN 1.0, "Search APIs"): the entity that is searched for has only a type, and an id there
// is ignored. Of the context everything may be left out: what is not said is open, and nothing was stated.
func readSearch(body []byte, want relay.Wanted, words *vocabulary.Vocabulary) (hunt, error) {
	r := &questionReader{words: words}
	root := r.root(body)
	e := entitiesOf(root)
	h := hunt{search: relay.Search{For: want, Limit: defaultPage}}
	if want == relay.WantParticipants {
		h.nobody = r.typeOf(e.subject) != subjectType
	} else {
		h.subjectParty, h.subjectID = r.sought(e.subject, subjectType, &h.nobody)
	}
	if want == relay.WantRecipients {
		h.nobody = r.typeOf(e.resource) != resourceType || h.nobody
	} else {
		var function string
		h.Recipient, function = r.sought(e.resource, resourceType, &h.nobody)
		h.RecipientFunction = vocabulary.Function(function)
	}
	if want != relay.WantKinds {
		kind := vocabulary.Kind(e.action.Object(&r.faults).Text("name", 64))
		if _, ok := words.Kind(kind); !ok {
			h.nobody = true
		}
		h.Stated.Kind = kind
	}
	r.open(e.context, &h)
	h.search.Question = h.Question
	r.page(root.Field("page"), &h)
	if len(r.faults) > 0 {
		return h, malformed(r.faults)
	}
	return h, nil
}

// typeOf reads the type of the entity that is searched for.
func (r *questionReader) typeOf(n strictjson.Node) string {
	return n.Object(&r.faults).Text("type", 64)
}

// sought reads an entity that is given. Its type and id must be texts; one that nobody knows is found nothing for.
func (r *questionReader) sought(n strictjson.Node, kind string, nobody *bool) (party.OIN, string) {
	o := n.Object(&r.faults)
	got, id := o.Text("type", 64), o.Text("id", 128)
	oin, rest, _ := strings.Cut(id, "/")
	if _, err := party.ParseOIN(oin); err != nil || rest == "" || got != kind {
		*nobody = true
		return "", ""
	}
	return party.OIN(oin), rest
}

// open reads a context of which everything may be left out.
func (r *questionReader) open(n strictjson.Node, h *hunt) {
	if !given(n) {
		n = strictjson.Parse([]byte("{}"), strictjson.Limits{}, &r.faults)
	}
	o := n.Object(&r.faults)
	if c := o.Field("convenant"); given(c) {
		h.Convenant = r.convenant(c.Object(&r.faults))
	}
	if purpose := o.Field("doel"); given(purpose) {
		h.Stated.Purpose = known(r, purpose, r.words.HasPurpose)
	}
	if basis := o.Field("grondslag"); given(basis) {
		h.Stated.Basis = known(r, basis, r.words.HasBasis)
	}
	h.Stated.Categories = []vocabulary.Category{}
	if list := o.Field("gegevens"); given(list) {
		h.Stated.Categories = r.categories(list.Array(0, 64, &r.faults))
	}
	r.rest(o, &h.Question)
}

// cursor is what a page token holds: of which search it is, where that search goes on, and how long its pages are. It is no secret and opens nothing.
type cursor struct {
	Sum   string `json:"s"`
	After string `json:"a"`
	Limit int    `json:"l"`
}

var errToken = errors.New("no token of this search")

// page reads where to go on. "All entities and pagination parameters MUST be identical to the preceding request": a token of
// another search is refused.
func (r *questionReader) page(n strictjson.Node, h *hunt) {
	if !given(n) {
		return
	}
	o := n.Object(&r.faults)
	if limit := o.Field("limit"); given(limit) {
		if l := limit.Int(0, 1<<30, &r.faults); l > 0 {
			h.search.Limit = min(l, maxPage)
		}
	}
	token := o.Field("token")
	if !given(token) {
		return
	}
	text := token.Text(1024, &r.faults)
	if text == "" { // that was told
		return
	}
	c, err := readCursor(text)
	if err != nil || c.Sum != h.fingerprint() {
		r.faults.Add(token.Place(), "hoort niet bij deze zoekvraag; begin opnieuw zonder token")
		return
	}
	h.search.After, h.search.Limit = c.After, c.Limit
}

// fingerprint tells searches apart by everything that was asked.
func (h *hunt) fingerprint() string {
	asked, err := json.Marshal([]any{h.search.For, h.subjectParty, h.subjectID, h.Question})
	if err != nil {
		return "" // a token of no search
	}
	sum := sha256.Sum256(asked)
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

func readCursor(text string) (cursor, error) {
	var c cursor
	data, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return c, errToken
	}
	if err := json.Unmarshal(data, &c); err != nil || c.Limit < 1 || c.Limit > maxPage || c.After == "" {
		return c, errToken
	}
	return c, nil
}

// next gives the token of the page after this one; "" when there is none.
func (h *hunt) next(after string) (string, error) {
	if after == "" {
		return "", nil
	}
	data, err := json.Marshal(cursor{h.fingerprint(), after, h.search.Limit})
	return base64.RawURLEncoding.EncodeToString(data), err
}
