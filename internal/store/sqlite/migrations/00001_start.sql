-- The first form of the store. Times are milliseconds since 1970, UTC. A message is known here by the nr of its record
-- `aangeboden`, which is also the order of acceptance.

-- +goose Up

-- The trail. These tables only grow; the triggers below see to it, not good intentions.
CREATE TABLE record (
    nr         INTEGER PRIMARY KEY,
    kind       TEXT NOT NULL,
    time       TEXT NOT NULL,
    message    TEXT,           -- id of the message that it is about
    jws_digest BLOB,           -- SHA-256 of `jws`, to find it by
    canonical  BLOB NOT NULL   -- the bytes that are hashed
) STRICT;
CREATE INDEX record_message ON record (message, nr) WHERE message IS NOT NULL;
CREATE INDEX record_jws ON record (jws_digest, kind, nr) WHERE jws_digest IS NOT NULL;

CREATE TABLE record_party ( -- who may read a record
    party TEXT NOT NULL,
    nr    INTEGER NOT NULL REFERENCES record (nr),
    PRIMARY KEY (party, nr)
) STRICT, WITHOUT ROWID;

CREATE TABLE hash ( -- stored hashes, in the order of Crosby and Wallach
    ix   INTEGER PRIMARY KEY,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TABLE checkpoint ( -- one for each batch: receipts are proofs under it
    size INTEGER PRIMARY KEY,
    note BLOB NOT NULL
) STRICT;

CREATE TABLE head (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    size    INTEGER NOT NULL,
    note    BLOB,
    time_ms INTEGER
) STRICT;
INSERT INTO head (id, size) VALUES (1, 0);

-- +goose StatementBegin
CREATE TRIGGER record_no_update BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER record_no_delete BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'record only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hash_no_update BEFORE UPDATE ON hash BEGIN SELECT RAISE(ABORT, 'hash only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER hash_no_delete BEFORE DELETE ON hash BEGIN SELECT RAISE(ABORT, 'hash only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_update BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER checkpoint_no_delete BEFORE DELETE ON checkpoint BEGIN SELECT RAISE(ABORT, 'checkpoint only grows'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER head_only_up BEFORE UPDATE ON head WHEN NEW.size < OLD.size BEGIN SELECT RAISE(ABORT, 'head only goes up'); END;
-- +goose StatementEnd

-- The registry. All versions stay: old signatures are judged at their time.
CREATE TABLE card (
    seq     INTEGER PRIMARY KEY,
    oin     TEXT NOT NULL,
    id      TEXT NOT NULL, -- '' for a partijkaart
    version INTEGER NOT NULL,
    digest  TEXT NOT NULL,
    compact TEXT NOT NULL,
    UNIQUE (oin, id, version)
) STRICT;

CREATE TABLE convenant (
    id        TEXT NOT NULL,
    version   INTEGER NOT NULL,
    digest    TEXT NOT NULL,
    yaml      BLOB NOT NULL,
    canonical BLOB NOT NULL,
    PRIMARY KEY (id, version)
) STRICT;

CREATE TABLE signature (
    seq     INTEGER PRIMARY KEY,
    id      TEXT NOT NULL,
    version INTEGER NOT NULL,
    party   TEXT NOT NULL,
    verdict TEXT NOT NULL,
    time_ms INTEGER NOT NULL,
    compact TEXT NOT NULL UNIQUE,
    FOREIGN KEY (id, version) REFERENCES convenant (id, version)
) STRICT;

CREATE TABLE wpg_decision (
    seq     INTEGER PRIMARY KEY,
    party   TEXT NOT NULL,
    number  TEXT NOT NULL,
    compact TEXT NOT NULL,
    UNIQUE (party, number)
) STRICT;

-- Messages: everything about them but their ciphertext.
CREATE TABLE message (
    nr            INTEGER PRIMARY KEY REFERENCES record (nr),
    id            TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    time_ms       INTEGER NOT NULL,
    case_id       TEXT NOT NULL,
    sender_party  TEXT NOT NULL,
    sender_person TEXT NOT NULL,
    envelope      TEXT NOT NULL,
    digest        TEXT NOT NULL,
    status        TEXT NOT NULL -- the least advanced of its recipients
) STRICT;
CREATE INDEX message_case ON message (case_id, nr);
CREATE INDEX message_sender ON message (sender_party, nr);

CREATE TABLE recipient (
    message     INTEGER NOT NULL REFERENCES message (nr),
    position    INTEGER NOT NULL, -- in the envelope
    party       TEXT NOT NULL,
    function    TEXT NOT NULL,
    people      TEXT NOT NULL, -- JSON list of ids
    status      TEXT NOT NULL,
    deadline_ms INTEGER NOT NULL,
    PRIMARY KEY (message, party, function)
) STRICT, WITHOUT ROWID;
CREATE INDEX recipient_party ON recipient (party, message);
CREATE INDEX recipient_deadline ON recipient (deadline_ms) WHERE status IN ('aangeboden', 'onleesbaar');

CREATE TABLE confirmation (
    seq      INTEGER PRIMARY KEY,
    message  INTEGER NOT NULL REFERENCES message (nr),
    party    TEXT NOT NULL,
    function TEXT NOT NULL,
    kind     TEXT NOT NULL,
    compact  TEXT NOT NULL,
    UNIQUE (message, party, function, kind)
) STRICT;

-- Ciphertext, encrypted once more under the key of its day. The chunks hang from a small row, so that what was staged becomes a
-- message's by changing that row alone, and nothing is copied.
CREATE TABLE content (
    id        INTEGER PRIMARY KEY,
    message   INTEGER REFERENCES message (nr),
    staging   TEXT,
    part      TEXT NOT NULL,
    day       TEXT,     -- whose key protects it; NULL while staged
    staged_ms INTEGER,  -- NULL once it is a message's
    CHECK ((message IS NULL) = (staging IS NOT NULL) AND (message IS NULL) = (day IS NULL)),
    UNIQUE (message, part),
    UNIQUE (staging, part)
) STRICT;
CREATE INDEX content_day ON content (day);
CREATE INDEX content_staged ON content (staged_ms) WHERE staged_ms IS NOT NULL;

CREATE TABLE chunk (
    content INTEGER NOT NULL REFERENCES content (id),
    nr      INTEGER NOT NULL,
    data    BLOB NOT NULL,
    PRIMARY KEY (content, nr)
) STRICT;

-- Tokens that may be used once, until they expire.
CREATE TABLE seen_token (
    issuer TEXT NOT NULL,
    jti    TEXT NOT NULL,
    exp_ms INTEGER NOT NULL,
    PRIMARY KEY (issuer, jti)
) STRICT, WITHOUT ROWID;
CREATE INDEX seen_token_exp ON seen_token (exp_ms);
