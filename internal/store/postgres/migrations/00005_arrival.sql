-- A store that was moved here from a file (docs/decisions/0031). While it is being filled, sluis.works_with asks for a step that no gateway
-- knows, so that none works with half a store; `oldest` holds what it asked for before.

-- +goose Up
CREATE TABLE sluis.arrival (
    id     integer PRIMARY KEY CHECK (id = 1),
    ticket text NOT NULL, -- of the move: once the file was left, it has the same
    oldest bigint         -- NULL once everything is here
);
GRANT SELECT ON sluis.arrival TO sluis_gateway;

-- A file that is older than records of signatures may have some that came in before those. Where there are, the move itself has
-- sluis.works_with ask for this step.
ALTER TABLE sluis.signature ALTER COLUMN record DROP NOT NULL;
