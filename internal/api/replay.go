package api

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// getReplay decides a record again with the rules of its day, for a party that may see the record. It shows what is in the record, so
// it is a look into the trail as any other: with a logdoel, and recorded before the answer goes.
func (s *server) getReplay(k *call) error {
	nr, err := k.number("nr", 0)
	if err != nil {
		return err
	}
	purpose, faults := logPurpose(k)
	if len(faults) > 0 {
		return malformed(faults)
	}
	canonical, err := s.recordFor(k, nr)
	if err != nil {
		return err
	}
	record, err := tlog.ParseRecord(canonical)
	if err != nil {
		return fmt.Errorf("reading a record of a party: %w", err)
	}
	again, err := s.replayer.Again(k.Request().Context(), record)
	switch {
	case errors.Is(err, replay.ErrNoDecision):
		return &refusal{code: notFound, detail: "Deze auditregel is geen besluit, of de feiten ervan worden niet meer bewaard. Van een bericht dat is aangenomen staat het besluit in de regel voor die van het ontvangstbewijs."}
	case errors.Is(err, replay.ErrOtherRules):
		return errors.Join(&refusal{code: unavailable, retryAfter: retryLater,
			detail: "De regels waarmee toen is besloten zijn hier niet meer te vinden, of ze zijn veranderd. Meld dit aan de beheerder van deze Sluis."}, err)
	case err != nil:
		return fmt.Errorf("deciding record %d again: %w", nr, err)
	}
	if err := s.recordLook(k, purpose, []int64{nr}, map[string]any{}); err != nil {
		return fmt.Errorf("recording a look into the trail: %w", err)
	}
	return k.json(http.StatusOK, struct {
		replay.Replayed
		Record json.RawMessage `json:"auditregel"`
	}{again, canonical})
}

// errPruned is the answer to whoever asks for a record of the own party whose content is gone.
var errPruned = &refusal{code: noLongerKept, detail: "De bewaartermijn van deze auditregel is voorbij: Sluis bewaart de inhoud niet langer. Dat de regel er stond, is nog te bewijzen. Wie de regel zelf bewaarde, vraagt het bewijs op bij dit nummer."}

// recordFor gives a record that the caller's party may see; [errPruned] when it could, and 404 for every other one.
func (s *server) recordFor(k *call, nr int64) ([]byte, error) {
	// Newest first and before nr+1: when the party is part of record nr, that is the first.
	first, err := s.Trail.Search(k.Request().Context(), audit.Query{Party: string(k.caller.OIN()), Before: nr + 1, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("looking for a record of a party: %w", err)
	}
	nrs, err := numbers(first)
	if err != nil {
		return nil, err
	}
	if len(nrs) > 0 && nrs[0] == nr {
		return first[0], nil
	}
	pruned, err := s.Trail.Pruned(k.Request().Context(), string(k.caller.OIN()), nr)
	if err != nil {
		return nil, fmt.Errorf("looking for a record of a party: %w", err)
	}
	if pruned {
		return nil, errPruned
	}
	return nil, errNoSuchPath
}

// getRules gives the rules of a day, by the SHA-256 in hexadecimal of exactly these bytes: with them anybody can decide a record again
// without believing this gateway. By which rules Sluis decides is no secret.
func (s *server) getRules(k *call) error {
	raw, err := hex.DecodeString(k.Param("kenmerk"))
	if err != nil || len(raw) != len(digest.SHA256{}) {
		return errNoSuchPath
	}
	bundle, err := replay.Kept(k.Request().Context(), s.Kept, digest.SHA256(raw).String())
	if errors.Is(err, replay.ErrOtherRules) {
		return errNoSuchPath
	}
	if err != nil {
		return fmt.Errorf("giving kept rules: %w", err)
	}
	return k.Blob(http.StatusOK, typeJSON, bundle.Canonical())
}
