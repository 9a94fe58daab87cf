-- The only change that a record knows: after its term it loses its content and what it could be found by; its time and its hash stay. No
-- role may do that by itself: sluis.prune does, and the trigger below judges each row, by the clock of this server, whatever a gateway
-- believes the time to be. A hold keeps what is left of a case.

-- +goose Up
CREATE TABLE sluis.hold (
    nr      bigint PRIMARY KEY REFERENCES sluis.record (nr), -- its record `vastgehouden`
    case_id text COLLATE "C" NOT NULL,
    party   text COLLATE "C" NOT NULL,
    reason  text COLLATE "C" NOT NULL,
    UNIQUE (case_id, party, reason)
);
CREATE INDEX hold_party ON sluis.hold (party, nr);

CREATE TABLE sluis.pruned_party ( -- who could read a record that was pruned
    party text COLLATE "C" NOT NULL,
    nr    bigint NOT NULL,
    PRIMARY KEY (party, nr)
);
CREATE TRIGGER pruned_party_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON sluis.pruned_party EXECUTE FUNCTION sluis.only_grows();

CREATE INDEX record_due ON sluis.record (keep_until, nr) WHERE keep_until IS NOT NULL AND canonical IS NOT NULL;

-- +goose StatementBegin
CREATE FUNCTION sluis.record_may_go() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    now_ms CONSTANT bigint := extract(epoch FROM clock_timestamp()) * 1000;
BEGIN
    IF NEW.canonical IS NOT NULL OR NEW.message IS NOT NULL OR NEW.case_id IS NOT NULL OR NEW.participant IS NOT NULL
        OR NEW.convenant IS NOT NULL OR NEW.convenant_version IS NOT NULL OR NEW.reasons <> '{}' OR NEW.jws_digest IS NOT NULL
        OR NEW.nr IS DISTINCT FROM OLD.nr OR NEW.kind IS DISTINCT FROM OLD.kind OR NEW.time_ms IS DISTINCT FROM OLD.time_ms
        OR NEW.keep_until IS DISTINCT FROM OLD.keep_until THEN
        RAISE EXCEPTION 'record only grows';
    END IF;
    IF OLD.keep_until IS NULL OR OLD.keep_until > now_ms
        OR EXISTS (SELECT 1 FROM sluis.hold h WHERE h.case_id = OLD.case_id)
        OR EXISTS (SELECT 1 FROM sluis.message m WHERE m.id = OLD.message AND (
            EXISTS (SELECT 1 FROM doorvoer.content c WHERE c.message = m.nr)
            OR EXISTS (SELECT 1 FROM sluis.recipient t WHERE t.message = m.nr AND t.status IN ('aangeboden', 'onleesbaar'))
            OR EXISTS (SELECT 1 FROM sluis.review v WHERE v.message = m.nr AND v.closed IS NULL AND v.due_ms > now_ms))) THEN
        RAISE EXCEPTION USING ERRCODE = 'SL001', MESSAGE = 'a record that must stay';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
DROP TRIGGER record_no_update ON sluis.record;
CREATE TRIGGER record_no_update BEFORE UPDATE ON sluis.record FOR EACH ROW EXECUTE FUNCTION sluis.record_may_go();

-- +goose StatementBegin
CREATE FUNCTION sluis.reader_may_go() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM sluis.record r WHERE r.nr = OLD.nr AND r.canonical IS NOT NULL) THEN
        RAISE EXCEPTION '% only grows', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;
-- +goose StatementEnd
DROP TRIGGER record_party_only_grows ON sluis.record_party;
CREATE TRIGGER record_party_only_grows BEFORE UPDATE OR TRUNCATE ON sluis.record_party EXECUTE FUNCTION sluis.only_grows();
CREATE TRIGGER record_party_no_delete BEFORE DELETE ON sluis.record_party FOR EACH ROW EXECUTE FUNCTION sluis.reader_may_go();
CREATE TRIGGER record_term_no_delete BEFORE DELETE ON sluis.record_term FOR EACH ROW EXECUTE FUNCTION sluis.reader_may_go();

-- Prunes records, all of them or none: SL001 when one is not whole any more or must stay. terms are what they are found by in a search, each
-- with its nr, as package audit computes them. Whom a record names stands in it; who of those may read it, in record_party.
-- +goose StatementBegin
CREATE FUNCTION sluis.prune(nrs bigint[], terms bigint[], term_nrs bigint[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    parties text[];
    of bigint[];
    gone bigint;
BEGIN
    SELECT array_agg(p.party), array_agg(p.nr) INTO parties, of
    FROM (SELECT r.nr, convert_from(r.canonical, 'UTF8')::json AS said FROM sluis.record r WHERE r.nr = ANY (nrs) AND r.canonical IS NOT NULL) r
        CROSS JOIN LATERAL (
            SELECT r.said #>> '{afzender,partij}' AS party
            UNION SELECT t ->> 'partij' FROM json_array_elements(r.said -> 'ontvangers') AS t) AS named
        JOIN sluis.record_party p ON p.party = named.party AND p.nr = r.nr;
    UPDATE sluis.record SET canonical = NULL, message = NULL, case_id = NULL, participant = NULL, convenant = NULL, convenant_version = NULL,
        reasons = '{}', jws_digest = NULL
    WHERE nr = ANY (nrs) AND canonical IS NOT NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    IF gone IS DISTINCT FROM cardinality(nrs) THEN
        RAISE EXCEPTION USING ERRCODE = 'SL001', MESSAGE = 'a record that is not whole any more';
    END IF;
    INSERT INTO sluis.pruned_party (party, nr) SELECT * FROM unnest(parties, of);
    DELETE FROM sluis.record_party p USING unnest(parties, of) AS g (party, nr) WHERE p.party = g.party AND p.nr = g.nr;
    DELETE FROM sluis.record_term t USING unnest(terms, term_nrs) AS g (term, nr) WHERE t.term = g.term AND t.nr = g.nr AND g.nr = ANY (nrs);
    DELETE FROM sluis.review WHERE message = ANY (nrs);
    DELETE FROM sluis.confirmation WHERE message = ANY (nrs);
    DELETE FROM sluis.recipient WHERE message = ANY (nrs);
    DELETE FROM sluis.message WHERE nr = ANY (nrs);
END $$;
-- +goose StatementEnd

-- What was pruned stands in the files until they are cleared away: sooner than by default, where a fifth of a table must have gone.
ALTER TABLE sluis.record SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 200);
ALTER TABLE sluis.confirmation SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
ALTER TABLE sluis.message SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 200,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 200);

-- The functions are new, so sluis.works_with stays: a gateway that does not know this step loses no right by this REVOKE.
REVOKE ALL ON FUNCTION sluis.prune(bigint[], bigint[], bigint[]), sluis.record_may_go(), sluis.reader_may_go() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sluis.prune(bigint[], bigint[], bigint[]) TO sluis_gateway;
GRANT SELECT, INSERT, DELETE ON sluis.hold TO sluis_gateway;
GRANT SELECT ON sluis.pruned_party TO sluis_gateway, sluis_lezer;
GRANT SELECT (nr, party, reason) ON sluis.hold TO sluis_lezer;
