// Package replay decides again: one decision of the trail with the rules of its day ("every decision can be replayed with the policy
// of that day"), and all decisions of the last days under the draft of a convenant, to see what it would change.
//
// It promises to decide on the facts exactly as they stand in the record, with rules whose digest is the one in the record, and to
// say so where it cannot; and to give of many decisions only counts from which nothing about one message can be found. It only
// reads: what it finds changes no decision. It must not decide on a message that somebody wants to send; that is relay's.
package replay
