package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// byNumber are the tables with rows under the number of a record. That there is such a record is not looked up for each row: the walk shows that
// there is one for every number up to the last.
const byNumber = `'record_party', 'pruned_party', 'message', 'decision'`

// whole checks that what the trail is kept in is whole: a page that was damaged is told here, whatever it held; and that nothing in it belongs to
// something that is not there.
func (c *check) whole(ctx context.Context) error {
	if _, ok := c.from.(file); !ok {
		return nil // a server checks its pages when it reads them, where the operator turned that on
	}
	var verdict string
	if err := c.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	if verdict != "ok" {
		return falsehood(noRecord, "het bestand is beschadigd")
	}
	var table string
	err := c.db.QueryRowContext(ctx, `
		SELECT t.name FROM sqlite_schema t, pragma_foreign_key_check(t.name) WHERE t.type = 'table' AND t.name NOT IN (`+byNumber+`)
		UNION ALL SELECT 'record_party' FROM record_party WHERE nr NOT BETWEEN 0 AND (SELECT coalesce(max(nr), -1) FROM record)
		UNION ALL SELECT 'pruned_party' FROM pruned_party WHERE nr NOT BETWEEN 0 AND (SELECT coalesce(max(nr), -1) FROM record)
		UNION ALL SELECT 'message' FROM message WHERE nr NOT BETWEEN 0 AND (SELECT coalesce(max(nr), -1) FROM record)
		UNION ALL SELECT 'decision' FROM decision WHERE nr NOT BETWEEN 0 AND (SELECT coalesce(max(nr), -1) FROM record)
		LIMIT 1`).Scan(&table)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the file: %w", err)
	}
	return falsehood(noRecord, "in de tabel %s staat iets dat bij niets hoort", table)
}
