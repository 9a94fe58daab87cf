package gateway

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
)

// StoreConfig says where the parts of what is kept stand: in one file, alone in <dir>/database, so that a copy of that folder (a
// backup) never takes along the keys that erasure destroys; or in a PostgreSQL database that several gateways share.
type StoreConfig struct {
	DayKeysDir string // secret; default <dir>/dagsleutels, better a volume of its own that no backup reads

	Postgres     string // connection string without a password, of the gateway's role; "" for the file
	PasswordFile string // secret; of that role, "" when the connection string leads to it or none is needed
	Connections  int    // how many this gateway may have at most, besides the one that listens

	// The role that owns the schema: for `sluis db` only, never read by a gateway that serves.
	Owner             string
	OwnerPasswordFile string // secret
}

const maxPasswordBytes = 1 << 10

// check adds what is wrong with the part about the database. A gateway that serves does not look at the owner's: it should not even be able
// to read that file.
func (s *StoreConfig) check(faults *fault.List) {
	if s.Postgres != "" {
		checkURL("store.postgres", s.Postgres, faults)
	}
	if s.PasswordFile != "" {
		checkFile("store.passwordFile", s.PasswordFile, true, faults)
		if s.Postgres == "" {
			faults.Add("store.passwordFile", "hoort bij store.postgres, en die ontbreekt")
		}
	}
	if s.Connections < 2 || s.Connections > 1000 {
		faults.Add("store.connections", "moet van 2 tot en met 1000 zijn")
	}
}

// checkOwner is check for `sluis db`.
func (s *StoreConfig) checkOwner(faults *fault.List) {
	if s.Owner == "" {
		faults.Add("store.owner", "ontbreekt; geef de verbinding van de rol die eigenaar van de database is, zoals postgres://sluis_eigenaar@/sluis?host=/run/postgresql")
	} else {
		checkURL("store.owner", s.Owner, faults)
	}
	if s.OwnerPasswordFile != "" {
		checkFile("store.ownerPasswordFile", s.OwnerPasswordFile, true, faults)
	}
}

// checkURL says what is wrong with a connection string, without repeating it.
func checkURL(place, text string, faults *fault.List) {
	switch err := postgres.CheckURL(text); {
	case errors.Is(err, postgres.ErrPassword):
		faults.Add(place, "bevat een wachtwoord; zet dat in een bestand en noem het in %s", strings.Replace(strings.Replace(place, "postgres", "password", 1), "owner", "ownerPassword", 1)+"File")
	case errors.Is(err, postgres.ErrFile):
		faults.Add(place, "noemt een bestand dat er niet is of niet te lezen is, zoals bij sslrootcert")
	case errors.Is(err, postgres.ErrPlain):
		faults.Add(place, "is niet versleuteld of controleert de server niet; voeg toe: sslmode=verify-full")
	case err != nil:
		faults.Add(place, "is geen verbinding die PostgreSQL kent, zoals postgres://sluis_gateway_1@db.example/sluis?sslmode=verify-full")
	}
}

// LoadDatabase is [Load] for `sluis db`: it wants what that needs and nothing else, because who migrates need not be able to read the
// keys of the gateway.
func LoadDatabase(file string, environ []string) (Config, error) {
	c, faults, err := load(file, environ)
	if err != nil {
		return c, err
	}
	if len(faults) == 0 {
		c.Store.checkOwner(&faults)
		c.locate(faults)
	}
	return c, faults.Err()
}

// gatewayAccess and ownerAccess give what the store needs to connect.
func (s *StoreConfig) gatewayAccess() (postgres.Options, error) {
	password, err := readPassword(s.PasswordFile)
	return postgres.Options{URL: s.Postgres, Password: password, Connections: s.Connections}, err
}

func (s *StoreConfig) ownerAccess() (postgres.Options, error) {
	password, err := readPassword(s.OwnerPasswordFile)
	return postgres.Options{URL: s.Owner, Password: password}, err
}

// readPassword gives the first line of a file, "" for no file.
func readPassword(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("reading the password of the database: %w", err)
	}
	password := strings.TrimRight(string(text), "\r\n")
	if password == "" || len(password) > maxPasswordBytes || strings.ContainsAny(password, "\r\n\x00") {
		return "", fmt.Errorf("reading the password of the database: %w", errPasswordForm)
	}
	return password, nil
}

var errPasswordForm = errors.New("the file must hold one line, the password")
