package api

import (
	"strings"
	"testing"
)

func TestTrace(t *testing.T) {
	const good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
	for _, tc := range []struct {
		name    string
		headers []string
		keeps   bool
	}{
		{"valid", []string{good}, true},
		{"none", nil, false},
		{"two", []string{good, good}, false},
		{"zero trace", []string{"00-00000000000000000000000000000000-b7ad6b7169203331-01"}, false},
		{"zero parent", []string{"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"}, false},
		{"upper case", []string{strings.ToUpper(good)}, false},
		{"too long", []string{good + "-x"}, false},
		{"another version", []string{"ff" + good[2:]}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			traceID, spanID := trace(tc.headers)
			if len(traceID) != 32 || len(spanID) != 16 {
				t.Fatalf("ids of %d and %d digits", len(traceID), len(spanID))
			}
			if got := traceID == "0af7651916cd43dd8448eb211c80319c"; got != tc.keeps {
				t.Errorf("keeps the caller's trace: %v, want %v", got, tc.keeps)
			}
			if spanID == "b7ad6b7169203331" {
				t.Error("the caller's span was taken for ours")
			}
		})
	}
}

// FuzzTrace: ids of the right form whatever a stranger sends, and his own only when his header says them.
func FuzzTrace(f *testing.F) {
	f.Add("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
	f.Add("00-00000000000000000000000000000000-b7ad6b7169203331-01")
	f.Add("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\n")
	f.Fuzz(func(t *testing.T, parent string) {
		traceID, spanID := trace([]string{parent})
		if len(traceID) != 32 || len(spanID) != 16 || strings.Trim(traceID+spanID, "0123456789abcdef") != "" {
			t.Fatalf("ids %q and %q", traceID, spanID)
		}
		if strings.Contains(parent, traceID) && len(parent) != 55 {
			t.Fatal("took a trace from a header of another form")
		}
	})
}
