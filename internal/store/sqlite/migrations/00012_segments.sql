-- A list along which the trail is searched is kept in pieces: one for every 32,768 records (docs/decisions/0029). What a batch adds to
-- lists then lands in the last of them only, which is never longer than that, however long the log is.

-- +goose Up
ALTER TABLE record_term RENAME TO record_term_whole;
CREATE TABLE record_term (   -- under which terms a record is found; see package audit
    segment INTEGER NOT NULL, -- nr >> 15
    term    INTEGER NOT NULL,
    nr      INTEGER NOT NULL,
    PRIMARY KEY (segment, term, nr)
) STRICT, WITHOUT ROWID;
-- Not sorted first: each segment grows at its end as it is, and a sort of all would take as much memory as the lists do.
INSERT INTO record_term (segment, term, nr) SELECT nr >> 15, term, nr FROM record_term_whole;
DROP TABLE record_term_whole;
