-- What the trail is searched along: for each term (what a reader can look for; package audit computes it) the list of its records. It tells
-- nothing without the records, and names nobody. The gateway's role cannot change or remove a row; only what prunes a record does.

-- +goose Up
CREATE TABLE sluis.record_term (
    term bigint NOT NULL,
    nr   bigint NOT NULL,
    PRIMARY KEY (term, nr)
);
CREATE INDEX record_time ON sluis.record (time_ms, nr);
CREATE TRIGGER record_term_no_update BEFORE UPDATE OR TRUNCATE ON sluis.record_term EXECUTE FUNCTION sluis.only_grows();
GRANT SELECT, INSERT ON sluis.record_term TO sluis_gateway;
