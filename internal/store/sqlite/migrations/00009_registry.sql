-- Where in the log the last change of what decisions rest on stands, so that whoever commits a decision sees whether it was made on that.
-- 0 in a store from before this version: whoever loads the registry takes what stands here, and each change moves it.

-- +goose Up
ALTER TABLE head ADD COLUMN registry INTEGER NOT NULL DEFAULT 0;
