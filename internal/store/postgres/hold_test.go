package postgres

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestASecondHoldIsNotInTheServersLog: that a case is held already is a conflict, and the server does not write down which case.
func TestASecondHoldIsNotInTheServersLog(t *testing.T) {
	db := migrated(t)
	all, _ := processes(t, db, 1)
	name := uuid.NewString()
	var err error
	for range 2 {
		_, err = all[0].log.Commit(t.Context(), audit.Change{Records: []tlog.Record{{Kind: tlog.Held, Case: &name}},
			Writes: []audit.Write{relay.HoldWrite{Case: name, Party: "A", Reason: relay.Complaint}}})
	}
	if !errors.Is(err, audit.ErrConflict) {
		t.Errorf("held twice: %v", err)
	}
	said, err := os.ReadFile(db.Cluster.LogFile())
	must(t, err)
	if strings.Contains(string(said), name) {
		t.Error("the log of the server names the case")
	}
}
