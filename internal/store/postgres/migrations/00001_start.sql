-- The first form of the store. Times are milliseconds since 1970, UTC. A message is known here by the nr of its record `aangeboden`, which
-- is also the order of acceptance. What is compared or sorted has the collation "C": the order of bytes, whatever the machine's language
-- is, and indexes that stay right when its C library changes.

-- +goose Up

-- Everything but ciphertext stands in `sluis`, ciphertext in `doorvoer`: pg_dump --exclude-table-data='doorvoer.*' leaves it out.
-- Nothing in `sluis` refers to `doorvoer`, so that such a dump can be restored. Whoever migrates has made `sluis` and the group roles.
CREATE SCHEMA doorvoer;

-- Several statements go to the server at once, with COMMIT as the last: whether a statement found what it should is asked there, and what
-- fails takes the rest with it. SL001 is a conflict, SL002 is ciphertext that is not staged whole.
-- +goose StatementBegin
CREATE FUNCTION sluis.expect(holds boolean, code text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF holds IS NOT TRUE THEN
        RAISE EXCEPTION USING ERRCODE = code, MESSAGE = 'what was expected does not hold';
    END IF;
END $$;
-- +goose StatementEnd

-- How far along a recipient is, as package message orders the statuses; one that is not known comes before all.
CREATE FUNCTION sluis.advance(status text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE status WHEN 'aangeboden' THEN 1 WHEN 'onleesbaar' THEN 2 WHEN 'verlopen' THEN 3 WHEN 'ontvangen' THEN 4
        WHEN 'teruggegeven' THEN 5 WHEN 'overgenomen' THEN 6 WHEN 'afgesloten' THEN 7 ELSE 0 END
$$;

-- The trail. These tables only grow: the gateway's role has no other right, and the triggers below stop everybody else.
CREATE TABLE sluis.record (
    nr                bigint PRIMARY KEY,
    kind              text COLLATE "C" NOT NULL,
    time_ms           bigint NOT NULL,
    message           text COLLATE "C", -- id of the message that it is about
    case_id           text COLLATE "C",
    participant       text COLLATE "C", -- of `afzender`: who did it
    convenant         text COLLATE "C", -- id of the convenant that was named, known or not
    convenant_version integer,
    reasons           text[] NOT NULL,
    jws_digest        bytea,            -- SHA-256 of `jws`, to find it by
    keep_until        bigint,           -- NULL: for good
    canonical         bytea             -- the bytes that are hashed; NULL once they were pruned
);
CREATE INDEX record_jws ON sluis.record (jws_digest, kind, nr) WHERE jws_digest IS NOT NULL;
CREATE INDEX record_decision ON sluis.record (convenant, nr) WHERE kind = 'besluit' AND convenant IS NOT NULL;

-- Who may read a record. Its rows come from the statement beside that which keeps the record; a foreign key would look up and lock the
-- record for each of them once more, three times a message.
CREATE TABLE sluis.record_party (
    party text COLLATE "C" NOT NULL,
    nr    bigint NOT NULL,
    PRIMARY KEY (party, nr)
);

CREATE TABLE sluis.hash ( -- stored hashes, in the order of Crosby and Wallach
    ix   bigint PRIMARY KEY,
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);

CREATE TABLE sluis.checkpoint ( -- one for each batch: receipts are proofs under it
    size bigint PRIMARY KEY,
    note bytea NOT NULL
);

-- The one row is the lock between processes: whoever appends has it. It is written at each batch; the room in its page lets old versions
-- be cleared away on the spot.
CREATE TABLE sluis.head (
    id       integer PRIMARY KEY CHECK (id = 1),
    size     bigint NOT NULL,
    note     bytea,
    time_ms  bigint,
    registry bigint NOT NULL DEFAULT 0 -- the position right after the last change of what decisions rest on
) WITH (fillfactor = 10);
INSERT INTO sluis.head (id, size) VALUES (1, 0);

-- +goose StatementBegin
CREATE FUNCTION sluis.only_grows() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION sluis.head_only_up() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP <> 'UPDATE' OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.note IS DISTINCT FROM OLD.note) OR NEW.registry < OLD.registry THEN
        RAISE EXCEPTION 'head only goes up';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER record_no_update BEFORE UPDATE ON sluis.record EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER record_no_delete BEFORE DELETE OR TRUNCATE ON sluis.record EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER record_party_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.record_party EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER hash_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.hash EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER checkpoint_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.checkpoint EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER head_only_up BEFORE UPDATE ON sluis.head FOR EACH ROW EXECUTE FUNCTION sluis.head_only_up();
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON sluis.head EXECUTE FUNCTION sluis.head_only_up();

-- The registry. All versions stay: old signatures are judged at their time. A compact JWS is longer than what an index takes; its SHA-256
-- says whether it is there.
CREATE TABLE sluis.card (
    seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    oin     text COLLATE "C" NOT NULL,
    id      text COLLATE "C" NOT NULL, -- '' for a partijkaart
    version integer NOT NULL,
    digest  text NOT NULL,
    compact text NOT NULL,
    UNIQUE (oin, id, version)
);

CREATE TABLE sluis.convenant (
    id        text COLLATE "C" NOT NULL,
    version   integer NOT NULL,
    digest    text NOT NULL,
    yaml      bytea NOT NULL,
    canonical bytea NOT NULL,
    PRIMARY KEY (id, version)
);

CREATE TABLE sluis.signature (
    seq            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id             text COLLATE "C" NOT NULL,
    version        integer NOT NULL,
    party          text COLLATE "C" NOT NULL,
    verdict        text NOT NULL,
    time_ms        bigint NOT NULL,
    compact        text NOT NULL,
    compact_digest bytea NOT NULL UNIQUE,
    record         bigint NOT NULL REFERENCES sluis.record (nr), -- whose time is that of arrival
    FOREIGN KEY (id, version) REFERENCES sluis.convenant (id, version)
);

CREATE TABLE sluis.convenant_change (
    id       text COLLATE "C" NOT NULL,
    seq      integer NOT NULL, -- 0, 1, … of this convenant
    version  integer NOT NULL,
    status   text NOT NULL,
    by       integer NOT NULL, -- the version that took its place; 0: none
    parties  text[] NOT NULL,  -- OINs
    since_ms bigint NOT NULL,
    PRIMARY KEY (id, seq),
    FOREIGN KEY (id, version) REFERENCES sluis.convenant (id, version)
);

CREATE TABLE sluis.wpg_decision (
    seq     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    party   text COLLATE "C" NOT NULL,
    number  text COLLATE "C" NOT NULL,
    compact text NOT NULL,
    UNIQUE (party, number)
);

CREATE TABLE sluis.policy (
    digest  text COLLATE "C" PRIMARY KEY,
    content bytea NOT NULL -- the bundle, of which digest is the SHA-256
);

CREATE TABLE sluis.policy_use ( -- from which record on which rules decide
    nr     bigint PRIMARY KEY REFERENCES sluis.record (nr),
    digest text COLLATE "C" NOT NULL REFERENCES sluis.policy (digest)
);
CREATE TRIGGER policy_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.policy EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER policy_use_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.policy_use EXECUTE FUNCTION sluis.only_grows();

-- Messages: everything about them but their ciphertext.
CREATE TABLE sluis.message (
    nr            bigint PRIMARY KEY REFERENCES sluis.record (nr),
    id            text COLLATE "C" NOT NULL UNIQUE,
    kind          text COLLATE "C" NOT NULL,
    time_ms       bigint NOT NULL,
    case_id       text COLLATE "C" NOT NULL,
    sender_party  text COLLATE "C" NOT NULL,
    sender_person text COLLATE "C" NOT NULL,
    envelope      text NOT NULL,
    digest        text NOT NULL,
    status        text COLLATE "C" NOT NULL -- the least advanced of its recipients
);
ALTER TABLE sluis.message ALTER COLUMN envelope SET STORAGE EXTERNAL; -- base64url does not become shorter
CREATE INDEX message_case ON sluis.message (case_id, sender_party, kind);
CREATE INDEX message_sender ON sluis.message (sender_party, nr);
CREATE INDEX message_sent ON sluis.message (sender_party, sender_person, kind, time_ms);

CREATE TABLE sluis.recipient (
    message     bigint NOT NULL REFERENCES sluis.message (nr),
    position    integer NOT NULL, -- in the envelope
    party       text COLLATE "C" NOT NULL,
    function    text COLLATE "C" NOT NULL,
    people      text[] COLLATE "C" NOT NULL, -- ids
    status      text COLLATE "C" NOT NULL,
    deadline_ms bigint NOT NULL,
    PRIMARY KEY (message, party, function)
);
CREATE INDEX recipient_party ON sluis.recipient (party, message);
CREATE INDEX recipient_waiting ON sluis.recipient (party, message) WHERE status = 'aangeboden';
CREATE INDEX recipient_deadline ON sluis.recipient (deadline_ms) WHERE status IN ('aangeboden', 'onleesbaar');

CREATE TABLE sluis.confirmation (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message  bigint NOT NULL REFERENCES sluis.message (nr),
    party    text COLLATE "C" NOT NULL,
    function text COLLATE "C" NOT NULL,
    kind     text COLLATE "C" NOT NULL,
    compact  text NOT NULL,
    UNIQUE (message, party, function, kind)
);

CREATE TABLE sluis.review ( -- by a privacy officer; a verdict closes it
    message bigint NOT NULL REFERENCES sluis.message (nr),
    party   text COLLATE "C" NOT NULL,
    cause   text COLLATE "C" NOT NULL,
    opened  bigint NOT NULL UNIQUE REFERENCES sluis.record (nr),
    due_ms  bigint NOT NULL,
    closed  bigint REFERENCES sluis.record (nr), -- of the verdict
    PRIMARY KEY (message, party, cause)
);
CREATE INDEX review_open ON sluis.review (party, opened) WHERE closed IS NULL;

-- Tokens that may be used once, until they expire. The key is a SHA-256 of issuer and jti: a jti is as long as its maker likes.
CREATE TABLE sluis.seen_token (
    token  bytea PRIMARY KEY,
    exp_ms bigint NOT NULL
);
CREATE INDEX seen_token_exp ON sluis.seen_token (exp_ms);

-- Ciphertext, encrypted once more under the key of its day. The chunks hang from a small row, so that what was staged becomes a
-- message's by changing that row alone, and nothing is copied. It does not compress, and a chunk up to a page stands beside its row.
-- Deleted rows are cleared away at each round of autovacuum (a minute), however few they are.
CREATE TABLE doorvoer.content (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message   bigint REFERENCES sluis.message (nr),
    staging   text COLLATE "C",
    part      text COLLATE "C" NOT NULL,
    day       text COLLATE "C", -- YYYY-MM-DD, UTC: whose key protects it; NULL while staged
    staged_ms bigint,           -- by the clock of the database; NULL once it is a message's
    CHECK ((message IS NULL) = (staging IS NOT NULL) AND (message IS NULL) = (day IS NULL) AND (message IS NULL) = (staged_ms IS NOT NULL)),
    UNIQUE (message, part),
    UNIQUE (staging, part)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0);
CREATE INDEX content_day ON doorvoer.content (day) WHERE day IS NOT NULL;
CREATE INDEX content_staged ON doorvoer.content (staged_ms) WHERE staged_ms IS NOT NULL;
CREATE INDEX content_motivation ON doorvoer.content (message) WHERE part = 'motivering' AND message IS NOT NULL;

CREATE TABLE doorvoer.chunk (
    content bigint NOT NULL REFERENCES doorvoer.content (id) ON DELETE CASCADE,
    nr      integer NOT NULL,
    data    bytea NOT NULL,
    PRIMARY KEY (content, nr)
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 0, toast.autovacuum_vacuum_cost_delay = 0,
    toast_tuple_target = 8160
);
ALTER TABLE doorvoer.chunk ALTER COLUMN data SET STORAGE EXTERNAL;

-- Rights. A right is given for what a statement of the gateway does, and no more; the columns that change are named.
REVOKE ALL ON SCHEMA sluis, doorvoer FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sluis FROM PUBLIC;
GRANT USAGE ON SCHEMA sluis TO sluis_gateway, sluis_lezer;
GRANT USAGE ON SCHEMA doorvoer TO sluis_gateway;
GRANT EXECUTE ON FUNCTION sluis.expect(boolean, text), sluis.advance(text) TO sluis_gateway;
GRANT SELECT, INSERT ON sluis.record, sluis.record_party, sluis.hash, sluis.checkpoint, sluis.card, sluis.convenant, sluis.signature,
    sluis.convenant_change, sluis.wpg_decision, sluis.policy, sluis.policy_use, sluis.message, sluis.recipient, sluis.confirmation,
    sluis.review, sluis.seen_token, doorvoer.content, doorvoer.chunk TO sluis_gateway;
GRANT SELECT ON sluis.head TO sluis_gateway;
GRANT UPDATE (size, note, time_ms, registry) ON sluis.head TO sluis_gateway;
GRANT UPDATE (status) ON sluis.message, sluis.recipient TO sluis_gateway;
GRANT UPDATE (closed) ON sluis.review TO sluis_gateway;
GRANT UPDATE (message, day, staging, staged_ms) ON doorvoer.content TO sluis_gateway;
GRANT USAGE ON SEQUENCE doorvoer.content_id_seq TO sluis_gateway;
GRANT DELETE ON sluis.seen_token, doorvoer.content, doorvoer.chunk TO sluis_gateway;

-- Whoever makes reports sees numbers and what every party can verify, and no envelope, no card, no record itself, no case: nothing about
-- a youngster, and no name of a member of staff.
GRANT SELECT (nr, kind, time_ms, convenant, convenant_version, reasons, keep_until) ON sluis.record TO sluis_lezer;
GRANT SELECT ON sluis.record_party, sluis.hash, sluis.checkpoint, sluis.head, sluis.convenant, sluis.convenant_change, sluis.policy_use,
    sluis.review TO sluis_lezer;
GRANT SELECT (seq, id, version, party, verdict, time_ms, record) ON sluis.signature TO sluis_lezer;
GRANT SELECT (seq, oin, id, version, digest) ON sluis.card TO sluis_lezer;
GRANT SELECT (nr, kind, time_ms, sender_party, status) ON sluis.message TO sluis_lezer;
GRANT SELECT (message, position, party, function, status, deadline_ms) ON sluis.recipient TO sluis_lezer;
GRANT SELECT (seq, message, party, function, kind) ON sluis.confirmation TO sluis_lezer;
