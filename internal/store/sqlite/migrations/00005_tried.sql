-- Whoever looks whether the disk takes a write sets the head that is there once more. SQLite leaves out a write that changes nothing, so
-- something changes each time.

-- +goose Up
ALTER TABLE head ADD COLUMN tried INTEGER NOT NULL DEFAULT 0;
