package postgres

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/jackc/pgx/v5"
)

// Status is how a database stands, as its owner sees it.
type Status struct {
	Server  string // version, as the server says it
	Have    int64  // the step that the schema is at; 0: it holds no store yet
	Known   int64  // the last step that this version knows
	Oldest  int64  // the step that a gateway must know to work with it
	Filling bool   // a store is being moved into it, or that was broken off: no gateway works with it
	Pending []Step // what Migrate would take
	Groups  []Group
	// Settings that decide what a commit means, and how long the server keeps what Sluis forgets. Each that is wrong has a Fault.
	Settings []Setting
	Sessions int // gateways' connections at this moment
	Standbys int // servers that stream from this one
}

// Step is a migration.
type Step struct {
	Number int64
	Name   string // of the file, without its number
	file   string
}

// Group is one of the two group roles with the roles that log in as members of it.
type Group struct {
	Name    string
	There   bool
	Members []Member
}

// Member is a role that logs in. Mighty says that it can do more than its group may: it is a superuser, or may become the owner.
type Member struct {
	Name   string
	Mighty bool
}

// Setting is a setting of the server as it stands for a new session.
type Setting struct {
	Name, Value string
	Fault       string // what it must be, "" when it is right
}

// ReadStatus reads how a database stands, as its owner. It changes nothing, and also tells about a server that [Open] refuses. Errors: those
// of [CheckURL] but [ErrPassword], those of the network, and [ErrFilling] while rows come in.
func ReadStatus(ctx context.Context, o Options) (Status, error) {
	st, err := readStatus(ctx, o)
	if err != nil {
		return st, fmt.Errorf("reading how the database stands: %w", err)
	}
	return st, nil
}

func readStatus(ctx context.Context, o Options) (st Status, err error) {
	config, err := o.connection()
	if err != nil {
		return st, err
	}
	config.RuntimeParams["lock_timeout"] = lockTimeout
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return st, Connecting(err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	st.Known = lastStep(steps())
	st.Have, st.Oldest, err = version(ctx, conn)
	if codeOf(err) == lockNotAvailable { // only who fills it locks that, for as long as it copies
		return st, ErrFilling
	}
	if err != nil {
		return st, err
	}
	st.Filling = st.Oldest == fillingStep
	st.Pending = after(steps(), st.Have)
	if st.Settings, err = settings(ctx, conn); err != nil {
		return st, fmt.Errorf("reading the server's settings: %w", err)
	}
	discreet, err := discretion(ctx, conn)
	if err != nil {
		return st, fmt.Errorf("reading the server's settings: %w", err)
	}
	st.Settings = append(st.Settings, discreet...)
	for _, name := range []string{gatewayGroup, readerGroup} {
		g, err := group(ctx, conn, name)
		if err != nil {
			return st, fmt.Errorf("reading the roles: %w", err)
		}
		st.Groups = append(st.Groups, g)
	}
	err = conn.QueryRow(ctx, `SELECT current_setting('server_version'),
		(SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 AND usename <> current_user),
		(SELECT count(*) FROM pg_stat_replication)`, applicationName).Scan(&st.Server, &st.Sessions, &st.Standbys)
	if err != nil {
		return st, fmt.Errorf("reading who is connected: %w", err)
	}
	return st, nil
}

// after gives the steps that come after a number, in order.
func after(all fs.FS, have int64) (list []Step) {
	names, _ := fs.Glob(all, "*.sql") // the pattern is right; Glob sorts, and the numbers have leading zeros
	for _, name := range names {
		if n := number(name); n > have {
			_, rest, _ := strings.Cut(strings.TrimSuffix(name, path.Ext(name)), "_")
			list = append(list, Step{n, rest, name})
		}
	}
	return list
}

// group reads a group role and who logs in as a member of it, by whatever way.
func group(ctx context.Context, c *pgx.Conn, name string) (Group, error) {
	g := Group{Name: name}
	if err := c.QueryRow(ctx, "SELECT to_regrole($1) IS NOT NULL", name).Scan(&g.There); err != nil || !g.There {
		return g, err
	}
	rows, err := c.Query(ctx, `SELECT rolname, rolsuper OR rolcreaterole OR rolreplication OR rolbypassrls
			OR pg_has_role(oid, (SELECT datdba FROM pg_database WHERE datname = current_database()), 'MEMBER')
			OR pg_has_role(oid, current_user, 'MEMBER')
		FROM pg_roles WHERE rolcanlogin AND NOT rolsuper AND pg_has_role(oid, $1, 'MEMBER') AND oid <> current_user::regrole
			AND oid <> (SELECT datdba FROM pg_database WHERE datname = current_database())
		ORDER BY rolname`, name)
	if err != nil {
		return g, err
	}
	g.Members, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Member])
	return g, err
}
