-- Where this store went, once it was moved to a database (docs/decisions/0031). A gateway does not open it any more; one of an earlier version
-- knows fewer steps than there are, and does not open it either.

-- +goose Up
CREATE TABLE departure (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    ticket      TEXT NOT NULL, -- the database that it went to has the same
    destination TEXT NOT NULL  -- for people: no role, no password
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER departure_no_update BEFORE UPDATE ON departure BEGIN SELECT RAISE(ABORT, 'departure only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER departure_no_delete BEFORE DELETE ON departure BEGIN SELECT RAISE(ABORT, 'departure only grows'); END;
-- +goose StatementEnd
