package trailcheck

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
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

// messages checks messages and ciphertext against the trail, with queries that find what contradicts it. They leave out records and
// messages that came after the run began.
func (c *check) messages(ctx context.Context) error {
	for _, contradiction := range []struct{ query, what string }{
		{`SELECT m.nr FROM message m LEFT JOIN record r ON r.nr = m.nr AND r.kind = 'aangeboden' AND r.message = m.id
			AND json_extract(CAST(r.canonical AS TEXT), '$.jws') = m.envelope
			WHERE m.nr < ?1 AND r.nr IS NULL`,
			"het bewaarde bericht is niet het bericht dat is aangeboden"},
		{`SELECT r.nr FROM record r LEFT JOIN message m ON m.nr = r.nr WHERE r.kind = 'aangeboden' AND r.nr < ?1 AND m.nr IS NULL
			AND r.canonical IS NOT NULL`,
			"het aangeboden bericht ontbreekt"},
		{`SELECT r.nr FROM record r JOIN message m ON m.id = r.message JOIN content c ON c.message = m.nr AND c.part = 'lading'
			WHERE r.kind = 'gewist' AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') IS DISTINCT FROM 'motivering' AND r.nr < ?1`,
			"de lading van dit bericht is niet gewist"},
		{`SELECT r.nr FROM record r JOIN message m ON m.id = r.message JOIN content c ON c.message = m.nr AND c.part = 'motivering'
			WHERE r.kind = 'gewist' AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') = 'motivering' AND r.nr < ?1`,
			"de motivering van dit bericht is niet gewist"},
		{`SELECT m.nr FROM message m WHERE m.nr < ?1 AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr AND c.part = 'lading')
			AND NOT EXISTS (SELECT 1 FROM record r WHERE r.message = m.id AND r.kind = 'gewist'
				AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') IS DISTINCT FROM 'motivering')`,
			"de lading van dit bericht is weg zonder dat het in het auditspoor staat"},
		{`SELECT v.opened FROM review v WHERE v.opened < ?1 AND v.cause = 'motivering'
			AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = v.message AND c.part = 'motivering')
			AND NOT EXISTS (SELECT 1 FROM message m JOIN record r ON r.message = m.id AND r.kind = 'gewist'
				AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') = 'motivering' WHERE m.nr = v.message)`,
			"de motivering van dit bericht is weg zonder dat het in het auditspoor staat"},
		{`SELECT v.opened FROM review v LEFT JOIN message m ON m.nr = v.message LEFT JOIN record r ON r.nr = v.opened
			AND r.kind = 'beoordeling' AND r.message = m.id
			AND json_extract(CAST(r.canonical AS TEXT), '$.ontvangers[0].partij') = v.party
			AND json_extract(CAST(r.canonical AS TEXT), '$.redenen[0]') = v.cause
			WHERE v.opened < ?1 AND r.nr IS NULL`,
			"de bewaarde beoordeling is niet die in het auditspoor"},
		{`SELECT r.nr FROM record r WHERE r.kind = 'beoordeling' AND json_extract(CAST(r.canonical AS TEXT), '$.jws') IS NULL AND r.nr < ?1
			AND NOT EXISTS (SELECT 1 FROM review v WHERE v.opened = r.nr) AND EXISTS (SELECT 1 FROM message m WHERE m.id = r.message)`,
			"de beoordeling ontbreekt"},
		{`SELECT m.nr FROM confirmation b JOIN message m ON m.nr = b.message WHERE NOT EXISTS (SELECT 1 FROM record r
			WHERE r.message = m.id AND r.kind = b.kind AND json_extract(CAST(r.canonical AS TEXT), '$.jws') = b.compact)`,
			"een bevestiging van dit bericht staat niet in het auditspoor"},
		{`SELECT p.nr FROM record_party p JOIN record r ON r.nr = p.nr
			WHERE p.nr < ?1 AND p.party IS DISTINCT FROM json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij')
			AND NOT (r.kind IN ('beleid', 'verlies') AND p.party = '*')
			AND p.party NOT IN (SELECT json_extract(t.value, '$.partij') FROM json_each(CAST(r.canonical AS TEXT), '$.ontvangers') t)`,
			"is te lezen voor een partij die er niet in staat"},
		{`SELECT r.nr FROM record r LEFT JOIN policy_use u ON u.nr = r.nr AND u.digest = json_extract(CAST(r.canonical AS TEXT), '$.beleid')
			WHERE r.kind = 'beleid' AND r.nr < ?1 AND u.nr IS NULL`,
			"de regels die hier van kracht werden zijn er niet"},
		{`SELECT u.nr FROM policy_use u JOIN record r ON r.nr = u.nr WHERE u.nr < ?1 AND r.kind <> 'beleid'`,
			"zegt niet welke regels van kracht werden"},
		{`SELECT d.nr FROM decision d JOIN record r ON r.nr = d.nr
			WHERE d.nr < ?1 AND d.convenant IS DISTINCT FROM json_extract(CAST(r.canonical AS TEXT), '$.convenant.id')`,
			"wordt gevonden onder een ander convenant dan erin staat"},
		{`SELECT r.nr FROM record r WHERE r.kind = 'besluit' AND r.nr < ?1 AND json_extract(CAST(r.canonical AS TEXT), '$.convenant.id') IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.nr = r.nr AND d.convenant = json_extract(CAST(r.canonical AS TEXT), '$.convenant.id'))`,
			"wordt niet gevonden onder zijn convenant"},
		{`SELECT p.nr FROM record_party p JOIN record r ON r.nr = p.nr
			WHERE p.nr < ?1 AND r.kind = 'besluit' AND json_extract(CAST(r.canonical AS TEXT), '$.besluit') IS DISTINCT FROM 'toegestaan'
			AND p.party IS DISTINCT FROM json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij')`,
			"is een weigering en is te lezen voor een ander dan de afzender"},
		{`SELECT r.nr FROM record r WHERE r.nr < ?1 AND json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij') <> ''
			AND NOT EXISTS (SELECT 1 FROM record_party p WHERE p.nr = r.nr
				AND p.party = json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij'))`,
			"is niet te lezen voor de partij die erin staat"},
		{`SELECT p.nr FROM record_party p JOIN record r ON r.nr = p.nr WHERE p.nr < ?1 AND r.canonical IS NULL`,
			"is opgeschoond en wordt toch nog gevonden"},
		{`SELECT t.nr FROM record_term t JOIN record r ON r.nr = t.nr WHERE t.nr < ?1 AND r.canonical IS NULL`,
			"is opgeschoond en wordt toch nog gevonden"},
		{`SELECT h.nr FROM hold h LEFT JOIN record r ON r.nr = h.nr AND r.kind = 'vastgehouden'
			AND json_extract(CAST(r.canonical AS TEXT), '$.zaak') = h.case_id
			AND json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij') = h.party
			AND json_extract(CAST(r.canonical AS TEXT), '$.redenen[0]') = h.reason
			WHERE h.nr < ?1 AND r.nr IS NULL`,
			"de bewaarde vasthouding is niet die in het auditspoor"},
		{`SELECT r.nr FROM record r WHERE r.kind = 'vastgehouden' AND r.canonical IS NOT NULL AND r.nr < ?1
			AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.nr = r.nr)
			AND NOT EXISTS (SELECT 1 FROM record v WHERE v.kind = 'vrijgegeven' AND v.nr > r.nr AND (v.canonical IS NULL
				OR json_extract(CAST(v.canonical AS TEXT), '$.zaak') = json_extract(CAST(r.canonical AS TEXT), '$.zaak')
				AND json_extract(CAST(v.canonical AS TEXT), '$.afzender.partij') = json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij')
				AND json_extract(CAST(v.canonical AS TEXT), '$.redenen[0]') = json_extract(CAST(r.canonical AS TEXT), '$.redenen[0]')))`,
			"de zaak wordt niet meer vastgehouden zonder dat het in het auditspoor staat"},
	} {
		var nr int64
		needed := strings.Contains(contradiction.query, "NOT EXISTS (SELECT 1 FROM content") // ciphertext that a dump leaves out
		if !c.from.has(contradiction.query) || c.bare && needed {
			continue
		}
		query, args := contradiction.query+" LIMIT 1", []any{c.size}
		if !strings.Contains(query, "?1") {
			args = nil
		}
		err := c.queryRow(ctx, query, args...).Scan(&nr)
		if err == nil {
			return &False{Nr: nr, What: contradiction.what, ciphertext: needed}
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("comparing messages with the trail: %w", err)
		}
	}
	err := c.queryRow(ctx, `
		SELECT count(*), (SELECT count(*) FROM content WHERE part = 'lading' AND message < ?1) FROM message WHERE nr < ?1`,
		c.size).Scan(&c.report.Messages, &c.report.Held)
	if err != nil {
		return fmt.Errorf("counting messages: %w", err)
	}
	c.report.Erased = c.report.Messages - c.report.Held
	return nil
}
