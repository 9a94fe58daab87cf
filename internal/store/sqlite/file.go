package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"syscall"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// prepareFile makes folder and file for the owner only, before SQLite would make them for everybody. SQLite gives its journal
// the mode of the file.
func prepareFile(path string) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		// A copy that was put back may have got another mode on the way.
		return os.Chmod(path, 0o600)
	}
	if err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	// Without this a crash could leave a journal whose file has no name.
	return syncDir(dir)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// lockFile keeps a second gateway out. The lock stands on a file of its own, so that readers (`sluis trail verify`) are let in;
// the system lets go of it when the process ends, however it ends.
func lockFile(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	file.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, ErrInUse
	}
	return nil, fmt.Errorf("locking: %w", err)
}

// address gives the data source name for a file with pragmas that every connection gets, in this order.
func address(path string, pragmas ...string) string {
	query := url.Values{"_dqs": {"0"}} // a misspelled column is an error, not a text
	query["_pragma"] = append([]string{"busy_timeout(5000)", "foreign_keys(1)", "temp_store(memory)", "trusted_schema(0)"}, pragmas...)
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: query.Encode()}).String()
}

func openReaders(ctx context.Context, path string) (*readers, error) {
	db, err := sql.Open("sqlite", address(path, "query_only(1)"))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readerCount)
	db.SetMaxIdleConns(readerCount)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("opening for reading: %w", err)
	}
	return &readers{DB: db}, nil
}
