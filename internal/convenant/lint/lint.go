// Package lint looks at a convenant as a careful colleague does: not only whether it can be read, but whether the law carries what it
// agrees on, whether somebody forgot half of it, and what will soon run out. It is pure: text in, findings out.
//
// It promises the place of each finding, a sentence that says what is the matter, and what to do about it. A warning is a question to
// whoever writes the convenant, never a refusal: what may not be agreed on is refused by package convenant, and what may not be sent
// by the rules. No warning is legal advice; a privacyfunctionaris has the last word.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Severity tells whether a finding stands in the way.
type Severity string

// A fault makes that the convenant is refused; a warning does not.
const (
	Fault   Severity = "fout"
	Warning Severity = "waarschuwing"
)

// Finding is one thing to look at.
type Finding struct {
	Line       int      `json:"regel"` // from 1; 0 when it is about the whole
	Column     int      `json:"kolom"`
	Severity   Severity `json:"ernst"`
	Code       string   `json:"code"` // of the kind of finding, the same in every version
	Place      string   `json:"plaats"`
	Sentence   string   `json:"zin"`    // Dutch
	Suggestion string   `json:"advies"` // Dutch: what to do
}

// Read reads a convenant and looks at it: its faults when it cannot be read, else the warnings of [Look]. The convenant is nil when
// there are faults.
func Read(yaml []byte, today time.Time) (*convenant.Convenant, []Finding) {
	source, err := convenant.ParseSource(yaml)
	if err != nil {
		return nil, Faults(err)
	}
	return source.Convenant, Look(source, today)
}

// Look gives what is doubtful about a convenant that can be read, in the order of its lines.
func Look(source *convenant.Source, today time.Time) []Finding {
	l := &look{source: source, words: vocabulary.Default(), today: today}
	for _, check := range []func(){
		l.parties, l.cardKeys, l.purposes, l.functions, // who and what for
		l.police, l.consent, l.sectorLaw, l.reporting, // which law; one that does not fit at all has been refused
		l.special, l.images, l.anonymous, l.needed, // which data
		l.answers, l.questions, l.reactions, l.corrections, // what belongs together
		l.overlap, l.validity, l.retention, l.algorithms,
	} {
		check()
	}
	slices.SortStableFunc(l.found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return l.found
}

// look is one look at one convenant.
type look struct {
	source *convenant.Source
	words  *vocabulary.Vocabulary
	today  time.Time
	found  []Finding
}

// warn notes a warning at a place, such as `stromen[2].gegevens[0]`.
func (l *look) warn(place, code, suggestion, format string, args ...any) {
	line, column := l.source.At(place)
	l.found = append(l.found, Finding{Line: line, Column: column, Severity: Warning, Code: code, Place: place,
		Sentence: fmt.Sprintf(format, args...), Suggestion: suggestion})
}

func (l *look) flows() []convenant.Flow { return l.source.Flows }

// at names a part of a flow.
func at(flow int, part string) string { return fmt.Sprintf("stromen[%d].%s", flow, part) }

// in names an item of a list of a flow.
func in(flow int, list string, item int) string {
	return fmt.Sprintf("stromen[%d].%s[%d]", flow, list, item)
}

// Faults makes findings of what a parser refused: an error that is a fault.List, or any other as one finding.
func Faults(err error) []Finding {
	var faults fault.List
	if !errors.As(err, &faults) {
		return []Finding{{Severity: Fault, Code: "onleesbaar", Sentence: err.Error()}}
	}
	found := make([]Finding, len(faults))
	for i, f := range faults {
		found[i] = Finding{Line: f.Line, Column: f.Column, Severity: Fault, Code: "onjuist", Place: f.Place, Sentence: f.Message, Suggestion: advice(f)}
	}
	slices.SortStableFunc(found, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return found
}
