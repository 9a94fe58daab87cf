package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ErrRights says that a gateway would run as the wrong role: one that cannot do its work, or one that could rewrite the trail. That no
// fault of a gateway, nor whoever takes one over, can change what was recorded is a promise; a role with too many rights breaks it.
var ErrRights = errors.New("the role of the database is not one for a gateway")

// trailTables are the tables that only grow.
const trailTables = `ARRAY['sluis.record', 'sluis.record_party', 'sluis.hash', 'sluis.checkpoint']`

// checkRights looks at every role that the session can become with SET ROLE, whether it has its rights already or not. Who makes roles can
// make himself a member of any (up to version 15 of the server).
func checkRights(ctx context.Context, c *pgx.Conn) error {
	var member, mighty bool
	err := row(ctx, c, `SELECT pg_has_role('`+gatewayGroup+`', 'USAGE'),
		(SELECT bool_or(has_table_privilege(r.oid, t, 'UPDATE, DELETE, TRUNCATE, TRIGGER') OR has_any_column_privilege(r.oid, t, 'UPDATE') OR r.rolcreaterole)
			FROM unnest(`+trailTables+`) t, pg_roles r WHERE pg_has_role(r.oid, 'MEMBER'))`, &member, &mighty)
	switch {
	case err != nil:
		return fmt.Errorf("reading what the role may do: %w", err)
	case mighty:
		return fmt.Errorf("%w: it may change or remove records; use a role that is a member of %s and nothing else", ErrRights, gatewayGroup)
	case !member:
		return fmt.Errorf("%w: it is not a member of %s", ErrRights, gatewayGroup)
	}
	return nil
}
