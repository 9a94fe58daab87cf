package api

import (
	"bufio"
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// FuzzStranger gives whole requests to the handler, as somebody without a certificate would: never a 5xx, always a problem where it
// is no success, no text of his in the log, and nothing that only a caller may have.
func FuzzStranger(f *testing.F) {
	f.Add("GET /v1/soorten HTTP/1.1\r\nHost: a\r\nAccept: application/json\r\n\r\n")
	f.Add("GET /v1/soorten/signaal/schema HTTP/1.1\r\nHost: a\r\n\r\n")
	f.Add("POST /v1/berichten HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a.b.c\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 4\r\n\r\n--b-")
	f.Add("GET /v1/berichten/%2e%2e?map=in HTTP/1.1\r\nHost: a\r\ntraceparent: 00-x\r\nX-Request-ID: y\r\n\r\n")
	f.Add("BREW /.well-known/authzen-configuration?a=%zz HTTP/1.1\r\nHost: a\r\nAccept: */*;q=2\r\n\r\n")
	var log bytes.Buffer
	s := lonely(&log)
	s.Log = new(audit.Sequencer) // which lost nothing
	s.Schemas, s.Words, s.LogKey, s.openapi = message.DefaultSchemas(), vocabulary.Default(), "sleutel", []byte("{}")
	for _, r := range routes() {
		s.known[r.path] = true
	}
	h := s.handler()
	f.Fuzz(func(t *testing.T, text string) {
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(text)))
		if err != nil || strings.HasPrefix(r.URL.Path, "/log/") { // the log is for anyone, and not here
			return
		}
		r.RemoteAddr = "192.0.2.1:1"
		s.strangers = newLimiter(Limits{}, s.strangers.now)
		log.Reset()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code >= 400 && w.Header().Get("Content-Type") != problemType {
			t.Fatalf("%d %s: %s", w.Code, w.Header().Get("Content-Type"), w.Body)
		}
		if strings.Count(log.String(), "\n") != 1 || !strings.Contains(log.String(), "msg=request ") {
			t.Fatalf("log: %s", log.String())
		}
	})
}
