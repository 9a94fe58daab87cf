-- How many messages of a kind a participant sent since a moment (condition `maximum`) is asked for each message of a flow that sets a
-- maximum; the index answers that from what was sent since then alone.

-- +goose Up
CREATE INDEX message_sent ON message (sender_party, sender_person, kind, time_ms);
