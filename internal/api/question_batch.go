package api

import (
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// semantic is `options.evaluations_semantic` (AuthZEN 1.0, "Evaluations semantics").
type semantic string

const (
	executeAll          semantic = "execute_all"
	denyOnFirstDeny     semantic = "deny_on_first_deny"
	permitOnFirstPermit semantic = "permit_on_first_permit"
)

// ends reports whether an answer ends the batch: the first no of an "and", the first yes of an "or".
func (s semantic) ends(decision bool) bool {
	return s == denyOnFirstDeny && !decision || s == permitOnFirstPermit && decision
}

// maxEvaluations is the most questions of one batch: what a search may ask too.
const maxEvaluations = 500

// batch is an evaluations request, read. One question without `evaluations` is a batch that is single.
type batch struct {
	single   bool
	semantic semantic
	items    []item
}

// item is one of the questions, or what is wrong with it.
type item struct {
	question question
	faults   fault.List
}

// readBatch reads an evaluations request. What is wrong with the whole is an error; what is wrong with one question is told in
// its own answer (AuthZEN 1.0, "Errors").
func readBatch(body []byte, words *vocabulary.Vocabulary) (batch, error) {
	r := &questionReader{words: words}
	root := r.root(body)
	b := batch{semantic: r.semantic(root)}
	defaults := entitiesOf(root)
	var list []strictjson.Node
	if n := root.Field("evaluations"); given(n) {
		list = n.Array(0, maxEvaluations, &r.faults)
	}
	if len(list) == 0 { // "behaves in a backwards-compatible manner with the (single) Access Evaluation API"
		b.single, b.items = true, []item{{question: r.question(defaults)}}
	} else {
		defaults.objects(&r.faults)
	}
	for _, n := range list {
		b.items = append(b.items, r.item(n, defaults))
	}
	if len(r.faults) > 0 {
		return batch{}, malformed(r.faults)
	}
	return b, nil
}

// semantic reads the options, which may be left out; of options that are not known nothing is said.
func (r *questionReader) semantic(root *strictjson.Object) semantic {
	options := root.Field("options")
	if !given(options) {
		return executeAll
	}
	n := options.Object(&r.faults).Field("evaluations_semantic")
	if !given(n) {
		return executeAll
	}
	text := semantic(n.Text(64, &r.faults))
	switch text {
	case executeAll, denyOnFirstDeny, permitOnFirstPermit, "":
	default:
		r.faults.Add(n.Place(), "moet execute_all, deny_on_first_deny of permit_on_first_permit zijn")
	}
	return text
}

// item reads one evaluation. A part that it leaves out is the whole part of the top level; there is no merging inside a part.
func (r *questionReader) item(n strictjson.Node, defaults entities) item {
	own := &questionReader{words: r.words}
	e := entitiesOf(n.Object(&r.faults)) // a question that is no object makes the batch malformed
	for _, part := range []struct {
		mine *strictjson.Node
		all  strictjson.Node
	}{{&e.subject, defaults.subject}, {&e.action, defaults.action}, {&e.resource, defaults.resource}, {&e.context, defaults.context}} {
		if part.mine.Absent() && given(part.all) {
			*part.mine = part.all
		}
	}
	q := own.question(e)
	return item{q, own.faults}
}

// objects notes what is at the top level and no object: that is wrong for every question.
func (e entities) objects(faults *fault.List) {
	for _, n := range []strictjson.Node{e.subject, e.action, e.resource, e.context} {
		if !n.Absent() {
			n.Object(faults)
		}
	}
}
