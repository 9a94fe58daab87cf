package api

import (
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// question is an AuthZEN evaluation request, read.
type question struct {
	relay.Question
	subjectParty party.OIN
	subjectID    string
}

// questionReader collects every fault of a request.
type questionReader struct {
	faults fault.List
	words  *vocabulary.Vocabulary
}

// entities are the four parts of a request where they stand: in a batch, in the evaluation itself or at the top level.
type entities struct{ subject, action, resource, context strictjson.Node }

func entitiesOf(o *strictjson.Object) entities {
	return entities{o.Field("subject"), o.Field("action"), o.Field("resource"), o.Field("context")}
}

// maxDepth is how deep a request may nest: AuthZEN lets anybody add fields of their own, which are ignored.
const maxDepth = 32

// root parses a body. What is wrong with it as JSON is a fault of the whole request.
func (r *questionReader) root(body []byte) *strictjson.Object {
	return strictjson.Parse(body, strictjson.Limits{Bytes: maxAuthZEN, Depth: maxDepth}, &r.faults).Object(&r.faults)
}

// readQuestion reads an evaluation request: subject `deelnemer` <oin>/<id>, action = soort, resource `ontvanger`
// <oin>/<functie>, and a context in the words of an envelope. Fields that are not known are ignored, as AuthZEN 1.0 asks; what
// is known must be right.
func readQuestion(body []byte, words *vocabulary.Vocabulary) (question, error) {
	r := &questionReader{words: words}
	q := r.question(entitiesOf(r.root(body)))
	if len(r.faults) > 0 {
		return q, malformed(r.faults)
	}
	return q, nil
}

// question reads the four parts of one evaluation.
func (r *questionReader) question(e entities) question {
	var q question
	q.subjectParty, q.subjectID = r.entity(e.subject, "deelnemer")
	q.Stated.Kind = r.kind(e.action)
	recipient, function := r.entity(e.resource, "ontvanger")
	q.Recipient, q.RecipientFunction = recipient, vocabulary.Function(function)
	r.context(e.context.Object(&r.faults), &q.Question)
	return q
}

func (r *questionReader) kind(action strictjson.Node) vocabulary.Kind {
	return codeAt(r, action.Object(&r.faults), "name", func(k vocabulary.Kind) bool { _, ok := r.words.Kind(k); return ok })
}

// entity reads {"type","id"} with an id of the form <oin>/<rest>.
func (r *questionReader) entity(n strictjson.Node, kind string) (party.OIN, string) {
	before := len(r.faults)
	o := n.Object(&r.faults)
	gotKind, id := o.Text("type", 64), o.Text("id", 128)
	if len(r.faults) > before || gotKind == "" { // "" without a fault: it is no object, which was told already
		return "", ""
	}
	if gotKind != kind {
		r.faults.Add(n.Place()+".type", "moet %s zijn", kind)
	}
	oin, rest, ok := cutRecipient(id)
	if _, err := party.ParseOIN(oin); err != nil || !ok || rest == "" {
		r.faults.Add(n.Place()+".id", "moet de vorm <oin>/<naam> hebben")
	}
	return party.OIN(oin), rest
}

// context reads what an envelope would say.
func (r *questionReader) context(o *strictjson.Object, q *relay.Question) {
	q.Convenant = r.convenant(o.Object("convenant"))
	q.Stated.Purpose = codeAt(r, o, "doel", r.words.HasPurpose)
	q.Stated.Basis = codeAt(r, o, "grondslag", r.words.HasBasis)
	q.Stated.Categories = r.categories(o.Array("gegevens", 0, 64))
	r.rest(o, q)
}

func (r *questionReader) convenant(c *strictjson.Object) message.ConvenantRef {
	return message.ConvenantRef{ID: c.Text("id", 64), Version: c.Int("versie", 1, 1<<30)}
}

func (r *questionReader) categories(list []strictjson.Node) []vocabulary.Category {
	all := []vocabulary.Category{}
	for _, n := range list {
		all = append(all, known(r, n, r.words.HasCategory))
	}
	return all
}

// rest reads what an evaluation may leave out.
func (r *questionReader) rest(o *strictjson.Object, q *relay.Question) {
	q.Stated.Urgency = vocabulary.Regular
	if n := o.Field("urgentie"); given(n) {
		q.Stated.Urgency = known(r, n, func(u vocabulary.Urgency) bool {
			return u == vocabulary.Regular || u == vocabulary.Urgent || u == vocabulary.Crisis
		})
	}
	q.Stated.Phase = r.number(o, "fase", 1, 3)
	q.Stated.Questions = r.number(o, "aantalVragen", 0, 1000)
	if n := r.number(o, "betrokkenen", 0, 1000); n != nil {
		q.Subjects = *n
	}
	if n := o.Field("thema"); given(n) {
		theme := known(r, n, r.words.HasTheme)
		q.Stated.Theme = &theme
	}
	if n := o.Field("leeftijdsgroep"); given(n) {
		group := known(r, n, r.words.HasAgeGroup)
		q.Stated.AgeGroup = &group
	}
	if n := o.Field("functie"); given(n) {
		q.Function = vocabulary.Function(n.Text(64, &r.faults))
	}
	if n := o.Field("wpgBesluit"); given(n) {
		number := n.Text(64, &r.faults)
		q.WpgDecision = &number
	}
	if n := o.Field("zaak"); given(n) {
		q.Case = r.uuid(n)
	}
	if n := o.Field("antwoordOp"); given(n) {
		id := r.uuid(n)
		q.InReplyTo = &id
	}
	q.Stated.Statements = r.statements(o)
}

// statements reads `verklaringen`: a closed list of booleans. A misspelt one would be a no that nobody understands.
func (r *questionReader) statements(o *strictjson.Object) map[vocabulary.Statement]bool {
	list := map[vocabulary.Statement]bool{}
	n := o.Field("verklaringen")
	if !given(n) {
		return list
	}
	said := n.Object(&r.faults)
	for _, name := range said.Names() {
		if !r.words.HasStatement(vocabulary.Statement(name)) {
			r.faults.Add(n.Place(), "bevat een onbekende verklaring")
			continue
		}
		list[vocabulary.Statement(name)] = said.Bool(name)
	}
	return list
}

func (r *questionReader) number(o *strictjson.Object, name string, least, most int) *int {
	n := o.Field(name)
	if !given(n) {
		return nil
	}
	i := n.Int(least, most, &r.faults)
	return &i
}

func (r *questionReader) uuid(n strictjson.Node) string {
	before := len(r.faults)
	id := n.Text(36, &r.faults)
	if len(r.faults) == before && id != "" && !message.ValidID(id) {
		r.faults.Add(n.Place(), "moet een UUIDv7 zijn")
	}
	return id
}

func given(n strictjson.Node) bool { return !n.Absent() && !n.Null() }

// codeAt reads a required code of the vocabulary.
func codeAt[T ~string](r *questionReader, o *strictjson.Object, name string, has func(T) bool) T {
	return known(r, o.Field(name), has)
}

// known reads a code that the vocabulary must have.
func known[T ~string](r *questionReader, n strictjson.Node, has func(T) bool) T {
	before := len(r.faults)
	v := T(n.Text(64, &r.faults))
	if len(r.faults) == before && v != "" && !has(v) {
		r.faults.Add(n.Place(), "is geen bekende code")
	}
	return v
}

// cutRecipient takes <oin>/<functie> apart.
func cutRecipient(text string) (oin, rest string, ok bool) { return strings.Cut(text, "/") }
