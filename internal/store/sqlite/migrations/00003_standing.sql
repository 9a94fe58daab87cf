-- How a party stands to a case is asked for each message that is sent in it; the new index answers that without reading messages.

-- +goose Up
DROP INDEX message_case;
CREATE INDEX message_case ON message (case_id, sender_party, kind);
