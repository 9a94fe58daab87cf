package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/conformance"
)

func open(t testing.TB, dir string) conformance.Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) { conformance.Run(t, open) }
