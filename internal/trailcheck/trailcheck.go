// Package trailcheck verifies a whole trail without the code that wrote it: it reads the kept records straight from the
// database, computes the Merkle tree itself (RFC 6962), checks every signature on every checkpoint, and compares what the trail
// says with what is kept beside it.
//
// It promises to give the first thing that is false, with the number of the record; and never to call a trail sound that it did
// not read to the end. It only reads, so that it can run beside a gateway. It must not import audit, tlog or a store: who checks
// with the writer's code repeats the writer's mistakes. It reads a trail in one walk, in short transactions, and keeps of each record a byte
// (docs/decisions/0030).
package trailcheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
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

	ciphertext bool // see [ErrNoCiphertext]
}

// ErrNoCiphertext is a [False] that is true of a copy made without ciphertext, as every backup should be, once it was put back.
var ErrNoCiphertext = errors.New("ciphertext is gone without a record of it")

// Is tells that it is [ErrNoCiphertext].
func (f *False) Is(target error) bool { return f.ciphertext && target == ErrNoCiphertext }

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
	Missing     []Missing        // checkpoints that others hold and the trail does not go on from
	Messages    int64
	Held        int64 // messages whose ciphertext is still kept
	Erased      int64 // messages whose ciphertext is gone
}

// Trail says where a trail is and what it is checked with.
type Trail struct {
	Dir    string          // a gateway's folder, or a copy of its folder `database`
	Server *pgx.ConnConfig // or a PostgreSQL database, of which the role can read what a gateway's can
	// Names are the log's public key under each name that it may have had: the first one first (docs/decisions/0025).
	Names []note.Verifier
	// Held are checkpoints that others hold: the trail must go on from each, or admit that it does not.
	Held [][]byte
	// Progress is told now and then how many of how many records were checked; nil when nobody wants to know.
	Progress func(done, of int64)
	// NoCiphertext is for a copy that was made without ciphertext, as every backup should be: see [ErrNoCiphertext].
	NoCiphertext bool
}

// Verify checks the trail in a folder. The first verifier is the log's public key, whose name is the log's origin; the others are for the
// names under which it went on after a loss. Its errors are those of [Trail.Verify].
func Verify(ctx context.Context, dir string, verifier note.Verifier, next ...note.Verifier) (Report, error) {
	return Trail{Dir: dir, Names: append([]note.Verifier{verifier}, next...)}.Verify(ctx)
}

// VerifyServer is [Verify] for a PostgreSQL database.
func VerifyServer(ctx context.Context, connection *pgx.ConnConfig, verifier note.Verifier, next ...note.Verifier) (Report, error) {
	return Trail{Server: connection, Names: append([]note.Verifier{verifier}, next...)}.Verify(ctx)
}

// Verify checks a whole trail. The error is a [*False] when something is not true, and another one when the trail could not be read. What
// others hold and the trail does not is no falsehood of what is there: see [Report].
func (t Trail) Verify(ctx context.Context) (Report, error) {
	c := &check{from: file{}, name: t.Names[0], next: t.Names[1:], bare: t.NoCiphertext, progress: t.Progress}
	if c.progress == nil {
		c.progress = func(int64, int64) {}
	}
	for _, signed := range t.Held {
		h, err := openHeld(signed, t.Names)
		if err != nil {
			return Report{}, err
		}
		c.held = append(c.held, h)
	}
	var err error
	if t.Server != nil {
		c.db, c.from = openServer(t.Server), server{}
		err = c.db.PingContext(ctx)
	} else {
		c.db, err = openReadOnly(ctx, databaseIn(t.Dir))
	}
	if err != nil {
		return Report{}, fmt.Errorf("opening the trail: %w", err)
	}
	defer c.db.Close()
	return run(ctx, c)
}

// run checks a trail, while it is looked beside it whether what it is kept in is whole; when that is not so, that is told, whatever the rest
// looks like.
func run(outer context.Context, c *check) (Report, error) {
	ctx, stop := context.WithCancel(outer)
	defer stop()
	whole := make(chan error, 1)
	go func() {
		err := c.whole(ctx)
		if err != nil {
			stop()
		}
		whole <- err
	}()
	report, err := c.run(ctx)
	if err := verdict(outer, <-whole, err); err != nil {
		return Report{}, err
	}
	return report, nil
}

// verdict gives what is told: what the look at the whole gave, and else what the check of the trail gave. To look at a long file takes minutes:
// what was found false by then is told also to whoever did not wait for the end of that.
func verdict(outer context.Context, damage, err error) error {
	var untrue *False
	if damage == nil || outer.Err() != nil && !errors.As(damage, &untrue) && errors.As(err, &untrue) {
		return err
	}
	return damage
}

func (c *check) run(ctx context.Context) (Report, error) {
	c.published, c.losses = map[published]bool{}, map[int64]Admission{}
	c.told = told{}
	c.report.Kinds = map[string]int64{}
	for _, step := range []func(context.Context) error{
		c.bounds,     // nothing stands beyond the head
		c.walk,       // every record, hash and checkpoint, in order
		c.listedOnly, // nothing is found on what does not stand in it
		c.pruned,     // what has no content was pruned, and the trail says so
		c.beside,     // what is kept beside the trail is in the trail
		c.messages,   // and what should be gone is gone
	} {
		if err := step(ctx); err != nil {
			return Report{}, err
		}
	}
	c.report.Name = c.name.Name()
	c.report.Missing = c.missing()
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
