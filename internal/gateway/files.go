package gateway

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// ErrOldLayout: the database, or the journal with its last commits, stands where earlier versions kept it. Beginning an empty one beside it
// would begin another log under the same name.
var ErrOldLayout = errors.New("the database, or its journal, stands in the folder of the gateway itself; " +
	"make a folder database in it, and move sluis.db and every file sluis.db-* that is there into it")

// Errors of the log's key.
var (
	// ErrLogKeyMissing: the log holds records and its key is not there. A new key would start another log under the same name,
	// and every party's checkpoint would stop fitting: that is for a person to decide, not for a start.
	ErrLogKeyMissing = errors.New("the log is not empty and its key file is missing; put the key back from its backup")
	// ErrLogKeyName: the key is of a log with another name, because the public address changed.
	ErrLogKeyName = errors.New("the key file is of a log with another name; set api.publicURL to the address that this log began with")
)

// logKey reads the secret text of the key of the log, or makes it when the log is empty and there is none yet.
func logKey(file, name string, empty bool) (string, error) {
	secret, err := os.ReadFile(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !empty:
		return "", ErrLogKeyMissing
	case errors.Is(err, fs.ErrNotExist):
		text, _, err := tlog.GenerateKey(name)
		if err != nil {
			return "", err
		}
		// Durable before the first record is signed with it: a crash must not leave a log without its key.
		if err := writeDurably(file, []byte(text+"\n"), 0o600, true); err != nil {
			return "", fmt.Errorf("keeping the key of the log: %w", err)
		}
		secret = []byte(text)
	case err != nil:
		return "", fmt.Errorf("reading the key of the log: %w", err)
	}
	signer, err := tlog.ParseSigner(string(secret))
	if err != nil {
		return "", fmt.Errorf("reading the key of the log: %w", err)
	}
	if signer.Name() != name {
		return "", ErrLogKeyName
	}
	return string(secret), nil
}

// addressFile is where the addresses in use stand, for whoever asked for a free port.
const addressFile = "adressen.json"

func writeAddresses(dir string, a Addresses) error {
	data, err := json.Marshal(a)
	if err != nil {
		return err
	}
	if err := writeDurably(filepath.Join(dir, addressFile), append(data, '\n'), 0o644, false); err != nil {
		return fmt.Errorf("writing the addresses in use: %w", err)
	}
	return nil
}

// writeDurably writes a file whole or not at all: beside it, synced, and then put in its place. With fresh it must not exist.
func writeDurably(file string, data []byte, mode fs.FileMode, fresh bool) error {
	tmp, err := os.CreateTemp(filepath.Dir(file), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name()) // nothing is left of it after the rename
	if err := errors.Join(tmp.Chmod(mode), write(tmp, data), tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	place := os.Rename
	if fresh {
		place = os.Link // fails when the file is there: a key is never overwritten
	}
	if err := place(tmp.Name(), file); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(file))
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

func write(f *os.File, data []byte) error {
	_, err := f.Write(data)
	return err
}
