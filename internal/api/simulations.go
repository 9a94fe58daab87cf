package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const (
	simulating    = time.Minute // what a simulation may take; then it says that it stopped
	defaultDays   = 30
	maxDays       = 366
	perDay        = 20 // simulations of one convenant in 24 hours: many slightly different drafts together would tell more than each does
	lookPurpose   = "interne-controle"
	beheerderOnly = "Alleen een convenantbeheerder van de organisatie die de regie heeft, kan een concept uitproberen."
)

// simulations bounds how often drafts of one convenant are tried, and lets one simulation run at a time: it is the heaviest that
// anybody can ask for.
type simulations struct {
	mu      sync.Mutex
	running bool
	asked   map[string][]time.Time // by convenant, the last 24 hours
}

// begin takes a turn; done gives it back.
func (s *simulations) begin(convenant string, now time.Time) (done func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	recent := slices.DeleteFunc(s.asked[convenant], func(t time.Time) bool { return now.Sub(t) >= 24*time.Hour })
	if len(recent) >= perDay {
		return nil, &refusal{code: tooMany, retryAfter: int(24*time.Hour.Seconds() - now.Sub(recent[0]).Seconds()),
			detail: "Van dit convenant zijn in 24 uur al " + strconv.Itoa(perDay) + " concepten uitgeprobeerd. Met nog meer kleine verschillen zou één bericht te vinden zijn. Probeer het later."}
	}
	if s.running {
		return nil, &refusal{code: tooMany, retryAfter: retryLater, detail: "Er wordt nu een ander concept uitgeprobeerd. Probeer het zo opnieuw."}
	}
	if s.asked == nil {
		s.asked = map[string][]time.Time{}
	}
	s.running, s.asked[convenant] = true, append(recent, now)
	return func() { s.mu.Lock(); s.running = false; s.mu.Unlock() }, nil
}

// postSimulation decides the decisions of the last days again under a draft, for the party that has the regie. That it was asked, by
// whom and with which draft, is in the trail of all parties of the convenant before there is an answer.
func (s *server) postSimulation(k *call) error {
	if !slices.Contains(k.caller.Participant.Participant().Functions, vocabulary.FunctionConvenantAdmin) {
		return &refusal{code: notYours, detail: beheerderOnly}
	}
	var faults fault.List
	days := defaultDays
	if text, given := k.query["dagen"]; given {
		n, err := strconv.Atoi(text)
		if days = n; err != nil || n < 1 || n > maxDays {
			faults.Add("dagen", "moet een getal van 1 tot en met %d zijn", maxDays)
		}
	}
	text, err := k.body()
	if err != nil {
		return err
	}
	draft, err := convenant.ParseYAML(text)
	if err != nil && len(faults) == 0 {
		return err
	}
	if err == nil && draft.ID != k.Param("id") {
		faults.Add("convenant", "is een ander convenant dan in het adres staat")
	}
	if len(faults) > 0 {
		return malformed(faults)
	}
	snapshot := s.Registry.Snapshot()
	newest := newestOf(snapshot, draft.ID)
	if draft.Lead != k.caller.OIN() || newest != nil && newest.Lead != k.caller.OIN() {
		return &refusal{code: notYours, detail: beheerderOnly}
	}
	now := s.Now()
	q := replay.Question{Draft: draft, By: k.caller.OIN(), Since: now.AddDate(0, 0, -days)}
	var found replay.Simulation
	if _, err := s.Rules().With(draft); err != nil { // no turn is used, and nothing recorded, for a draft whose rules do not compile
		return err
	}
	if newest != nil { // of an id that no convenant here has, nothing was decided but that it is unknown
		done, err := s.simulations.begin(draft.ID, now)
		if err != nil {
			return err
		}
		defer done()
		if err := s.recordSimulation(k, newest, draft, days); err != nil {
			return fmt.Errorf("recording a simulation: %w", err)
		}
		ctx, stop := context.WithTimeout(k.Request().Context(), simulating)
		defer stop()
		if found, err = replay.Simulate(ctx, s.Kept, s.Rules(), snapshot, q); err != nil {
			return err
		}
	} else {
		found.Groups = []replay.Row{}
	}
	return k.json(http.StatusOK, struct {
		ID      string    `json:"convenant"`
		Version int       `json:"versie"`
		Digest  string    `json:"digest"`
		Days    int       `json:"dagen"`
		Since   time.Time `json:"vanaf"`
		Policy  string    `json:"beleid"`
		replay.Simulation
	}{draft.ID, draft.Version, draft.Digest().String(), days, q.Since.UTC().Truncate(time.Second), s.Rules().Digest(), found})
}

// newestOf gives the highest version of a convenant, nil when there is none.
func newestOf(s *registry.Snapshot, id string) (newest *convenant.Convenant) {
	for _, st := range s.Convenants() { // sorted by version
		if st.Convenant.ID == id {
			newest = st.Convenant
		}
	}
	return newest
}

// recordSimulation commits a record of kind raadpleging, for all parties of the convenant.
func (s *server) recordSimulation(k *call, known, draft *convenant.Convenant, days int) error {
	facts, err := json.Marshal(map[string]any{"simulatie": map[string]any{"digest": draft.Digest().String(), "dagen": days}})
	if err != nil {
		return err
	}
	purpose := lookPurpose
	record := tlog.Record{
		Kind: tlog.Consulted, Sender: &tlog.Actor{Party: string(k.caller.OIN()), Participant: k.caller.ID()},
		Convenant: &tlog.ConvenantRef{ID: draft.ID, Version: draft.Version}, Purpose: &purpose, Facts: facts,
	}
	for _, m := range known.Parties {
		record.Recipients = append(record.Recipients, tlog.Target{Party: string(m.OIN)})
	}
	change := audit.Change{Records: []tlog.Record{record}}
	change.Keep = s.Relay.Retained(change)
	_, err = s.Log.Commit(k.Request().Context(), change)
	return err
}
