package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
)

// TestNoAnswerIsNoReasonToSendTwice: when the connection broke, the message may have arrived, and each `send` makes a new one.
func TestNoAnswerIsNoReasonToSendTwice(t *testing.T) {
	gone := &client.UnreachableError{URL: "https://sluis.example", Err: errors.New("reset")}
	err := notDelivered("map/vc-1", client.Sent{}, &client.PendingError{ID: "een", Err: gone})
	if !strings.Contains(err.Error(), "sluis send --profiel map/vc-1 --hervat") || !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if refused := notDelivered("vc-1", client.Sent{}, &client.Problem{Detail: "Nee."}); strings.Contains(refused.Error(), "hervat") {
		t.Errorf("a refusal is not in doubt: %v", refused)
	}
	if before := notDelivered("vc-1", client.Sent{}, gone); strings.Contains(before.Error(), "aangekomen") || strings.Contains(before.Error(), "hervat") {
		t.Errorf("nothing was handed over, and the sender would think that it may have arrived: %v", before)
	}
}
