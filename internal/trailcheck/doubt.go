package trailcheck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// doubt is a way in which something beside the trail contradicts it.
type doubt int

// In this order they are told, the first one only.
const (
	otherMessage doubt = iota
	noMessage
	payloadBack
	motivationBack
	payloadGone
	motivationGone
	otherReview
	noReview
	otherConfirmation
	foreignReader
	rulesGone
	noRules
	otherConvenant
	notUnderConvenant
	refusalShown
	unreadable
	prunedFound
	prunedListed
	otherHold
	letGo
	doubts
)

// doubtful is what the walk saw of a doubt. What it saw within one page was as of one moment, and is so: then it knows the first record of
// which it is. What it gathered over the whole trail may have another cause, a gateway that went on meanwhile; then whether it is so is
// asked of the database, as of one moment.
type doubtful struct {
	sure  bool
	first int64
	maybe bool
}

// contradicts notes that something contradicts a record.
func (c *check) contradicts(d doubt, nr int64) {
	if !c.doubts[d].sure {
		c.doubts[d].sure, c.doubts[d].first = true, nr
	}
}

// what says of each doubt, after the number of the record, what is false; and how to ask the database for the first record of which it
// is, where the walk alone does not know. These questions parse records in the database: they take minutes on a long trail, and are
// asked only when there is a doubt.
var what = [doubts]struct{ false, query string }{
	otherMessage: {false: "het bewaarde bericht is niet het bericht dat is aangeboden"},
	noMessage:    {false: "het aangeboden bericht ontbreekt"},
	payloadBack: {"de lading van dit bericht is niet gewist",
		`SELECT r.nr FROM record r JOIN message m ON m.id = r.message JOIN content c ON c.message = m.nr AND c.part = 'lading'
			WHERE r.kind = 'gewist' AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') IS DISTINCT FROM 'motivering' AND r.nr < ?1`},
	motivationBack: {"de motivering van dit bericht is niet gewist",
		`SELECT r.nr FROM record r JOIN message m ON m.id = r.message JOIN content c ON c.message = m.nr AND c.part = 'motivering'
			WHERE r.kind = 'gewist' AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') = 'motivering' AND r.nr < ?1`},
	payloadGone: {"de lading van dit bericht is weg zonder dat het in het auditspoor staat",
		`SELECT m.nr FROM message m WHERE m.nr < ?1 AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr AND c.part = 'lading')
			AND NOT EXISTS (SELECT 1 FROM record r WHERE r.message = m.id AND r.kind = 'gewist'
				AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') IS DISTINCT FROM 'motivering')`},
	motivationGone: {"de motivering van dit bericht is weg zonder dat het in het auditspoor staat",
		`SELECT v.opened FROM review v WHERE v.opened < ?1 AND v.cause = 'motivering'
			AND NOT EXISTS (SELECT 1 FROM content c WHERE c.message = v.message AND c.part = 'motivering')
			AND NOT EXISTS (SELECT 1 FROM message m JOIN record r ON r.message = m.id AND r.kind = 'gewist'
				AND json_extract(CAST(r.canonical AS TEXT), '$.feiten.deel') = 'motivering' WHERE m.nr = v.message)`},
	otherReview:       {false: "de bewaarde beoordeling is niet die in het auditspoor"},
	noReview:          {false: "de beoordeling ontbreekt"},
	otherConfirmation: {false: "een bevestiging van dit bericht staat niet in het auditspoor"},
	foreignReader: {"is te lezen voor een partij die er niet in staat",
		`SELECT p.nr FROM record_party p JOIN record r ON r.nr = p.nr
			WHERE p.nr < ?1 AND p.party IS DISTINCT FROM json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij')
			AND NOT (r.kind IN ('beleid', 'verlies') AND p.party = '*')
			AND p.party NOT IN (SELECT json_extract(t.value, '$.partij') FROM json_each(CAST(r.canonical AS TEXT), '$.ontvangers') t)`},
	rulesGone: {false: "de regels die hier van kracht werden zijn er niet"},
	noRules:   {false: "zegt niet welke regels van kracht werden"},
	otherConvenant: {"wordt gevonden onder een ander convenant dan erin staat",
		`SELECT d.nr FROM decision d JOIN record r ON r.nr = d.nr
			WHERE d.nr < ?1 AND d.convenant IS DISTINCT FROM json_extract(CAST(r.canonical AS TEXT), '$.convenant.id')`},
	notUnderConvenant: {false: "wordt niet gevonden onder zijn convenant"},
	refusalShown:      {false: "is een weigering en is te lezen voor een ander dan de afzender"},
	unreadable:        {false: "is niet te lezen voor de partij die erin staat"},
	prunedFound: {"is opgeschoond en wordt toch nog gevonden",
		`SELECT p.nr FROM record_party p JOIN record r ON r.nr = p.nr WHERE p.nr < ?1 AND r.canonical IS NULL`},
	prunedListed: {"is opgeschoond en wordt toch nog gevonden",
		`SELECT t.nr FROM record_term t JOIN record r ON r.nr = t.nr WHERE t.nr < ?1 AND r.canonical IS NULL`},
	otherHold: {false: "de bewaarde vasthouding is niet die in het auditspoor"},
	letGo: {"de zaak wordt niet meer vastgehouden zonder dat het in het auditspoor staat",
		`SELECT r.nr FROM record r WHERE r.kind = 'vastgehouden' AND r.canonical IS NOT NULL AND r.nr < ?1
			AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.nr = r.nr)
			AND NOT EXISTS (SELECT 1 FROM record v WHERE v.kind = 'vrijgegeven' AND v.nr > r.nr AND (v.canonical IS NULL
				OR json_extract(CAST(v.canonical AS TEXT), '$.zaak') = json_extract(CAST(r.canonical AS TEXT), '$.zaak')
				AND json_extract(CAST(v.canonical AS TEXT), '$.afzender.partij') = json_extract(CAST(r.canonical AS TEXT), '$.afzender.partij')
				AND json_extract(CAST(v.canonical AS TEXT), '$.redenen[0]') = json_extract(CAST(r.canonical AS TEXT), '$.redenen[0]')))`},
}

// judge tells the first doubt that is so.
func (c *check) judge(ctx context.Context) error {
	for d, seen := range c.doubts {
		if seen.sure {
			return falsehood(seen.first, "%s", what[d].false)
		}
		if !seen.maybe {
			continue
		}
		var nr int64
		err := c.queryRow(ctx, what[d].query+" LIMIT 1", c.size).Scan(&nr)
		if err == nil {
			return &False{Nr: nr, What: what[d].false, ciphertext: doubt(d) == payloadGone || doubt(d) == motivationGone}
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("comparing messages with the trail: %w", err)
		}
	}
	return nil
}
