package registry_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// holed is a store that has lost its records.
type holed struct{ registry.Store }

func (holed) RecordOf(context.Context, tlog.RecordKind, string) (int64, error) {
	return 0, audit.ErrNotFound
}

// TestACardWithoutItsRecordIsNotAnAbsence: who publishes again what is in force is never told that it does not exist.
func TestACardWithoutItsRecordIsNotAnAbsence(t *testing.T) {
	s := newSetting(t)
	r, err := registry.New(t.Context(), holed{s.store}, s.log, s.Anchors, s.clock)
	must(t, err)
	school := s.Parties["school"]
	_, err = r.PublishCard(t.Context(), school.OIN, school.Compact)
	must(t, err)
	_, err = r.PublishCard(t.Context(), school.OIN, school.Compact)
	if !errors.Is(err, audit.ErrTree) || errors.Is(err, audit.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
