-- Records stay in the row up to the size of a page, and are not made shorter: of what a message costs the server, a fifth was compressing its
-- records (by a third) and putting the rest in a second table. Rows that are there stay as they are.

-- +goose Up
ALTER TABLE sluis.record SET (toast_tuple_target = 8160);
