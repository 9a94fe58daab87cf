package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// told is what the trail has told of the life of a convenant. In force is what follows from versions, signatures and the day; this only
// keeps it from being told twice, or not at all.
type told struct {
	parties map[int][]party.OIN // for whom each version is in force
	since   time.Time           // the moment of the last change
	count   int                 // of changes
}

func (t told) with(c convenant.Change) told {
	parties := slices.DeleteFunc(slices.Clone(t.parties[c.Version]), func(oin party.OIN) bool { return slices.Contains(c.Parties, oin) })
	if c.Status == convenant.StatusInForce {
		parties = append(parties, c.Parties...)
	}
	next := told{parties: maps.Clone(t.parties), since: c.Since, count: t.count + 1}
	if next.parties == nil {
		next.parties = map[int][]party.OIN{}
	}
	next.parties[c.Version] = parties
	return next
}

// noSooner gives now, or the moment of the last change that was told: what was told has been, also where the clock is a little behind that of
// the process that told it. Else two processes would tell the one the opposite of the other.
func (t told) noSooner(now time.Time) time.Time {
	if now.Before(t.since) {
		return t.since
	}
	return now
}

// untold reports whether a convenant is in force for others than the trail says.
func (s *Snapshot) untold(id string, now time.Time) bool {
	now = s.told[id].noSooner(now)
	for version, st := range s.convenants[id] {
		was, is := s.told[id].parties[version], st.Parties(now)
		if len(was) != len(is) || slices.ContainsFunc(is, func(oin party.OIN) bool { return !slices.Contains(was, oin) }) {
			return true
		}
	}
	return false
}

// telling gives what there is to tell of a convenant, and the snapshot in which it was told.
func (s *Snapshot) telling(id string, now time.Time) (*Snapshot, audit.Change, error) {
	var change audit.Change
	if !s.untold(id, now) {
		return s, change, nil
	}
	before := s.told[id]
	after, now := before, before.noSooner(now)
	for _, c := range convenant.Changes(s.versions(id), before.parties, before.since, now) {
		record, err := s.changeRecord(id, c)
		if err != nil {
			return nil, change, err
		}
		change.Records = append(change.Records, record)
		change.Writes = append(change.Writes, convenant.ChangeWrite{ID: id, Seq: after.count, Change: c})
		after = after.with(c)
	}
	next := s.next()
	next.told = maps.Clone(s.told)
	next.told[id] = after
	return next, change, nil
}

// changeRecord is the auditregel of a change, for all parties of the version. Nobody did it: it follows from what they signed and from
// the day, which is why it may be told later than it was.
func (s *Snapshot) changeRecord(id string, c convenant.Change) (tlog.Record, error) {
	besluit := string(c.Status)
	var by *int
	if c.By != 0 {
		by = &c.By
	}
	facts, err := json.Marshal(struct {
		Since   string      `json:"sinds"`
		By      *int        `json:"vervangenDoor"`
		Parties []party.OIN `json:"partijen"`
	}{c.Since.UTC().Format(time.RFC3339), by, c.Parties})
	if err != nil {
		return tlog.Record{}, fmt.Errorf("writing what changed in a convenant: %w", err)
	}
	return tlog.Record{
		Kind: tlog.Convenant, Convenant: &tlog.ConvenantRef{ID: id, Version: c.Version}, Decision: &besluit,
		Recipients: members(s.convenants[id][c.Version].Convenant), Facts: facts,
	}, nil
}

// FollowCalendar tells the trail what days that came and went changed in the convenants: a first day, a last one. It looks at nothing but
// the difference with what was told, so it may be called at any time, by a gateway that was off for a week too. What is in
// force does not wait for it.
func (r *Registry) FollowCalendar(ctx context.Context) error {
	now := r.now()
	var faults []error
	for _, id := range slices.Sorted(maps.Keys(r.Snapshot().convenants)) {
		if !r.Snapshot().untold(id, now) {
			continue
		}
		// One that cannot be told must not keep the others from it.
		if err := r.tell(ctx, id, now); err != nil {
			faults = append(faults, fmt.Errorf("telling what changed in convenant %s: %w", id, err))
		}
	}
	return errors.Join(faults...)
}

func (r *Registry) tell(ctx context.Context, id string, now time.Time) error {
	return r.inTurn(ctx, func() error {
		next, change, err := r.Snapshot().telling(id, now)
		if err != nil || len(change.Records) == 0 { // somebody's signature told it meanwhile, or another process
			return err
		}
		_, err = r.keepAll(ctx, change, func(audit.Committed) *Snapshot { return next })
		return err
	})
}
