package relay

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// ReviewCause is why the privacy officers of a party must look at a message afterwards.
type ReviewCause string

// The causes. They stand as `redenen` in the record that opens a review.
const (
	// CauseMotivation: "`motivering` (crisis, exceptions) is a second age file for the privacy officers of both parties" (WIRE).
	CauseMotivation ReviewCause = "motivering"
	// CauseUndeclared: "`conform: false` opens a review" (WIRE): a recipient found categories that the envelope does not name.
	CauseUndeclared ReviewCause = "niet-conform"
)

// Review is an open review by one party's privacy officers. A verdict closes it, which comes with a later version: until then a
// review whose term has passed stays open, and is late.
type Review struct {
	Nr      int64 // of its record `beoordeling`
	Message string
	Case    string
	Kind    vocabulary.Kind
	Party   party.OIN
	Cause   ReviewCause
	Due     time.Time
}

// ReviewWrite opens a review. A party has one review of a message for each cause: a second one conflicts.
type ReviewWrite struct {
	Message     string
	Party       party.OIN
	Cause       ReviewCause
	RecordIndex int // of its record in Change.Records
	Due         time.Time
}

// Obligations and terms of reviews.
const (
	reviewTerm = "beoordeling" // the obligation that comes with a permission; its value is a term
	// defaultReviewTerm is for a motivation that no rule gave a term: what nobody said when to erase would be kept for ever.
	defaultReviewTerm = "5 werkdagen"
)

// openReviews opens a review for the sender's and each recipient's party where a decision asks for it or a motivation came along.
func (d ruling) openReviews(change *audit.Change, e message.Envelope) error {
	due, asked, err := d.reviewDue()
	if err != nil || !asked && e.Motivation == nil {
		return err
	}
	by := e.Sender
	for _, oin := range partiesOf(e) {
		openReview(change, e, tlog.Actor{Party: string(by.Party), Participant: by.Participant, Function: string(by.Function)}, oin, CauseMotivation, due)
	}
	return nil
}

// reviewDue gives the end of the longest term that a decision sets for its review, and whether one does.
func (d ruling) reviewDue() (due time.Time, asked bool, err error) {
	for _, decision := range d.decisions {
		for _, o := range decision.Obligations {
			if o.Code != reviewTerm {
				continue
			}
			end, err := termAfter(o.Value, d.time)
			if err != nil {
				return time.Time{}, false, err
			}
			if asked = true; end.After(due) {
				due = end
			}
		}
	}
	if !asked {
		due, err = termAfter(defaultReviewTerm, d.time)
	}
	return due, asked, err
}

func termAfter(text string, from time.Time) (time.Time, error) {
	t, err := term.Parse(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("reading the term of a review: %w", err)
	}
	return t.After(from), nil
}

// partiesOf gives each party of an envelope once, the sender's first.
func partiesOf(e message.Envelope) []party.OIN {
	list, seen := []party.OIN{e.Sender.Party}, map[party.OIN]bool{e.Sender.Party: true}
	for _, to := range e.Recipients {
		if !seen[to.Party] {
			list, seen[to.Party] = append(list, to.Party), true
		}
	}
	return list
}

// openReview adds one review with its record, which says by whose doing, for whom, why and until when.
func openReview(change *audit.Change, e message.Envelope, by tlog.Actor, of party.OIN, cause ReviewCause, due time.Time) {
	rec := recordOf(tlog.Review, e)
	rec.Sender = &by
	rec.Recipients = []tlog.Target{{Party: string(of), Function: string(vocabulary.FunctionPrivacyOfficer)}}
	rec.Reasons = []string{string(cause)}
	rec.Facts = json.RawMessage(`{"tot":"` + due.UTC().Format(time.RFC3339) + `"}`)
	change.Writes = append(change.Writes, ReviewWrite{
		Message: e.ID, Party: of, Cause: cause, RecordIndex: len(change.Records), Due: due,
	})
	change.Records = append(change.Records, rec)
}
