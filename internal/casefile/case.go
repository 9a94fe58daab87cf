// Package casefile reads the cases that go with a convenant: what somebody wants to send, and what must come of it. A municipality
// writes them beside its convenant to see that it says what was meant; the examples that Sluis ships have them, and every way into the
// gateway is held to the same file.
//
// It promises that a file that was parsed uses only words of the vocabulary and keys that mean something, and that a case becomes the
// same facts for everybody who plays it. It must not decide: that is policy's; and it looks nothing up.
package casefile

import (
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// File is a file of cases.
type File struct {
	Parties map[string]Party // `partijen`: by the names that the cases use
	Cases   []Case           // `gevallen`, as written
}

// Party is one organisation that the cases name.
type Party struct {
	OIN        party.OIN
	SchoolType *vocabulary.SchoolType // `soortOnderwijs`; only of a school
}

// Side is an organisation in a function, written as `stadscollege/zorgcoordinator`.
type Side struct {
	Name string // of the party, as in the file
	Party
	Function vocabulary.Function
}

// Case is one of `gevallen`. Whatever it leaves out is in order: both take part and have valid cards, the case (`zaak`) is new, one
// youngster is concerned, it is a Monday morning.
type Case struct {
	Name   string // `naam`
	Source string // `bron`: the sentence that asks for this case; "" when there is none
	Line   int    // where it begins in the file, from 1

	From, To   Side
	Kind       vocabulary.Kind
	Purpose    vocabulary.Purpose
	Basis      vocabulary.Basis
	Categories []vocabulary.Category
	Phase      *int
	Urgency    vocabulary.Urgency // regulier when nothing is said
	Statements []vocabulary.Statement
	Questions  *int
	AgeGroup   *vocabulary.AgeGroup
	Theme      *vocabulary.Theme
	People     int // `mensen`: how many are addressed, 1 when nothing is said
	Subjects   *int

	Motivated      bool                  // `motivering`: a sealed motivation comes along
	Wpg            bool                  // `wpgBesluit`: names a registered decision, see [Case.Facts]
	InReplyTo      vocabulary.Kind       // `antwoordOp`: a message of this kind that the sender had from the recipient; "" for none
	Checked        bool                  // `checkBeantwoord`: one of them answered a check-op-bekendheid of the other
	Sent           []vocabulary.Kind     // `gestuurd`: what the sender sent the recipient in this case before
	SentCategories []vocabulary.Category // `gestuurdeGegevens`: what those held; nil: what this message holds
	Alone          bool                  // `medeondertekening: false`: nobody signed with the sender
	SentBefore     int                   // `eerderVerstuurd`: messages of this kind that the sender had accepted in the period of a `maximum`
	Other          map[string]any        // `anders`: facts that are otherwise, by their place in the facts

	Flow          string              // `stroom`: the flow that allows; "" when the answer is no
	Reasons       []vocabulary.Reason // `redenen`: why not; empty when the answer is yes
	Trail         []string            // `spoor`: the kinds of the records that are left, in order; nil when the file does not say
	InProcessOnly string              // `alleenInProces`: why no honest gateway comes into this state; "" when one can
}

// Allowed reports whether the answer must be yes.
func (c Case) Allowed() bool { return c.Flow != "" }
