package postgres

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
)

// TestManyRecords: appending, proving and searching cost the same in a long log; see [conformance.Many].
func TestManyRecords(t *testing.T) {
	db := migrated(t)
	conformance.Many(t, func(t testing.TB, _ string) conformance.Store {
		t.Helper()
		s, err := Open(t.Context(), Options{URL: db.Gateway})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}, 20_000)
}
