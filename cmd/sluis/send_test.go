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
	err := notDelivered(client.Sent{}, gone)
	if !strings.Contains(err.Error(), "sluis inbox --verstuurd") || !errors.Is(err, gone) {
		t.Errorf("got %v", err)
	}
	if refused := notDelivered(client.Sent{}, &client.Problem{Detail: "Nee."}); strings.Contains(refused.Error(), "inbox") {
		t.Errorf("a refusal is not in doubt: %v", refused)
	}
}
