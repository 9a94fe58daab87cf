-- How long the content of a record stays is fixed when it is made (keep_until, as `time` is written; NULL: for good). After it, and only
-- then, the content goes: the row, its time and its hash stay. A hold keeps what is left of a case.

-- +goose Up
DROP TRIGGER record_no_update;
ALTER TABLE record ADD COLUMN case_id TEXT;
ALTER TABLE record ADD COLUMN keep_until TEXT;
ALTER TABLE record ADD COLUMN content BLOB; -- in place of canonical, which could not be NULL

-- What was recorded before this version stays as long as the convenant says that it names (P1Y6M10D), and five years where it names none.
WITH form AS (
    SELECT id, version, substr(json_extract(CAST(canonical AS TEXT), '$.bewaartermijnAudit'), 2) AS term FROM convenant
), years AS (
    SELECT id, version, iif(instr(term, 'Y') > 0, CAST(term AS INTEGER), 0) AS y, substr(term, instr(term, 'Y') + 1) AS rest FROM form
), months AS (
    SELECT id, version, y, iif(instr(rest, 'M') > 0, CAST(rest AS INTEGER), 0) AS m, CAST(substr(rest, instr(rest, 'M') + 1) AS INTEGER) AS d FROM years
)
UPDATE record SET content = canonical, case_id = json_extract(CAST(canonical AS TEXT), '$.zaak'),
    keep_until = CASE WHEN kind NOT IN ('kaart', 'convenant', 'wpg-besluit', 'beleid', 'verlies') THEN coalesce(
        (SELECT strftime('%Y-%m-%dT00:00:00.000Z', record.time, '+' || y || ' years', '+' || m || ' months', '+' || (d + 1) || ' days') FROM months
            WHERE id = json_extract(CAST(canonical AS TEXT), '$.convenant.id') AND version = json_extract(CAST(canonical AS TEXT), '$.convenant.versie')),
        strftime('%Y-%m-%dT00:00:00.000Z', time, '+5 years', '+1 day')) END;
ALTER TABLE record DROP COLUMN canonical;
ALTER TABLE record RENAME COLUMN content TO canonical;
CREATE INDEX record_due ON record (keep_until, nr) WHERE keep_until IS NOT NULL AND canonical IS NOT NULL;

CREATE TABLE pruned_party ( -- who could read a record that was pruned
    party TEXT NOT NULL,
    nr    INTEGER NOT NULL REFERENCES record (nr),
    PRIMARY KEY (party, nr)
) STRICT, WITHOUT ROWID;

CREATE TABLE hold (
    nr      INTEGER PRIMARY KEY REFERENCES record (nr), -- its record `vastgehouden`
    case_id TEXT NOT NULL,
    party   TEXT NOT NULL,
    reason  TEXT NOT NULL,
    UNIQUE (case_id, party, reason)
) STRICT;
CREATE INDEX hold_party ON hold (party, nr);

-- The only change that a record knows: it loses its content, and what it could be found by, when its term is over by the time of the log
-- itself (the newest record, which is there by now, says so), nobody holds its case, and its message is no longer on its way.
-- +goose StatementBegin
CREATE TRIGGER record_no_update BEFORE UPDATE ON record
WHEN NEW.canonical IS NOT NULL OR NEW.message IS NOT NULL OR NEW.case_id IS NOT NULL OR NEW.jws_digest IS NOT NULL
    OR NEW.nr IS NOT OLD.nr OR NEW.kind IS NOT OLD.kind OR NEW.time IS NOT OLD.time OR NEW.keep_until IS NOT OLD.keep_until
    OR OLD.keep_until IS NULL OR OLD.keep_until > (SELECT time FROM record ORDER BY nr DESC LIMIT 1)
    OR EXISTS (SELECT 1 FROM hold h WHERE h.case_id = OLD.case_id)
    OR EXISTS (SELECT 1 FROM message m WHERE m.id = OLD.message AND (
        EXISTS (SELECT 1 FROM content c WHERE c.message = m.nr)
        OR EXISTS (SELECT 1 FROM recipient t WHERE t.message = m.nr AND t.status IN ('aangeboden', 'onleesbaar'))))
BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER record_party_no_delete BEFORE DELETE ON record_party WHEN (SELECT canonical FROM record WHERE nr = OLD.nr) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record_party only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER pruned_party_no_delete BEFORE DELETE ON pruned_party BEGIN SELECT RAISE(ABORT, 'pruned_party only grows'); END;
-- +goose StatementEnd
