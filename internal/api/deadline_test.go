package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/auth"
)

// timed is an answer that remembers the deadlines of its connection.
type timed struct {
	*httptest.ResponseRecorder
	read, write time.Time
}

func (w *timed) SetReadDeadline(t time.Time) error  { w.read = t; return nil }
func (w *timed) SetWriteDeadline(t time.Time) error { w.write = t; return nil }

// lonely is a server that knows nobody.
func lonely(log *bytes.Buffer) *server {
	return &server{
		Options: Options{Auth: auth.New("", nil, nil, time.Now), Logger: slog.New(slog.NewTextHandler(log, nil))},
		known:   map[string]bool{}, limiter: newLimiter(Limits{}, time.Now), strangers: newLimiter(Limits{}, time.Now),
	}
}

// TestStrangersGetLittleTime: net/http reads what was announced of a body before it answers, so a body that never comes must
// not hold a connection: on no path at all, and not for as long as an upload may take on a path that is not theirs.
func TestStrangersGetLittleTime(t *testing.T) {
	var log bytes.Buffer
	s := lonely(&log).handler()
	for _, c := range []struct {
		method, path string
	}{
		{http.MethodPost, "/nergens"}, {http.MethodPut, "/v1/berichten"}, {http.MethodPost, "/v1/berichten"}, {http.MethodPost, "/v1/kaarten"},
	} {
		w := &timed{ResponseRecorder: httptest.NewRecorder()}
		s.ServeHTTP(w, httptest.NewRequest(c.method, c.path, strings.NewReader("x")))
		soon := time.Now().Add(quick)
		if w.read.IsZero() || w.write.IsZero() || w.read.After(soon) || w.write.After(soon.Add(tellSlow)) {
			t.Errorf("%s %s: %d, to be read until %s, written until %s", c.method, c.path, w.Code, w.read, w.write)
		}
	}
}

// TestStrangersTakeNoPartysPlace: addresses are easily had, certificates are not.
func TestStrangersTakeNoPartysPlace(t *testing.T) {
	s := lonely(new(bytes.Buffer))
	h := s.handler()
	for i := range maxBuckets {
		r := httptest.NewRequest(http.MethodGet, "/v1/log/sleutel", nil)
		r.RemoteAddr = fmt.Sprintf("[2001:db8::%x]:1", i+1)
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
	if n := len(s.limiter.buckets); n > 0 {
		t.Errorf("%d places of parties were taken", n)
	}
}

// TestFaultsAreLoggedAsFaults: who watches the log sees what goes wrong in Sluis apart from callers who went away, also of what had its own
// time to end in.
func TestFaultsAreLoggedAsFaults(t *testing.T) {
	gone, leave := context.WithCancel(t.Context())
	leave()
	for name, c := range map[string]struct {
		ctx    context.Context
		within time.Duration
		level  string
	}{
		"a fault":           {t.Context(), quick, "level=ERROR"},
		"it took too long":  {t.Context(), tellSlow, "level=ERROR"},
		"the caller is off": {gone, quick, "level=INFO"},
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s := lonely(&log)
			h := guarded(&log, s.serve(route{method: http.MethodGet, who: anyone, gives: []string{typeJSON}, within: c.within,
				handle: func(_ *server, k *call) error {
					if c.within <= tellSlow {
						<-k.Request().Context().Done()
					}
					return errors.New("the disk is full")
				}}))
			r := httptest.NewRequest(http.MethodGet, "/v1/berichten/1", nil).WithContext(c.ctx)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if line, _, _ := strings.Cut(log.String(), "\n"); w.Code != http.StatusServiceUnavailable || !strings.Contains(line, c.level) {
				t.Errorf("%d, and in the log %s", w.Code, line)
			}
		})
	}
}
