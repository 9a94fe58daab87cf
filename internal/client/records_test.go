package client_test

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestReasonsToLookAreKnown: the gateway refuses to look without a reason from the vocabulary, and there is none that we cannot give.
func TestReasonsToLookAreKnown(t *testing.T) {
	var ours []string
	for _, r := range []client.LookReason{client.Lawfulness, client.InternalControl, client.Security, client.Prosecution} {
		ours = append(ours, string(r))
	}
	known := slices.Clone(vocabulary.Default().Codes("logdoelen"))
	slices.Sort(ours)
	slices.Sort(known)
	if !slices.Equal(ours, known) {
		t.Errorf("reasons to look: %v, the vocabulary has %v", ours, known)
	}
}
