package postgres

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/audit"
)

const somebody = "0123456789abcdef"

// TestPayloadsSayEverything: whatever is told arrives whole, in payloads that the engine takes.
func TestPayloadsSayEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		told := audit.Heard{
			Parties:  rapid.SliceOfN(rapid.StringMatching(`[0-9]{20}`), 0, 600).Draw(t, "parties"),
			Registry: rapid.Bool().Draw(t, "registry"),
		}
		var heard audit.Heard
		for _, p := range payloads(somebody, told) {
			self, h := readPayload(p)
			if self != somebody || h.All || len(p) >= 8000 {
				t.Fatalf("a payload of %d bytes from %q, all: %t", len(p), self, h.All)
			}
			heard.Parties = append(heard.Parties, h.Parties...)
			heard.Registry = heard.Registry || h.Registry
		}
		slices.Sort(told.Parties)
		told.Parties = slices.Compact(told.Parties)
		if diff := cmp.Diff(told, heard, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestUnreadablePayloadMeansAll(t *testing.T) {
	for _, text := range []string{"", "hallo", somebody, somebody + " r", somebody + " x 1", somebody + " r 1,", somebody + " r a", somebody + "  r 1", "0123 r 1", somebody + " r 1 2"} {
		if _, h := readPayload(text); !h.All {
			t.Errorf("%q was read as %+v", text, h)
		}
	}
}

func FuzzReadPayload(f *testing.F) {
	f.Add("")
	f.Add(somebody + " - 00000099000000010000,00000099000000020000")
	f.Add(somebody + " r ")
	f.Add(strings.Repeat("0", 16) + " r 1,,2")
	f.Fuzz(func(t *testing.T, text string) {
		self, h := readPayload(text)
		if h.All {
			if h.Registry || len(h.Parties) > 0 {
				t.Errorf("%q means all, and %+v", text, h)
			}
			return
		}
		for _, party := range h.Parties {
			if party == "" || strings.Trim(party, "0123456789") != "" {
				t.Errorf("%q names a party that is none", text)
			}
		}
		again := fmt.Sprintf("%s - %s", self, strings.Join(h.Parties, ","))
		if h.Registry {
			again = strings.Replace(again, " - ", " r ", 1)
		}
		if again != text {
			t.Errorf("%q was read as %q", text, again)
		}
	})
}
