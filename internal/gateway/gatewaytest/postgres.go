package gatewaytest

import (
	"context"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// OnPostgres has the gateway keep everything in a database of its own, in the cluster that the tests of a process share.
func OnPostgres() Option {
	return func(r *Region) {
		r.t.Helper()
		OnDatabase(pgtest.Shared(r.t).Database(r.t))(r)
	}
}

// OnDatabase has the gateway keep everything in a database, which is migrated first: one of a cluster that a test kills, or one that other
// gateways use as well.
func OnDatabase(db *pgtest.Database) Option {
	return func(r *Region) {
		r.t.Helper()
		if err := postgres.Migrate(context.Background(), postgres.Options{URL: db.Owner}); err != nil {
			r.t.Fatal(err)
		}
		r.Database = db
		With(func(c *gateway.Config) { c.Store.Postgres = db.Gateway })(r)
	}
}
