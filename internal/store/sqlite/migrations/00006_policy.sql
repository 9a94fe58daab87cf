-- The rules of every day, so that a decision can be made again; and which decisions name a convenant, to try a draft on them.

-- +goose Up
CREATE TABLE policy (
    digest  TEXT PRIMARY KEY,
    content BLOB NOT NULL -- the bundle, of which digest is the SHA-256
) STRICT;

CREATE TABLE policy_use ( -- from which record on which rules decide
    nr     INTEGER PRIMARY KEY REFERENCES record (nr),
    digest TEXT NOT NULL REFERENCES policy (digest)
) STRICT;

CREATE TABLE decision (
    convenant TEXT NOT NULL, -- id of the convenant that the message named, known or not
    nr        INTEGER NOT NULL REFERENCES record (nr),
    PRIMARY KEY (convenant, nr)
) STRICT, WITHOUT ROWID;
INSERT INTO decision (convenant, nr)
    SELECT json_extract(CAST(canonical AS TEXT), '$.convenant.id'), nr FROM record
    WHERE kind = 'besluit' AND json_extract(CAST(canonical AS TEXT), '$.convenant.id') IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER policy_no_update BEFORE UPDATE ON policy BEGIN SELECT RAISE(ABORT, 'policy only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER policy_no_delete BEFORE DELETE ON policy BEGIN SELECT RAISE(ABORT, 'policy only grows'); END;
-- +goose StatementEnd
