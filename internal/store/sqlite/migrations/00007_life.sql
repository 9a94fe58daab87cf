-- When a signature came in is the time of its record; those from before this version are judged by the time that was signed. What changed in
-- who has which version of a convenant in force is told in the trail once: here stands what was told.

-- +goose Up
ALTER TABLE signature ADD COLUMN record INTEGER REFERENCES record (nr);

CREATE TABLE convenant_change (
    id       TEXT NOT NULL,
    seq      INTEGER NOT NULL, -- 0, 1, … of this convenant
    version  INTEGER NOT NULL,
    status   TEXT NOT NULL,
    by       INTEGER NOT NULL, -- the version that took its place; 0: none
    parties  TEXT NOT NULL,    -- JSON list of OINs
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (id, seq),
    FOREIGN KEY (id, version) REFERENCES convenant (id, version)
) STRICT, WITHOUT ROWID;
