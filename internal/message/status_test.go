package message_test

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

func TestMovesAreTheArrowsOfTheDesign(t *testing.T) {
	confirmations := []message.ConfirmationKind{
		message.Received, message.Unreadable, message.TakenOver, message.HandedBack, message.Closed, "verlopen", "aangeboden", "",
	}
	allowed := map[message.Status]map[message.ConfirmationKind]bool{
		"aangeboden":   {"ontvangen": true, "onleesbaar": true, "overgenomen": true, "teruggegeven": true},
		"onleesbaar":   {"ontvangen": true},
		"ontvangen":    {"overgenomen": true, "teruggegeven": true},
		"overgenomen":  {"afgesloten": true},
		"teruggegeven": {"afgesloten": true},
		"afgesloten":   {},
		"verlopen":     {},
		"onbekend":     {},
	}
	for from, to := range allowed {
		for _, kind := range confirmations {
			got, err := message.Next(from, kind)
			switch {
			case to[kind] && (err != nil || got != message.Status(kind)):
				t.Errorf("%s → %s: got %s, %v", from, kind, got, err)
			case !to[kind] && (!errors.Is(err, message.ErrTransition) || got != from):
				t.Errorf("%s → %s: got %s, %v, want to stay with ErrTransition", from, kind, got, err)
			}
		}
	}
}

func TestLeastAdvanced(t *testing.T) {
	tests := []struct {
		of   []message.Status
		want message.Status
	}{
		{nil, "aangeboden"},
		{[]message.Status{"afgesloten"}, "afgesloten"},
		{[]message.Status{"overgenomen", "aangeboden", "ontvangen"}, "aangeboden"},
		{[]message.Status{"onleesbaar", "ontvangen"}, "onleesbaar"},
		{[]message.Status{"afgesloten", "verlopen"}, "verlopen"},
		{[]message.Status{"overgenomen", "teruggegeven"}, "teruggegeven"},
		{[]message.Status{"ontvangen", "iets-nieuws"}, "iets-nieuws"},
	}
	for _, test := range tests {
		if got := message.Least(test.of); got != test.want {
			t.Errorf("Least(%v) = %s, want %s", test.of, got, test.want)
		}
	}
}

func TestDelivered(t *testing.T) {
	for status, want := range map[message.Status]bool{
		"aangeboden": false, "onleesbaar": false, "": false, "iets-nieuws": false,
		"ontvangen": true, "overgenomen": true, "teruggegeven": true, "afgesloten": true, "verlopen": true,
	} {
		if got := status.Delivered(); got != want {
			t.Errorf("%q.Delivered() = %v: ciphertext would be erased too early or never", status, got)
		}
	}
}
