package relay

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// HoldReason is why the records of a case must stay. A closed list and no free text: what somebody complains of is no business of Sluis.
type HoldReason string

// The reasons: an objection (AVG, article 21), a complaint (article 77, or to the party itself), a request to see what is kept (article
// 15), and an inquiry, by a supervisor, a court or the party's own officer.
const (
	Objection     HoldReason = "bezwaar"
	Complaint     HoldReason = "klacht"
	AccessRequest HoldReason = "inzageverzoek"
	Inquiry       HoldReason = "onderzoek"
)

// HoldReasons are all reasons.
var HoldReasons = []HoldReason{Objection, Complaint, AccessRequest, Inquiry}

// Hold keeps what is left of a case from being pruned, until the party that set it lets go. A party holds a case once for each reason, and
// several parties may hold it, without knowing of one another.
type Hold struct {
	Nr     int64 // of its record `vastgehouden`
	Case   string
	Party  party.OIN
	Reason HoldReason
	Since  time.Time
}

// HoldWrite keeps a hold; a second one of the same case, party and reason conflicts. ReleaseWrite ends it; it conflicts when there is
// none.
type HoldWrite struct {
	Case        string
	Party       party.OIN
	Reason      HoldReason
	RecordIndex int // of its record in Change.Records
}

// ReleaseWrite is the end of a [HoldWrite].
type ReleaseWrite struct {
	Case   string
	Party  party.OIN
	Reason HoldReason
}

// Hold keeps a case from being pruned, in the name of the caller's party. The same again gives the receipt of the first time. Only a
// privacy officer, and only of a party that is part of the records of the case: ErrHoldNotOfficer, ErrNotFound.
func (r *Relay) Hold(ctx context.Context, caller auth.Caller, caseID string, why HoldReason) (tlog.Receipt, error) {
	for range maxRounds {
		held, err := r.holding(ctx, caller, caseID, why)
		if err != nil {
			return tlog.Receipt{}, err
		}
		if held != nil {
			receipt, err := r.log.Receipt(ctx, held.Nr)
			if err != nil {
				return tlog.Receipt{}, fmt.Errorf("giving the receipt of record %d again: %w: %w", held.Nr, audit.ErrKept, err)
			}
			return receipt, nil
		}
		receipt, err := r.keepHold(ctx, caller, tlog.Held, caseID, why, HoldWrite{Case: caseID, Party: caller.OIN(), Reason: why})
		if !errors.Is(err, audit.ErrConflict) {
			return receipt, err
		}
	}
	return tlog.Receipt{}, fmt.Errorf("holding a case, %d times: %w", maxRounds, errBusy)
}

// Release ends a hold of the caller's party: ErrHoldNotOfficer, and ErrNotFound when the party has none for this reason.
func (r *Relay) Release(ctx context.Context, caller auth.Caller, caseID string, why HoldReason) (tlog.Receipt, error) {
	held, err := r.holding(ctx, caller, caseID, why)
	if err != nil {
		return tlog.Receipt{}, err
	}
	if held == nil {
		return tlog.Receipt{}, ErrNotFound
	}
	receipt, err := r.keepHold(ctx, caller, tlog.Released, caseID, why, ReleaseWrite{Case: caseID, Party: caller.OIN(), Reason: why})
	if errors.Is(err, audit.ErrConflict) {
		return tlog.Receipt{}, ErrNotFound // a colleague was first
	}
	return receipt, err
}

// Holds gives the holds of the caller's party, in the order in which they were set, after record `after` (-1: from the beginning).
func (r *Relay) Holds(ctx context.Context, caller auth.Caller, after int64, limit int) ([]Hold, error) {
	if !holds(caller, vocabulary.FunctionPrivacyOfficer) {
		return nil, ErrHoldNotOfficer
	}
	list, err := r.store.Holds(ctx, caller.OIN(), "", after, limit)
	if err != nil {
		return nil, fmt.Errorf("reading the holds of a party: %w", err)
	}
	return list, nil
}

// holding judges whether the caller may hold a case, and gives the hold that there is already.
func (r *Relay) holding(ctx context.Context, caller auth.Caller, caseID string, why HoldReason) (*Hold, error) {
	switch {
	case !holds(caller, vocabulary.FunctionPrivacyOfficer):
		return nil, ErrHoldNotOfficer
	case !message.ValidID(caseID) || !slices.Contains(HoldReasons, why):
		return nil, ErrNotFound
	}
	own, err := r.store.Search(ctx, audit.Query{Party: string(caller.OIN()), Case: caseID, Limit: 1})
	if err != nil {
		return nil, fmt.Errorf("looking whether a party is part of a case: %w", err)
	}
	if len(own) == 0 {
		return nil, ErrNotFound
	}
	list, err := r.store.Holds(ctx, caller.OIN(), caseID, -1, len(HoldReasons))
	if err != nil {
		return nil, fmt.Errorf("reading the holds of a case: %w", err)
	}
	if at := slices.IndexFunc(list, func(h Hold) bool { return h.Reason == why }); at >= 0 {
		return &list[at], nil
	}
	return nil, nil
}

// keepHold commits the beginning or end of a hold, with a record for the caller's party alone: that somebody objects is nobody else's.
func (r *Relay) keepHold(ctx context.Context, caller auth.Caller, kind tlog.RecordKind, caseID string, why HoldReason, w audit.Write) (tlog.Receipt, error) {
	rec := tlog.Record{
		Kind: kind, Case: &caseID, Reasons: []string{string(why)},
		Sender: &tlog.Actor{Party: string(caller.OIN()), Participant: caller.ID(), Function: string(vocabulary.FunctionPrivacyOfficer)},
	}
	done, err := audit.Staying(ctx, func() (audit.Committed, error) {
		return r.keep(ctx, audit.Change{Records: []tlog.Record{rec}, Writes: []audit.Write{w}})
	})
	if err != nil {
		return tlog.Receipt{}, fmt.Errorf("keeping a record of kind %s: %w", kind, err)
	}
	return done.Receipt(0)
}
