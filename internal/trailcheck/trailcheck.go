// Package trailcheck verifies a whole trail without the code that wrote it: it reads the kept records straight from the
// database, computes the Merkle tree itself (RFC 6962), checks every signature on every checkpoint, and compares what the trail
// says with what is kept beside it.
//
// It promises to give the first thing that is false, with the number of the record; and never to call a trail sound that it did
// not read to the end. It only reads, so that it can run beside a gateway. It must not import audit, tlog or a store: who checks
// with the writer's code repeats the writer's mistakes.
package trailcheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// Where the database stands in a gateway's folder.
const (
	FolderName = "database"
	FileName   = "sluis.db"
)

// False is something in the trail that is not true.
type False struct {
	Nr   int64  // of the record; -1 when it is not about one record
	What string // Dutch; never a value from a record
}

func (f *False) Error() string {
	if f.Nr < 0 {
		return f.What
	}
	return fmt.Sprintf("auditregel %d: %s", f.Nr, f.What)
}

// falsehood makes a False.
func falsehood(nr int64, format string, args ...any) error {
	return &False{Nr: nr, What: fmt.Sprintf(format, args...)}
}

// noRecord is the Nr of what is not about one record.
const noRecord = -1

// Report says what was read and found true.
type Report struct {
	Records     int64
	Pruned      int64 // of which the content is gone at the end of their term: their hashes were verified
	Checkpoints int64
	Kinds       map[string]int64 // records by soort
	First, Last time.Time        // of the first and the last record
	Root        string           // of the tree, base64, as in the last checkpoint
	Name        string           // of the log at its end: the origin of the last checkpoint
	Losses      []Admission      // what the log says that it lost
	Messages    int64
	Held        int64 // messages whose ciphertext is still kept
	Erased      int64 // messages whose ciphertext is gone
}

// Verify checks the trail in a gateway's folder, or in a copy of its folder `database`. The first verifier is the log's public key, whose
// name is the log's origin; the others are for the names under which it went on after a loss that it admits, in their order. The error is a
// [*False] when something is not true, and another one when the trail could not be read.
func Verify(ctx context.Context, dir string, verifier note.Verifier, next ...note.Verifier) (Report, error) {
	db, err := openReadOnly(ctx, databaseIn(dir))
	if err != nil {
		return Report{}, fmt.Errorf("opening the trail: %w", err)
	}
	defer db.Close()
	return run(ctx, &check{db: db, from: file{}, name: verifier, next: next})
}

func run(ctx context.Context, c *check) (Report, error) {
	c.published, c.losses = map[published]bool{}, map[int64]Admission{}
	c.told = told{}
	c.report.Kinds = map[string]int64{}
	for _, step := range []func(context.Context) error{
		c.whole,    // what it is kept in is whole
		c.bounds,   // nothing stands beyond the head
		c.walk,     // every record, hash and checkpoint, in order
		c.pruned,   // what has no content was pruned, and the trail says so
		c.beside,   // what is kept beside the trail is in the trail
		c.messages, // and what should be gone is gone
	} {
		if err := step(ctx); err != nil {
			return Report{}, err
		}
	}
	c.report.Name = c.name.Name()
	return c.report, nil
}

// databaseIn gives the file of the database in a gateway's folder or in a copy of its folder `database`.
func databaseIn(dir string) string {
	if file := filepath.Join(dir, FolderName, FileName); exists(file) {
		return file
	}
	return filepath.Join(dir, FileName)
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return !errors.Is(err, fs.ErrNotExist) // what cannot be looked at is there: opening it says what is wrong
}
