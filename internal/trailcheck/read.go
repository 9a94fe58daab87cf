package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Kept is what a trail holds about one record: enough to make a decision again without the gateway.
type Kept struct {
	Record    []byte   // canonical
	Rules     [][]byte // every bundle of rules that was ever in force, the newest first
	Convenant []byte   // canonical form of the version that the record names; nil when there is none
}

// Read gives a record and what is kept beside it. It believes what it reads: [Verify] comes first. The error is a [*False] when there is
// no such record, and [ErrPruned] when its content is gone.
func Read(ctx context.Context, dir string, nr int64) (Kept, error) {
	db, err := openReadOnly(ctx, databaseIn(dir))
	if err != nil {
		return Kept{}, fmt.Errorf("opening the trail: %w", err)
	}
	defer db.Close()
	var k Kept
	err = db.QueryRowContext(ctx, `SELECT canonical FROM record WHERE nr = ?`, nr).Scan(&k.Record)
	if errors.Is(err, sql.ErrNoRows) {
		return Kept{}, falsehood(nr, "is er niet")
	}
	if err != nil {
		return Kept{}, fmt.Errorf("reading record %d: %w", nr, err)
	}
	if k.Record == nil {
		return Kept{}, ErrPruned
	}
	err = db.QueryRowContext(ctx, `
		SELECT c.canonical FROM record r JOIN convenant c ON c.id = json_extract(CAST(r.canonical AS TEXT), '$.convenant.id')
			AND c.version = json_extract(CAST(r.canonical AS TEXT), '$.convenant.versie')
		WHERE r.nr = ?`, nr).Scan(&k.Convenant)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return Kept{}, fmt.Errorf("reading the convenant of record %d: %w", nr, err)
	}
	rows, err := db.QueryContext(ctx, `SELECT p.content FROM policy p JOIN policy_use u ON u.digest = p.digest GROUP BY p.digest ORDER BY max(u.nr) DESC`)
	if err != nil {
		return Kept{}, fmt.Errorf("reading kept rules: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var bundle []byte
		if err := rows.Scan(&bundle); err != nil {
			return Kept{}, fmt.Errorf("reading kept rules: %w", err)
		}
		k.Rules = append(k.Rules, bundle)
	}
	if err := rows.Err(); err != nil {
		return Kept{}, fmt.Errorf("reading kept rules: %w", err)
	}
	return k, nil
}
