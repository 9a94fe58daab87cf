package relay

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Retention is what pruning and holds need of a store.
type Retention interface {
	// Due gives whole records whose term ended, in the order in which their terms ended: none of a case that is held, and none of a message
	// that is still on its way or under a review whose term goes on.
	Due(ctx context.Context, now time.Time, limit int) ([]Due, error)
	// Holds gives holds of a party, of one case ("": of all), in the order of their records, after record `after`.
	Holds(ctx context.Context, of party.OIN, caseID string, after int64, limit int) ([]Hold, error)
	// Search finds the records of a case that a party may read; audit.Store has it.
	Search(ctx context.Context, q audit.Query) ([][]byte, error)
}

// Due is a record that may go.
type Due struct {
	Nr      int64
	Until   time.Time // when its term ended
	Parties []string  // who may read it
}

// PruneWrite takes away the content of records, and messages with their `aangeboden`: envelope, recipients, confirmations, reviews. It
// conflicts, and takes nothing, when one of them is not whole (any more), its term goes on by the store's own clock, its case is held, or
// its message is on its way.
type PruneWrite struct{ Records []int64 }

// RetainDefault is how long records stay to which no convenant gives a term, unless the operator sets another: who looked into the trail,
// how many were refused at the door, what was refused under a convenant that nobody knows. Dutch law has no one term for logs: five years
// is that of logs in health care (NEN 7513), of data under the WGS (article 1.8 lid 7), and longer than the four years between two outside
// audits of police data (Wpg, article 32; Besluit politiegegevens, article 6:5).
const RetainDefault = "P5Y"

const (
	pruneBatch = 250              // records in one transaction: others wait for it
	pruneTime  = 10 * time.Second // at one beat of the clockwork
)

// Prune takes away the content of records at the end of their terms, in small batches, each with records of its own that say so. It can be
// stopped anywhere: what is left undone, the next one does.
func (r *Relay) Prune(ctx context.Context) error {
	until := time.Now().Add(pruneTime) // how long it takes; what time it is in the trail, r.now says
	last := int64(-1)                  // the first that was refused before
	for conflicts := 0; time.Now().Before(until) && ctx.Err() == nil; {
		due, err := r.store.Due(ctx, r.now(), pruneBatch)
		if err != nil {
			return fmt.Errorf("reading which records are at the end of their term: %w", err)
		}
		if len(due) == 0 {
			return nil
		}
		// Another process may have pruned these, or a hold came in between: then it is looked at again. A store whose clock does not
		// agree goes on refusing the same, and that must be heard of.
		if due[0].Nr != last {
			conflicts, last = 0, due[0].Nr
		}
		_, err = r.keep(ctx, pruning(due))
		switch {
		case err == nil:
		case !errors.Is(err, audit.ErrConflict):
			return fmt.Errorf("pruning %d records: %w", len(due), err)
		default:
			if conflicts++; conflicts > maxRounds {
				return fmt.Errorf("pruning %d records that the store does not let go: %w", len(due), err)
			}
		}
	}
	return nil
}

// pruning is the change that takes away records, with one record for each party of what went of its own, so that nobody learns how many
// records others had. These records stay for good: without them nobody could tell what was pruned from what was hidden.
func pruning(due []Due) audit.Change {
	type part struct {
		nrs   []int64
		until time.Time
	}
	parts := map[string]*part{}
	write := PruneWrite{}
	for _, d := range due {
		write.Records = append(write.Records, d.Nr)
		readers := d.Parties
		if len(readers) == 0 {
			readers = []string{""} // nobody's, but said all the same
		}
		for _, oin := range readers {
			p := parts[oin]
			if p == nil {
				p = &part{}
				parts[oin] = p
			}
			p.nrs = append(p.nrs, d.Nr)
			if d.Until.After(p.until) {
				p.until = d.Until
			}
		}
	}
	change := audit.Change{Writes: []audit.Write{write}}
	for _, oin := range slices.Sorted(maps.Keys(parts)) {
		rec := tlog.Record{Kind: tlog.Pruned, Reasons: []string{tlog.TermOver}, Facts: tlog.NewPruning(parts[oin].nrs, parts[oin].until)}
		if oin != "" {
			rec.Recipients = []tlog.Target{{Party: oin}}
		}
		change.Records = append(change.Records, rec)
	}
	return change
}

// Retained gives how long the records of a change stay: as the convenant says that they name, or as the operator says where there is none.
// What stays for good is committed without it.
func (r *Relay) Retained(c audit.Change) string {
	for _, rec := range c.Records {
		switch {
		case rec.Kind == tlog.Pruned:
			return ""
		case rec.Convenant != nil:
			if st, known := r.registry().Convenant(rec.Convenant.ID, rec.Convenant.Version); known {
				return st.Convenant.Retention
			}
		}
	}
	return r.retain
}
