package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Codes of errors (PostgreSQL, Appendix A). SL… are those of sluis.expect in the migrations.
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
	lockNotAvailable    = "55P03"
	queryCanceled       = "57014"
	readOnlyTransaction = "25006"
	diskFull            = "53100"
	insufficientRight   = "42501"
	notAsExpected       = "SL001"
	notStagedWhole      = "SL002"
	headElsewhere       = "SL003"
)

// fault is what the engine says, without its own words: they may hold what was to be kept.
type fault struct {
	code  string
	place string // the table or constraint, when it is about one
}

var faultWords = map[string]string{
	lockNotAvailable:    "another process held what this needs for too long",
	queryCanceled:       "the server took too long, or somebody broke it off",
	readOnlyTransaction: "the server is a standby and takes no writes",
	diskFull:            "the disk of the database server is full",
	insufficientRight:   "the role may not do this: was the database migrated, and is the role a member of sluis_gateway?",
	notStagedWhole:      "the ciphertext of a message is not staged whole",
}

func (f *fault) Error() string {
	words, ok := faultWords[f.code]
	if !ok {
		words = "PostgreSQL refuses it"
	}
	return fmt.Sprintf("%s (SQLSTATE %s %s)", words, f.code, f.place)
}

// Is says which faults are conflicts: only what meets what is kept already.
func (f *fault) Is(target error) bool {
	return target == audit.ErrConflict && slices.Contains([]string{uniqueViolation, foreignKeyViolation, notAsExpected}, f.code)
}

// class is what kind of fault it is (the first two characters of the code).
func (f *fault) class() string { return f.code[:2] }

// inWords turns an error of the engine into a fault.
func inWords(err error) error {
	var said *pgconn.PgError
	if !errors.As(err, &said) || len(said.Code) != 5 {
		return err
	}
	f := &fault{said.Code, said.ConstraintName}
	if f.place == "" {
		f.place = said.TableName
	}
	return f
}

// codeOf is the SQLSTATE of an error of the engine; "" of others.
func codeOf(err error) string {
	var f *fault
	if errors.As(inWords(err), &f) {
		return f.code
	}
	return ""
}

// isOfChange reports that what was asked is at fault and not the engine: it contradicts what is kept (class 23, SL), or holds what the
// engine cannot keep (class 22: a NUL in a text; 54: longer than an index takes). Such a change is refused alone.
func isOfChange(err error) bool {
	var f *fault
	return errors.As(err, &f) && slices.Contains([]string{"22", "23", "54", "SL"}, f.class())
}

// isBroken reports that a connection was of no use: nothing was answered on it, or the server is ending it.
func isBroken(err error) bool {
	var f *fault
	if errors.As(err, &f) {
		return f.class() == "08" || f.code[:3] == "57P"
	}
	return !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, pgx.ErrNoRows)
}

// absent turns "no row" into what the caller calls it.
func absent(err, as error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return as
	}
	return inWords(err)
}
