package gateway

import (
	"github.com/jackc/pgx/v5"
)

// Reading gives where the trail of a configuration can be read without a gateway: the folder, or the connection to its database.
func Reading(cfg Config) (dir string, server *pgx.ConnConfig, err error) {
	if cfg.Store.Postgres == "" {
		return cfg.Dir, nil, nil
	}
	access, err := cfg.Store.gatewayAccess()
	if err != nil {
		return "", nil, err
	}
	server, err = access.ForReading()
	return "", server, err
}
