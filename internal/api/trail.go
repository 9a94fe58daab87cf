package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// trailPage is how many records one answer holds.
const trailPage = 100

// logPurposes are why somebody may look into the trail: Wpg 32a lid 2 ("uitsluitend gebruikt om te controleren of de
// gegevensverwerking rechtmatig is, voor interne controle, ter waarborging van de integriteit en de beveiliging … en voor
// strafrechtelijke procedures"), which fits the logging duty of WGS 1.8 lid 4 too.
var logPurposes = []string{"rechtmatigheid", "interne-controle", "beveiliging", "strafprocedure"}

// getRecords gives records of which the caller's party is part, newest first, and of these what was asked for. That somebody looked, why, and what he was shown is
// a record itself, durable before the answer goes: whoever looks leaves a trace, also when the connection breaks.
func (s *server) getRecords(k *call) error {
	purpose, faults := logPurpose(k)
	q, wrong := trailQuestion(k.caller.OIN(), k.query)
	if faults = append(faults, wrong...); len(faults) > 0 {
		return malformed(faults)
	}
	limit := q.Limit
	q.Limit++ // one more than a page, to know whether there is more
	kept, err := s.Trail.Search(k.Request().Context(), q)
	if err != nil {
		return fmt.Errorf("searching the records of a party: %w", err)
	}
	more := len(kept) > limit
	if more {
		kept = kept[:limit]
	}
	nrs, err := numbers(kept)
	if err != nil {
		return err
	}
	if err := s.recordLook(k, purpose, nrs, s.asked(q)); err != nil {
		return fmt.Errorf("recording a look into the trail: %w", err)
	}
	var cursor *string
	if more {
		text := strconv.FormatInt(nrs[len(nrs)-1], 10)
		cursor = &text
	}
	list := make([]json.RawMessage, len(kept))
	for i, canonical := range kept {
		list[i] = canonical
	}
	return k.json(http.StatusOK, struct {
		Records []json.RawMessage `json:"auditregels"`
		Cursor  *string           `json:"cursor"`
	}{list, cursor})
}

// logPurpose reads why somebody looks.
func logPurpose(k *call) (purpose string, faults fault.List) {
	purpose, given := k.query["logdoel"]
	switch {
	case !given:
		faults.Add("logdoel", "ontbreekt; zeg waarom u kijkt: %s", strings.Join(logPurposes, ", "))
	case !slices.Contains(logPurposes, purpose):
		faults.Add("logdoel", "moet een van deze zijn: %s", strings.Join(logPurposes, ", "))
	}
	return purpose, faults
}

// recordLook commits a record of kind raadpleging: who, why (`doel` holds the logdoel), what was looked for, and which records were shown
// (`feiten`).
func (s *server) recordLook(k *call, purpose string, nrs []int64, asked map[string]any) error {
	facts, err := json.Marshal(map[string]any{"geraadpleegd": nrs, "gevraagd": asked})
	if err != nil {
		return err
	}
	change := audit.Change{Records: []tlog.Record{{
		Kind:    tlog.Consulted,
		Sender:  &tlog.Actor{Party: string(k.caller.OIN()), Participant: k.caller.ID()},
		Purpose: &purpose,
		Facts:   facts,
	}}}
	change.Keep = s.Relay.Retained(change)
	_, err = s.Log.Commit(k.Request().Context(), change)
	return err
}

func numbers(records [][]byte) ([]int64, error) {
	nrs := make([]int64, len(records))
	for i, canonical := range records {
		var r struct {
			Nr *int64 `json:"nr"`
		}
		if err := json.Unmarshal(canonical, &r); err != nil || r.Nr == nil {
			return nil, fmt.Errorf("record %d of a page from the store has no nr", i)
		}
		nrs[i] = *r.Nr
	}
	return nrs, nil
}

// getProof proves a record under the newest checkpoint, to a party that is part of it; also when its content was pruned, for a party that
// kept it.
func (s *server) getProof(k *call) error {
	nr, err := k.number("nr", 0)
	if err != nil {
		return err
	}
	if _, err := s.recordFor(k, nr); err != nil && !errors.Is(err, errPruned) {
		return err
	}
	receipt, err := s.Log.Latest(k.Request().Context(), nr)
	if err != nil {
		return fmt.Errorf("proving a record: %w", err)
	}
	return k.text([]byte(receipt.Proof))
}
