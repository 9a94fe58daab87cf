package convenant

import (
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/party"
)

// Change is a version that comes in force, or is no longer, for some of its parties.
type Change struct {
	Version int
	Status  Status // van-kracht, vervangen, ingetrokken or vervallen
	By      int    // the version that took its place, when vervangen
	Parties []party.OIN
	Since   time.Time
}

// Changes gives what changed in who has which version of a convenant in force, after one moment up to and including another, in the order
// in which it happened: because somebody signed, because a day came, because a newer version was there. Given are all versions,
// and the parties for which each was in force before.
func Changes(versions []Standing, before map[int][]party.OIN, after, until time.Time) []Change {
	was := map[int][]party.OIN{}
	for version, parties := range before {
		was[version] = parties
	}
	var changes []Change
	for _, t := range moments(versions, after, until) {
		line := asOf(versions, t)
		for _, st := range slices.Backward(line) { // the new version first, then what it took the place of
			version := st.Convenant.Version
			now := st.Parties(t)
			if came := without(now, was[version]); len(came) > 0 {
				changes = append(changes, Change{Version: version, Status: StatusInForce, Parties: came, Since: t})
			}
			changes = append(changes, st.ended(without(was[version], now), t)...)
			was[version] = now
		}
	}
	return changes
}

// ended tells why a version is over for some parties.
func (s Standing) ended(parties []party.OIN, t time.Time) []Change {
	var changes []Change
	for _, oin := range parties {
		one := Change{Version: s.Convenant.Version, Status: StatusWithdrawn, Since: t}
		if one.By = s.ReplacedBy(t, oin); one.By != 0 {
			one.Status = StatusReplaced
		} else if _, until, ok := termOf(s.Convenant.Valid); !ok || !t.Before(until) {
			one.Status = StatusLapsed
		}
		i := slices.IndexFunc(changes, func(c Change) bool { return c.Status == one.Status && c.By == one.By })
		if i < 0 {
			i = len(changes)
			changes = append(changes, one)
		}
		changes[i].Parties = append(changes[i].Parties, oin)
	}
	return changes
}

// moments are those after one and up to another at which something can change, and the last one.
func moments(versions []Standing, after, until time.Time) []time.Time {
	list := []time.Time{until}
	add := func(t time.Time) {
		if t.After(after) && t.Before(until) {
			list = append(list, t)
		}
	}
	for _, st := range versions {
		if from, end, ok := termOf(st.Convenant.Valid); ok {
			add(from)
			add(end)
		}
		for _, sig := range st.Signatures {
			add(sig.arrival())
			add(sig.Time)
		}
	}
	slices.SortFunc(list, time.Time.Compare)
	return slices.CompactFunc(list, time.Time.Equal)
}

// asOf gives the versions with the signatures that had come in at t.
func asOf(versions []Standing, t time.Time) []Standing {
	then := slices.Clone(versions)
	for i, st := range then {
		then[i].Signatures = slices.DeleteFunc(slices.Clone(st.Signatures), func(sig Signature) bool { return sig.arrival().After(t) })
	}
	return Line(then)
}

func without(list, others []party.OIN) []party.OIN {
	return slices.DeleteFunc(slices.Clone(list), func(oin party.OIN) bool { return slices.Contains(others, oin) })
}
