package gateway

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/store/move"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// MovedError says that the SQLite store in the folder was moved to a database, and to which.
type MovedError = sqlite.DepartedError

// ErrMovedElsewhere: the store of this folder was moved, and store.postgres names another database than that. It comes with a [MovedError].
var ErrMovedElsewhere = errors.New("the store of this folder was moved to another database than the one that store.postgres names")

// LoadMove is [Load] for moving a store: it wants the folder of the gateway and the owner of the database, and nothing else.
func LoadMove(file string, environ []string) (Config, error) {
	c, faults, err := load(file, environ)
	if err != nil {
		return c, err
	}
	if len(faults) == 0 {
		if c.Dir == "" {
			faults.Add("dir", "ontbreekt; geef de map van de sluis die u verplaatst")
		}
		c.Store.checkOwner(&faults)
		c.locate(faults)
	}
	return c, faults.Err()
}

// MoveStore moves what the gateway of a configuration keeps in its folder to the database of store.owner; see package move. The gateway must
// stand still ([ErrInUse]).
func MoveStore(ctx context.Context, cfg Config, tell func(move.Progress)) (move.Report, error) {
	access, err := cfg.Store.ownerAccess()
	if err != nil {
		return move.Report{}, err
	}
	server, err := access.ForReading()
	if err != nil {
		return move.Report{}, err
	}
	file := filepath.Join(cfg.databaseDir(), sqlite.FileName)
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		return move.Report{}, sqlite.ErrMissing
	}
	secret, err := os.ReadFile(cfg.LogKeyFile())
	if errors.Is(err, os.ErrNotExist) {
		return move.Report{}, ErrLogKeyMissing
	}
	if err != nil {
		return move.Report{}, fmt.Errorf("reading the key of the log: %w", err)
	}
	names, err := everyName(string(secret))
	if err != nil {
		return move.Report{}, err
	}
	o := move.Options{File: file, Database: access, Destination: destination(server.Host, server.Port, server.Database),
		Names: names, Tell: tell}
	shown, err := os.ReadFile(cfg.shownFile())
	switch {
	case err == nil:
		o.Held = [][]byte{shown}
	case !errors.Is(err, os.ErrNotExist):
		return move.Report{}, fmt.Errorf("reading the newest checkpoint: %w", err)
	}
	return move.Run(ctx, o)
}

// destination says which database it is, for people.
func destination(host string, port uint16, database string) string {
	if !strings.HasPrefix(host, "/") {
		host = net.JoinHostPort(host, strconv.Itoa(int(port)))
	}
	return database + " op " + host
}

// mostNames is under how many names a log is looked for: it gets another one only after a loss.
const mostNames = 100

// everyName gives the public key of a log under each name that it may have.
func everyName(secret string) (list []note.Verifier, err error) {
	signer, err := tlog.ParseSigner(secret)
	if err != nil {
		return nil, fmt.Errorf("reading the key of the log: %w", err)
	}
	for n := 1; n <= mostNames; n++ {
		text, err := tlog.SecretUnder(tlog.NameOf(signer.Name(), n), secret)
		if err != nil {
			return nil, fmt.Errorf("reading the key of the log: %w", err)
		}
		verifier, err := tlog.VerifierOf(text)
		if err != nil {
			return nil, fmt.Errorf("reading the key of the log: %w", err)
		}
		list = append(list, verifier)
	}
	return list, nil
}
