package message_test

import (
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

func TestNewIDsAreValidAndSorted(t *testing.T) {
	last := ""
	for range 1000 {
		id := message.NewID()
		if !message.ValidID(id) {
			t.Fatalf("%s is not valid", id)
		}
		if id <= last {
			t.Fatalf("%s came after %s: a cursor over ids would skip it", id, last)
		}
		last = id
	}
}

func TestValidID(t *testing.T) {
	const right = "01937a1c-5b00-7c3d-9a4e-2f6b8c1d0e5f"
	for id, want := range map[string]bool{
		right:                                  true,
		strings.ToUpper(right):                 false,
		"{" + right + "}":                      false,
		"urn:uuid:" + right:                    false,
		strings.ReplaceAll(right, "-", ""):     false,
		"01937a1c-5b00-4c3d-9a4e-2f6b8c1d0e5f": false, // version 4
		"01937a1c-5b00-7c3d-ca4e-2f6b8c1d0e5f": false, // another variant
		"01937a1c-5b00-7c3d-9a4e-2f6b8c1d0e5g": false,
		"01937a1c05b00-7c3d-9a4e-2f6b8c1d0e5f": false,
		"":                                     false,
	} {
		if got := message.ValidID(id); got != want {
			t.Errorf("ValidID(%q) = %v", id, got)
		}
	}
}
