package sqlite

import (
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
)

// TestManyRecords: appending, proving and searching cost the same in a long log; see [conformance.Many].
func TestManyRecords(t *testing.T) { conformance.Many(t, open, 20_000) }
