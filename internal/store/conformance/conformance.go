// Package conformance is the suite that every store of a gateway must pass. A store keeps what audit, registry, relay and auth
// give it; the laws here say what they may rely on, and are the same for a file of SQLite and for a cluster of PostgreSQL.
//
// It promises that each law can fail, that each works on a store of its own, and that what is checked is checked again after
// the store was closed and opened. It must not look inside a store, except for bytes that should be gone.
package conformance

import (
	"io"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/auth"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// Store is everything that a gateway asks of a store.
type Store interface {
	audit.Store
	registry.Store
	relay.Store
	replay.Store
	auth.ReplayStore
	io.Closer
}

// Open opens the store that belongs to a folder, and makes it when there is none: the same folder gives the same store again.
type Open func(t testing.TB, dir string) Store

// Run runs all laws.
func Run(t *testing.T, open Open) {
	for name, law := range map[string]func(*testing.T, *house){
		"trail/a new log is empty":                    emptyLog,
		"trail/what was committed is read back":       trailReadBack,
		"trail/receipts stay the same":                receiptsStay,
		"trail/records are for their parties only":    recordsOfParty,
		"trail/records are found by what they hold":   recordsByJWS,
		"trail/knows its last change of registry":     lastChangeOfRegistry,
		"trail/only grows":                            onlyGrows,
		"trail/is searched":                           searching,
		"update/an error keeps nothing":               errorKeepsNothing,
		"update/a savepoint undoes one change":        savepoint,
		"update/a conflict refuses one alone":         conflictAlone,
		"update/an unknown write is refused":          unknownWrite,
		"update/waiting can be given up":              givingUp,
		"update/changes come one after another":       inOrder,
		"registry/is read back":                       registryReadBack,
		"registry/versions only go up":                versionsGoUp,
		"rules/are read back":                         rulesReadBack,
		"rules/decisions are found by convenant":      decisionsByConvenant,
		"message/is read back":                        messageReadBack,
		"message/its id is used once":                 idOnce,
		"message/accepted is not refused":             notRefused,
		"message/refused is not accepted unaware":     notAcceptedUnaware,
		"message/lists go on where they ended":        paging,
		"message/a case is a time line":               caseLine,
		"message/who stands how to a case":            standing,
		"message/what somebody sent is counted":       sentBy,
		"message/what was counted still holds":        countedIsKept,
		"message/is confirmed once for many":          confirmedOnce,
		"message/a status moves once":                 statusMoves,
		"message/moves as it was seen to stand":       movesAsSeen,
		"message/lapses at its deadline":              lapsing,
		"message/stands with the least advanced":      leastAdvanced,
		"review/is read back":                         reviewsReadBack,
		"review/ends with its term":                   motivationsDue,
		"content/is erased to the last byte":          erasure,
		"content/staged becomes a message's":          staging,
		"content/what waits for nothing is known":     emptied,
		"content/half swept is nobody's":              halfSwept,
		"content/staged is swept":                     sweeping,
		"content/days in use are known":               daysInUse,
		"retention/goes whole at the end of its term": goesWhole,
		"retention/what is not due stays":             notDueStays,
		"retention/what is on its way stays":          onItsWayStays,
		"retention/what is under review stays":        underReviewStays,
		"retention/what is held stays":                heldStays,
		"retention/holds are read back":               holdsReadBack,
		"retention/proofs outlive what they prove":    proofsOutlive,
		"retention/lists go on over what went":        listsGoOn,
		"token/is new once":                           tokenOnce,
		"together/many at once":                       together,
		"together/who hangs up changes nothing":       hangingUp,
	} {
		t.Run(name, func(t *testing.T) { law(t, newHouse(t, open)) })
	}
}
