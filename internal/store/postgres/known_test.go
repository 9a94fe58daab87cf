package postgres

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
)

// TestKnownTogether: what many ask at once is answered to each about his own, also while somebody goes away.
func TestKnownTogether(t *testing.T) {
	db := migrated(t)
	s := opened(t, db)
	fillMessages(t, db.Cluster.Admin(db.Name), 500)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	var all sync.WaitGroup
	for i := range 1000 { // of which the first half is there
		all.Go(func() {
			if i%10 == 0 {
				if _, err := s.Known(gone, "m-1", "z-1"); err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
			}
			known, err := s.Known(t.Context(), fmt.Sprint("m-", i), fmt.Sprint("z-", (i+250)%1000))
			if err != nil || known.Sent != (i < 500) || known.Began != ((i+250)%1000 < 500) {
				t.Errorf("%d: %+v %v", i, known, err)
			}
		})
	}
	all.Wait()
	s.knowing.mu.Lock()
	defer s.knowing.mu.Unlock()
	if s.knowing.asking || len(s.knowing.waiting) > 0 {
		t.Error("somebody still asks")
	}
}

// TestKnownOfAServerThatIsAway: everybody who asks is told so, and none is left waiting.
func TestKnownOfAServerThatIsAway(t *testing.T) {
	s := opened(t, migrated(t))
	s.pool.Close()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			if known, err := s.Known(t.Context(), "m-1", "z-1"); err == nil || known.Sent || known.Began {
				t.Errorf("%+v %v", known, err)
			}
		})
	}
	all.Wait()
}
