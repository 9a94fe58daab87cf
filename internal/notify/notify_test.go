package notify

import (
	"context"
	"sync"
	"testing"
	"time"
)

// TestNoWakeUpIsLost: whoever asked for the channel before the wake-up hears of it, however late it looks.
func TestNoWakeUpIsLost(t *testing.T) {
	var h Hub
	c := h.Wait("a")
	h.Wake("a")
	if !Until(t.Context(), c) {
		t.Error("a wake-up between asking and receiving was lost")
	}
}

func TestOnlyThePartyIsWoken(t *testing.T) {
	var h Hub
	other := h.Wait("b")
	h.Wake("a")
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if Until(ctx, other) {
		t.Error("another party was woken")
	}
	if h.Wait("b") != other {
		t.Error("waiters of one party do not share a wake-up")
	}
}

// TestAWakeUpIsForThoseWhoWaited: the next to wait waits for the next one.
func TestAWakeUpIsForThoseWhoWaited(t *testing.T) {
	var h Hub
	first := h.Wait("a")
	h.Wake("a")
	if second := h.Wait("a"); second == first {
		t.Error("an old wake-up wakes again")
	}
}

// TestNobodyWaitsForWaiters: many wake and wait at once, and every waiter is woken.
func TestNobodyWaitsForWaiters(t *testing.T) {
	var h Hub
	var woken, waking sync.WaitGroup
	stop := make(chan struct{})
	waking.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
				h.Wake("a")
			}
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for range 50 {
		woken.Go(func() {
			if !Until(ctx, h.Wait("a")) {
				t.Error("somebody was never woken")
			}
		})
	}
	woken.Wait()
	close(stop)
	waking.Wait()
}
