package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/pressly/goose/v3"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// fillTerms is migration 10.
var fillTerms = goose.NewGoMigration(10, &goose.GoFunc{RunTx: makeTerms}, nil)

// makeTerms makes the lists that the trail is searched along, and puts what is there already into them. A term is computed, so SQL alone
// cannot do it.
func makeTerms(ctx context.Context, tx *sql.Tx) error {
	for _, statement := range []string{
		`CREATE TABLE record_term ( -- under which terms a record is found; see package audit
			term INTEGER NOT NULL,
			nr   INTEGER NOT NULL,
			PRIMARY KEY (term, nr)
		) STRICT, WITHOUT ROWID`,
		`CREATE INDEX record_time ON record (time)`,
		`CREATE INDEX record_readers ON record_party (nr)`, // without it each record would be looked for among those of all
	} {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := fillTermsOfAll(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DROP INDEX record_readers`)
	return err
}

// fillTermsOfAll puts every record in its lists, in the order of the log.
func fillTermsOfAll(ctx context.Context, tx *sql.Tx) error {
	for nr := int64(0); ; nr++ {
		canonical, readers, err := oldRecord(ctx, tx, nr)
		if err != nil || canonical == nil {
			return err
		}
		var r tlog.Record
		if err := json.Unmarshal(canonical, &r); err != nil {
			return fmt.Errorf("reading record %d: %w", nr, err)
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO record_term (term, nr) SELECT value, ?2 FROM json_each(?1)`, list(audit.Terms(r, readers)), nr)
		if err != nil {
			return err
		}
	}
}

// oldRecord gives a record and who may read it; nil after the last.
func oldRecord(ctx context.Context, tx *sql.Tx, nr int64) (canonical []byte, readers []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT canonical FROM record WHERE nr = ?`, nr)
	if err != nil {
		return nil, nil, err
	}
	found, err := collect(rows, func(row scanner) (b []byte, err error) { return b, row.Scan(&b) })
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	rows, err = tx.QueryContext(ctx, `SELECT party FROM record_party WHERE nr = ?`, nr)
	if err != nil {
		return nil, nil, err
	}
	readers, err = collect(rows, func(row scanner) (p string, err error) { return p, row.Scan(&p) })
	return found[0], readers, err
}
