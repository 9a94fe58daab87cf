package pgtest

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// The roles that log in, and the group roles that a migration grants to (docs/operations.md).
const (
	OwnerRole   = "eigenaar"
	GatewayRole = "gateway_1"
	ReaderRole  = "lezer_1"

	gatewayGroup = "sluis_gateway"
	readerGroup  = "sluis_lezer"
)

// passwords gives the password file; the passwords are known to everybody and good for nothing but this.
func passwords() string {
	var b strings.Builder
	for _, role := range []string{OwnerRole, GatewayRole, ReaderRole} {
		fmt.Fprintf(&b, "*:*:*:%s:%s\n", role, Password(role))
	}
	return b.String()
}

// Password is that of one of the three roles.
func Password(role string) string { return "wachtwoord van " + role }

// Database is an empty database: not migrated.
type Database struct {
	Cluster *Cluster
	Name    string
	// Connection strings, without a password: they name the file that has it.
	Owner, Gateway, Reader string
}

// makeRoles makes what docs/operations.md tells an administrator to make.
func (c *Cluster) makeRoles(tb testing.TB) {
	tb.Helper()
	lines := []string{"CREATE ROLE " + gatewayGroup + " NOLOGIN", "CREATE ROLE " + readerGroup + " NOLOGIN"}
	for _, role := range []string{OwnerRole, GatewayRole, ReaderRole} {
		lines = append(lines, fmt.Sprintf("CREATE ROLE %s LOGIN PASSWORD '%s'", role, Password(role)))
	}
	lines = append(lines, "GRANT "+gatewayGroup+" TO "+GatewayRole, "GRANT "+readerGroup+" TO "+ReaderRole)
	c.Exec(tb, "postgres", lines...)
}

// Database makes an empty database, of which the owner role is the owner.
func (c *Cluster) Database(tb testing.TB) *Database {
	tb.Helper()
	c.mu.Lock()
	c.made++
	name := fmt.Sprintf("sluis_%d", c.made)
	c.mu.Unlock()
	c.Exec(tb, "postgres",
		"CREATE DATABASE "+name+" OWNER "+OwnerRole,
		"REVOKE ALL ON DATABASE "+name+" FROM PUBLIC",
		"GRANT CONNECT ON DATABASE "+name+" TO "+gatewayGroup+", "+readerGroup)
	return &Database{c, name, c.As(OwnerRole, name), c.As(GatewayRole, name), c.As(ReaderRole, name)}
}

// As gives the connection string of a role for a database.
func (c *Cluster) As(role, database string) string {
	query := url.Values{"host": {c.dir}, "user": {role}, "passfile": {c.PassFile()}, "sslmode": {"disable"}}
	if c.proof != nil {
		query.Set("port", strconv.Itoa(c.proof.port)) // the socket is named after it
	}
	return "postgres:///" + database + "?" + query.Encode()
}

// Admin gives the connection string of the administrator for a database.
func (c *Cluster) Admin(database string) string { return c.As(superuser, database) }

// Exec runs statements as the administrator, one by one.
func (c *Cluster) Exec(tb testing.TB, database string, statements ...string) {
	tb.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, c.Admin(database))
	if err != nil {
		tb.Fatalf("connecting as the administrator: %v", err)
	}
	defer conn.Close(ctx)
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			tb.Fatalf("%s: %v", statement, err)
		}
	}
}
