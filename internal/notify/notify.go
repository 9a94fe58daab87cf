// Package notify tells who must hear of a message: within this process it wakes those who wait for their inbox (long poll and
// server-sent events). What other processes took in, the gateway hears from the store, and wakes for it here. Calls to a party's own address come with a later version.
//
// It promises that a wake-up after [Hub.Wait] was called is never lost, and that nobody who wakes others ever waits for them.
// It carries no content: only that there is something for a party.
package notify

import (
	"context"
	"sync"
)

// Hub wakes waiters by party. The zero value is ready to use and safe for concurrent use.
type Hub struct {
	mu      sync.Mutex
	waiting map[string]chan struct{}
}

// Wake wakes everybody who waits for a party.
func (h *Hub) Wake(oin string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c, ok := h.waiting[oin]; ok {
		close(c)
		delete(h.waiting, oin)
	}
}

// WakeAll wakes everybody: something may be new for anybody.
func (h *Hub) WakeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.waiting {
		close(c)
	}
	clear(h.waiting)
}

// Wait gives a channel that is closed at the next Wake for the party. Look for what there is after calling Wait and before
// receiving from the channel, and no wake-up is lost.
func (h *Hub) Wait(oin string) <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.waiting == nil {
		h.waiting = make(map[string]chan struct{})
	}
	c, ok := h.waiting[oin]
	if !ok {
		c = make(chan struct{})
		h.waiting[oin] = c
	}
	return c
}

// Until waits for the channel or the context; it reports whether there was a wake-up.
func Until(ctx context.Context, c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	case <-ctx.Done():
		return false
	}
}
