package gateway

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/store/postgres"
)

// What can be wrong with a PostgreSQL database, for commands to put in words. [New] and [OpenStore] give these too.
var (
	ErrDatabaseAway     = postgres.ErrAway
	ErrDatabaseRefused  = postgres.ErrRefused
	ErrDatabaseUnproven = postgres.ErrUnproven
	ErrDatabaseEmpty    = postgres.ErrEmpty
	ErrDatabaseOlder    = postgres.ErrOlder
	ErrDatabaseNewer    = postgres.ErrNewer
	ErrDatabaseRights   = postgres.ErrRights
	ErrDatabaseGroups   = postgres.ErrGroups
	ErrDatabaseOwner    = postgres.ErrOwner
	ErrDatabaseBusy     = postgres.ErrBusy
	ErrDatabaseRunning  = postgres.ErrRunning
	ErrDatabaseFilling  = postgres.ErrFilling
)

// DatabaseConnecting says of an error of PostgreSQL's driver which of these kept a connection from being made; others it gives as they are.
func DatabaseConnecting(err error) error { return postgres.Connecting(err) }

// DatabaseSettingError says which setting of the server is not safe.
type DatabaseSettingError = postgres.SettingError

// GroupStatements are what an administrator of the server runs once after ErrDatabaseGroups.
func GroupStatements() []string { return postgres.GroupStatements }

// DatabaseStatus is how a database stands.
type DatabaseStatus = postgres.Status

// MigrateDatabase brings the database to the form that this version needs, as its owner (store.owner). Gateways may go on meanwhile.
func MigrateDatabase(ctx context.Context, cfg Config) error {
	access, err := cfg.Store.ownerAccess()
	if err != nil {
		return err
	}
	return postgres.Migrate(ctx, access)
}

// ReadDatabaseStatus reads how the database stands, as its owner. It changes nothing.
func ReadDatabaseStatus(ctx context.Context, cfg Config) (DatabaseStatus, error) {
	access, err := cfg.Store.ownerAccess()
	if err != nil {
		return DatabaseStatus{}, err
	}
	return postgres.ReadStatus(ctx, access)
}
