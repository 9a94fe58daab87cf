package api

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// Keys of what guard and admit leave in the context of a request.
const (
	keyRequest = "sluis.verzoek" // UUID of the request
	keyParty   = "sluis.partij"  // OIN of the caller
	keyFault   = "sluis.fout"    // code of the refusal
)

// saneID is an X-Request-ID that is sent back under /v1: nothing that could break a header or a log line.
var saneID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// anyID is one that is sent back on the paths of AuthZEN, where it is "an arbitrary string" and must come back the same.
var anyID = regexp.MustCompile(`^[\x20-\x7e]{1,1000}$`)

// guard goes around everything, also around what no route answers: ids, headers, the access log, and the net under panics.
func (s *server) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		within(c, quick)
		id := identify(c)
		securityHeaders(c.Response().Header())
		select {
		case <-s.Stopping: // the next call goes elsewhere (HTTP/2: GOAWAY)
			c.Response().Header().Set("Connection", "close")
		default:
		}
		traceID, spanID := trace(c.Request().Header.Values("traceparent"))
		c.SetRequest(c.Request().WithContext(audit.WithTrace(c.Request().Context(), traceID, spanID)))

		err := s.caught(c, next)
		begun := c.Response().Committed
		if err != nil {
			s.answerError(err, c)
		}
		s.Logger.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
			slog.String("method", s.method(c)),
			slog.String("route", s.pattern(c)),
			slog.Int("status", c.Response().Status),
			slog.Duration("duration", time.Since(start)),
			slog.String("request", id),
			slog.String("trace", traceID),
			slog.String("party", stringOf(c.Get(keyParty))),
			slog.String("fault", stringOf(c.Get(keyFault))))
		if err != nil && begun {
			// The only honest thing left is to cut the answer off, so that nobody takes it for whole.
			panic(http.ErrAbortHandler)
		}
		return nil
	}
}

// within sets until when the request may be read and the answer written, so that nobody can hold a connection open. It is short
// until the route is known and the caller too: net/http reads what is left of a body before it answers, also where nothing is.
func within(c echo.Context, d time.Duration) {
	rc, deadline := http.NewResponseController(c.Response()), time.Now().Add(d)
	// Not every connection can (tests with a recorder); the server's own time-outs then hold. net/http cancels a request whose
	// background read times out, so the read deadline is the one that counts; writing goes on a little longer, because who sent
	// his body too slowly must be told so.
	_ = rc.SetReadDeadline(deadline)
	_ = rc.SetWriteDeadline(deadline.Add(tellSlow))
}

// tellSlow is how long telling somebody that he was too slow may take.
const tellSlow = 5 * time.Second

// caught turns a panic into an error, which becomes a 503: a fault of Sluis is never a yes, and shows nothing.
func (s *server) caught(c echo.Context, next echo.HandlerFunc) (err error) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if e, ok := p.(error); ok && errors.Is(e, http.ErrAbortHandler) {
			panic(p) // the one panic with a meaning for net/http: cut the connection
		}
		// The value of a panic can quote data; its type and the stack cannot.
		s.Logger.Error("panic in a handler", "request", stringOf(c.Get(keyRequest)), "route", s.pattern(c),
			"type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		err = errPanicked
	}()
	return next(c)
}

// errPanicked: what was being kept may have been.
var errPanicked = fmt.Errorf("handler panicked: %w", audit.ErrInDoubt)

// identify gives the request a UUID: the caller's X-Request-ID when that is one, else a new one. A sane X-Request-ID goes back
// as it came (AuthZEN 1.0, "Request Identification"), but a stranger's text never enters the log.
func identify(c echo.Context) string {
	own := c.Request().Header.Get("X-Request-ID")
	id := ""
	if u, err := uuid.Parse(own); err == nil && len(own) == 36 {
		id = u.String()
	} else {
		id = uuid.Must(uuid.NewV7()).String()
	}
	form := saneID
	if strings.HasPrefix(c.Request().URL.Path, "/access/") {
		form = anyID
	}
	if !form.MatchString(own) {
		own = id
	}
	c.Response().Header().Set("X-Request-ID", own)
	c.Set(keyRequest, id)
	return id
}

// securityHeaders sets what the NL API Design Rules ask (transport/security-headers), and the version (version-header).
func securityHeaders(h http.Header) {
	h.Set("API-Version", Version)
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("Strict-Transport-Security", "max-age=31536000")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
}

// pattern gives the route that answered, never the path that was asked: that can hold an id.
func (s *server) pattern(c echo.Context) string {
	if p := c.Path(); s.known[p] {
		return p
	}
	return "(none)"
}

// method gives the method when it is one that HTTP knows: any other is a stranger's text.
func (s *server) method(c echo.Context) string {
	switch m := c.Request().Method; m {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return m
	}
	return "(other)"
}

func stringOf(v any) string {
	s, _ := v.(string)
	return s
}
