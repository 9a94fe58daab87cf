-- What waits for a party is asked by each open inbox at each message; the new index answers that without reading what was confirmed.

-- +goose Up
CREATE INDEX recipient_waiting ON recipient (party, message) WHERE status = 'aangeboden';
