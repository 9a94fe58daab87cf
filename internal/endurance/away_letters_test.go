package endurance

import (
	"net/http"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// underWay are letters that are being sent when the database goes.
type underWay struct {
	senders []*desk
	wait    func()

	mu      sync.Mutex
	letters []*letter // that were not accepted, with what was said
}

// underWay begins sending, from four desks, each until one is not accepted; it comes back when every desk had one accepted.
func (s *served) underWay(t *testing.T, p *press) *underWay {
	t.Helper()
	u := &underWay{}
	var begun, ended sync.WaitGroup
	for range 4 {
		d := s.desk(t, "school/vc-1")
		u.senders = append(u.senders, d)
		begun.Add(1)
		ended.Go(func() {
			started := sync.OnceFunc(begun.Done)
			defer started()
			for {
				l, err := p.one("one recipient", d.Person)
				if err != nil {
					t.Error(err)
					return
				}
				began := now()
				l.got = d.call(t.Context(), http.MethodPost, "/v1/berichten", l.contentType, l.body)
				if l.got.status == http.StatusCreated {
					started()
					continue
				}
				if took := time.Since(began); l.got.status != http.StatusServiceUnavailable || took > time.Minute {
					t.Errorf("a letter that was under way is answered %d after %v: %s", l.got.status, took, l.got.body)
				}
				u.mu.Lock()
				u.letters = append(u.letters, l)
				u.mu.Unlock()
				return
			}
		})
	}
	begun.Wait()
	u.wait = ended.Wait
	return u
}

// compare holds what was said of each letter to what is kept, and has it sent again: then it is there once.
func (u *underWay) compare(t *testing.T, s *served) {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	before, err := k.count(t.Context(), u.letters)
	must(t, err)
	for _, l := range u.letters {
		if notKept(l.got) && before[l.id()].Messages > 0 {
			t.Errorf("a sender was told that his letter is not kept, and it is: %s", l.got.body)
		}
		if got, _ := u.senders[0].insist(http.MethodPost, "/v1/berichten", l.contentType, l.body); got.status != http.StatusCreated {
			t.Errorf("sent again, it is answered %d: %s", got.status, got.body)
		}
	}
	none(t, s.compare(t, u.letters)...)
}

// keepsNothingOf sends large messages, which are refused. Nothing of them may stay: not in memory, and not in the gateway's folder, where
// something that waits for better times would stand.
func (s *served) keepsNothingOf(t *testing.T, p *press) {
	t.Helper()
	c := newCrowd(t, s, 16, 8*mebibyte)
	grown := s.growth(t, func() {
		var all sync.WaitGroup
		for _, e := range c.envelopes {
			all.Go(func() {
				if got := c.post(t, e); got.status != http.StatusServiceUnavailable {
					t.Errorf("a large message without a database is answered %d: %s", got.status, got.body)
				}
			})
		}
		all.Wait()
	})
	if grown > 2*boundOne {
		t.Errorf("refusing 16 messages of 8 MiB grows the gateway by %.1f MiB", mib(grown))
	}
	found := places{}
	found.addFolder(t, "folder", s.Config.Dir, time.Time{})
	found.addFolder(t, "beside it", filepath.Dir(s.gate.log), now().Add(-time.Minute))
	if left := (ciphertexts{"large": c.file}).within(found); len(left) > 0 {
		t.Errorf("of what was refused something stands in %v", left)
	}
}
