package trailcheck

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
)

// published is something that a record says was published: its kind, and the SHA-256 of the record's `jws`.
type published struct {
	kind string
	jws  [sha256.Size]byte
}

// isRegistry are the kinds of record about something that is kept beside the trail.
var isRegistry = map[string]bool{"kaart": true, "convenant": true, "wpg-besluit": true, "beleid": true}

// beside checks that every card, convenant, signature and Wpg decision that is kept was recorded, and is still the one that was. "Cards and
// convenants stand as digests, kept beside the log" (WIRE, "Trail").
func (c *check) beside(ctx context.Context) error {
	for _, kept := range []struct {
		what, kind, query string
	}{
		{"een kaart", "kaart", `SELECT compact, digest FROM card`},
		{"een convenant", "convenant", `SELECT canonical, digest FROM convenant`},
		{"een ondertekening", "convenant", `SELECT compact, NULL FROM signature`},
		{"een Wpg-besluit", "wpg-besluit", `SELECT compact, NULL FROM wpg_decision`},
		{"een versie van de regels", "beleid", `SELECT content, digest FROM policy`},
	} {
		if err := c.eachRecorded(ctx, kept.what, kept.kind, kept.query); err != nil {
			return err
		}
	}
	return nil
}

func (c *check) eachRecorded(ctx context.Context, what, kind, query string) error {
	rows, err := c.query(ctx, query)
	if err != nil {
		return fmt.Errorf("reading what is kept beside the trail: %w", err)
	}
	defer rows.Close()
	var late [][sha256.Size]byte // not recorded before the run began
	for rows.Next() {
		var object []byte
		var digest sql.NullString
		if err := rows.Scan(&object, &digest); err != nil {
			return fmt.Errorf("reading what is kept beside the trail: %w", err)
		}
		sum := sha256.Sum256(object)
		jws := "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
		if digest.Valid && digest.String != jws {
			return falsehood(noRecord, "%s is niet meer die bewaard werd", what)
		}
		if p := (published{kind, sha256.Sum256([]byte(jws))}); !c.published[p] {
			late = append(late, p.jws)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("reading what is kept beside the trail: %w", err)
	}
	for _, jws := range late { // a gateway that runs may have added it meanwhile, with its record
		var nr int64
		err := c.queryRow(ctx, `SELECT nr FROM record WHERE jws_digest = ? AND kind = ? AND nr >= ?`, jws[:], kind, c.size).Scan(&nr)
		if errors.Is(err, sql.ErrNoRows) {
			return falsehood(noRecord, "%s die bewaard is staat niet in het auditspoor", what)
		}
		if err != nil {
			return fmt.Errorf("reading what is kept beside the trail: %w", err)
		}
	}
	return nil
}
