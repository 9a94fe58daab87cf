package replay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// Bounds of one simulation.
const (
	maxDecisions = 100_000
	page         = 200
)

// Question is what a simulation is asked.
type Question struct {
	Draft *convenant.Convenant
	By    party.OIN // the party that asks
	Since time.Time
}

// Simulation is what a draft would have changed. Of others its counts are rounded: see [Count].
type Simulation struct {
	Decisions Count `json:"besluiten"`    // that were looked at
	ToNo      Count `json:"vanJaNaarNee"` // the draft refuses what was allowed
	ToYes     Count `json:"vanNeeNaarJa"`
	ByRules   Count `json:"doorRegels"`   // turn by rules that came since, whatever the draft says
	Unsaid    Count `json:"nietTeZeggen"` // of which the record lacks what is needed to decide
	Cut       bool  `json:"afgekapt"`     // there were more than one simulation looks at: the newest were looked at
	Groups    []Row `json:"groepen"`

	turned int // not rounded, for the laws in the tests
}

// Simulate decides the decisions since a moment again under a draft, with the rules that decide now. It stops, and says so, after
// 100,000 decisions, and when ctx ends after it began. Its memory does not grow with the number of decisions. Errors: a fault.List when
// the draft's own rules do not compile, and those of the store and the engine.
func Simulate(ctx context.Context, store Store, now *policy.Engine, known Known, q Question) (Simulation, error) {
	engine, err := now.With(q.Draft)
	if err != nil {
		return Simulation{}, err
	}
	r := run{engine: engine, trial: trial{q.Draft, known}, by: string(q.By), groups: map[Group]*tally{}}
	since := q.Since.UTC().Format(tlog.TimeLayout)
	cut := false
	for before, seen := int64(0), 0; !cut; {
		list, err := store.DecisionsUnder(ctx, q.Draft.ID, before, page)
		if err != nil {
			if cut = seen > 0 && ctx.Err() != nil; cut {
				break
			}
			return Simulation{}, fmt.Errorf("reading decisions under a convenant: %w", err)
		}
		for _, canonical := range list {
			record, err := tlog.ParseRecord(canonical)
			if err != nil {
				return Simulation{}, fmt.Errorf("reading a decision under a convenant: %w", err)
			}
			if record.Time < since {
				return r.result(false), nil
			}
			if cut = seen == maxDecisions || seen > 0 && ctx.Err() != nil; cut {
				break
			}
			err = r.look(ctx, record)
			if cut = err != nil && seen > 0 && ctx.Err() != nil; cut {
				break
			}
			if err != nil {
				return Simulation{}, fmt.Errorf("trying a draft on record %d: %w", record.Nr, err)
			}
			before, seen = record.Nr, seen+1
		}
		if cut || len(list) < page || before == 0 { // 0 would begin again
			break
		}
	}
	return r.result(cut), nil
}

// run is a simulation under way.
type run struct {
	engine *policy.Engine
	trial  trial
	by     string
	groups map[Group]*tally

	all, toNo, toYes, byRules, unsaid tally
}

// look decides one record again.
func (r *run) look(ctx context.Context, record tlog.Record) error {
	own := r.own(record)
	facts, ok := complete(record.Facts)
	drafted, known := r.trial.under(facts)
	if !ok || !known || record.Decision == nil {
		r.all.add(record.Salt, own)
		r.unsaid.add(record.Salt, own)
		return nil
	}
	allowed := *record.Decision == audit.Allowed
	then, err := r.engine.Decide(ctx, drafted)
	if err != nil {
		return err
	}
	r.all.add(record.Salt, own)
	if then.Allow == allowed {
		return nil
	}
	// Is it the draft, or the rules that came since?
	today, err := r.engine.Decide(ctx, facts)
	switch {
	case errors.Is(err, policy.ErrRulesNotPrepared), errors.Is(err, policy.ErrRulesUnannounced):
		r.unsaid.add(record.Salt, own)
		return nil
	case err != nil:
		return err
	case today.Allow != allowed:
		r.byRules.add(record.Salt, own)
		return nil
	}
	g := Group{
		Turn: ToNo, Flow: today.Flow, From: string(facts.Established.Sender.Role), To: string(facts.Established.Recipient.Role),
		Kind: string(facts.Stated.Kind),
	}
	total, reasons := &r.toNo, then.Reasons
	if then.Allow {
		g.Turn, g.Flow, total, reasons = ToYes, then.Flow, &r.toYes, today.Reasons
	}
	total.add(record.Salt, own)
	for _, reason := range reasons {
		g.Reason = string(reason.Code)
		if r.groups[g] == nil {
			r.groups[g] = &tally{}
		}
		r.groups[g].add(record.Salt, own)
	}
	return nil
}

// own: the party that asks sent it, or could receive it; as [audit] shows records to parties.
func (r *run) own(record tlog.Record) bool {
	if record.Sender != nil && record.Sender.Party == r.by {
		return true
	}
	sent := record.Decision != nil && *record.Decision == audit.Allowed && len(record.Reasons) == 0
	return sent && slices.ContainsFunc(record.Recipients, func(t tlog.Target) bool { return t.Party == r.by })
}

func (r *run) result(cut bool) Simulation {
	return Simulation{
		Decisions: r.all.shown(), ToNo: r.toNo.shown(), ToYes: r.toYes.shown(), ByRules: r.byRules.shown(), Unsaid: r.unsaid.shown(),
		Cut: cut, Groups: rows(r.groups), turned: r.toNo.own + r.toNo.others + r.toYes.own + r.toYes.others,
	}
}

// complete reads the facts of a record, when they are all that the rules of now look at: each key of now, and none besides. A fact that
// is not there must not become one that is false.
func complete(raw json.RawMessage) (policy.Facts, bool) {
	var f policy.Facts
	if len(raw) == 0 || json.Unmarshal(raw, &f) != nil {
		return f, false
	}
	again, err := strictjson.MarshalCanonical(f)
	if err != nil {
		return f, false
	}
	kept, err := strictjson.Canonical(raw)
	return f, err == nil && bytes.Equal(again, kept)
}
