package api

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// guarded gives a server whose every handler is h.
func guarded(log *bytes.Buffer, h echo.HandlerFunc) http.Handler {
	s := &server{known: map[string]bool{"/v1/berichten/:id": true}}
	s.Logger = slog.New(slog.NewTextHandler(log, nil))
	e := echo.New()
	e.HTTPErrorHandler = s.answerError
	e.Pre(s.guard)
	e.GET("/v1/berichten/:id", h)
	return e
}

// TestFaultsOfSluisAre503: a panic and an unknown error alike, with nothing in the answer and no value of a panic in the log.
func TestFaultsOfSluisAre503(t *testing.T) {
	for name, h := range map[string]echo.HandlerFunc{
		"panic":         func(echo.Context) error { panic("persoonsgegeven") },
		"unknown error": func(echo.Context) error { return errors.New("the disk is full") },
		"echo's 500":    func(echo.Context) error { return echo.ErrInternalServerError },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			w := httptest.NewRecorder()
			guarded(&log, h).ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/v1/berichten/geheim", nil))
			if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || w.Header().Get("Content-Type") != problemType {
				t.Errorf("got %d %v", w.Code, w.Header())
			}
			if strings.Contains(w.Body.String(), "disk") || strings.Contains(log.String(), "persoonsgegeven") || strings.Contains(log.String(), "geheim") {
				t.Errorf("too much is told: %s %s", w.Body, log.String())
			}
			if !strings.Contains(log.String(), "status=503") || !strings.Contains(log.String(), "fault=nu-niet-mogelijk") {
				t.Errorf("log: %s", log.String())
			}
		})
	}
}

// TestBrokenAnswersAreCutOff: an answer that began and cannot be finished must not look whole; it is in the log all the same.
func TestBrokenAnswersAreCutOff(t *testing.T) {
	var log bytes.Buffer
	server := httptest.NewServer(guarded(&log, func(c echo.Context) error {
		c.Response().Header().Set("Content-Length", "10")
		c.Response().WriteHeader(http.StatusOK)
		_, _ = c.Response().Write([]byte("half"))
		c.Response().Flush()
		return errors.New("the rest is gone")
	}))
	defer server.Close()
	resp, err := http.Get(server.URL + "/v1/berichten/1")
	if err == nil {
		_, err = new(bytes.Buffer).ReadFrom(resp.Body)
		resp.Body.Close()
	}
	if err == nil {
		t.Error("half an answer looks whole")
	}
	server.Close()
	if !strings.Contains(log.String(), "msg=request ") {
		t.Errorf("log: %s", log.String())
	}
}
