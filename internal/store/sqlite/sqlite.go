// Package sqlite keeps everything that a gateway keeps in one SQLite file: the trail, the registry, messages and their
// ciphertext, and the tokens that were used. It is the store that needs nothing installed.
//
// It promises: what [Store.Update] committed is on disk (WAL with synchronous=FULL) when it returns, whole or not at all; the
// trail's tables only grow; erased ciphertext is overwritten in the file and soon gone from its journal; the file is for its
// owner only, and one gateway at a time. A fault of the disk is an error, and nothing half is kept. It must not decide
// anything: what is refused here is what contradicts what is kept already.
//
// Nothing else in the process may open the file or its journal, not even to read: the system drops all locks that a process has on a file when
// it closes it once (fcntl, POSIX), and another process, such as `sluis trail verify`, would begin the journal anew under this one. What was
// committed would be lost. A copy is made by another process.
package sqlite

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// The file is alone in a folder of the gateway's folder, with its journal and its lock: a copy of that folder is a copy of all that
// this package keeps, and of nothing that must not be copied along (the day keys, the key of the log).
const (
	FolderName = "database"
	FileName   = "sluis.db"
)

// Errors of Open.
var (
	ErrInUse   = errors.New("another gateway has this store open")
	ErrForeign = errors.New("the file is not a store of Sluis")
	ErrNewer   = errors.New("the store was written by a newer version of Sluis")
)

// Store is safe for concurrent use. It is what audit, registry, relay and auth keep their data in.
type Store struct {
	write   *writer
	readers *readers
	wiper   *wiper
	lock    *os.File
	closing sync.Once
	closed  error
}

var (
	_ audit.Store      = (*Store)(nil)
	_ registry.Store   = (*Store)(nil)
	_ relay.Store      = (*Store)(nil)
	_ replay.Store     = (*Store)(nil)
	_ auth.ReplayStore = (*Store)(nil)
)

// readerCount is how many reads go on beside the one writer.
const readerCount = 4

// Open opens the store in a file, and makes it (and its folder) when there is none. It waits for nobody: [ErrInUse] when another
// process has it open. Other errors: [DepartedError], [ErrForeign], [ErrNewer], and those of the disk.
func Open(ctx context.Context, path string) (*Store, error) {
	s, err := openAny(ctx, path)
	if err != nil {
		return nil, err
	}
	gone, err := s.Departure(ctx)
	if err == nil && gone != nil {
		err = DepartedError{*gone}
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the store %s: %w", filepath.Base(path), err), s.Close())
	}
	return s, nil
}

// openAny is Open also for a store that departed.
func openAny(ctx context.Context, path string) (_ *Store, err error) {
	s := &Store{}
	defer func() {
		if err != nil {
			s.Close()
			err = fmt.Errorf("opening the store %s: %w", filepath.Base(path), err)
		}
	}()
	if err := prepareFile(path); err != nil {
		return nil, err
	}
	if s.lock, err = lockFile(path + ".lock"); err != nil {
		return nil, err
	}
	if s.write, err = newWriter(ctx, path); err != nil {
		return nil, err
	}
	if s.readers, err = openReaders(ctx, path); err != nil {
		return nil, err
	}
	s.wiper = newWiper(s.write)
	s.wiper.wake() // a crash may have left what was erased in the journal
	// The lock says that nobody else is at work here: whatever is staged belongs to an upload that died with its process.
	if err := s.dropStaged(ctx, selectStagedBefore, int64(math.MaxInt64)); err != nil {
		return nil, err
	}
	return s, nil
}

// Close wipes the journal and closes the file. Only what was committed stays.
func (s *Store) Close() error {
	s.closing.Do(func() {
		var errs []error
		if s.wiper != nil {
			s.wiper.stop()
		}
		if s.readers != nil { // first: a reader that is still there would keep the journal from being wiped
			errs = append(errs, s.readers.Close())
		}
		if s.write != nil {
			errs = append(errs, s.write.close())
		}
		if s.lock != nil {
			errs = append(errs, s.lock.Close()) // which lets go of the lock
		}
		s.closed = errors.Join(errs...)
	})
	return s.closed
}
