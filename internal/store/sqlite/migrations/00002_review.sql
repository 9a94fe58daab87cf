-- Reviews by privacy officers. A verdict closes one: `closed` is then the nr of its record.

-- +goose Up
CREATE TABLE review (
    message INTEGER NOT NULL REFERENCES message (nr),
    party   TEXT NOT NULL,
    cause   TEXT NOT NULL,
    opened  INTEGER NOT NULL UNIQUE REFERENCES record (nr),
    due_ms  INTEGER NOT NULL,
    closed  INTEGER REFERENCES record (nr),
    PRIMARY KEY (message, party, cause)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_open ON review (party, opened) WHERE closed IS NULL;

CREATE INDEX content_motivation ON content (message) WHERE part = 'motivering' AND message IS NOT NULL;
