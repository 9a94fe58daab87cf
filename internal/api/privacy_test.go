package api_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// record keeps what a gateway logs.
type record struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.Write(p)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.b.String()
}

// TestLogHoldsNothingPersonal: not the id of a message or a person, no token, no path or query as it was asked, nothing of a body.
func TestLogHoldsNothingPersonal(t *testing.T) {
	var log record
	r := gatewaytest.Start(t, gatewaytest.Logger(slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
	sender, receiver := r.Person("school/vc-1"), r.Person("politie/wa-7")
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 10)
	sent(t, sender.Send(envelope, payload)).is(t, http.StatusCreated)
	sent(t, sender.Send("geheim-123456782", payload)).is(t, http.StatusBadRequest)
	token := sender.Token(nil)
	get(t, sender.Party.HTTP(), r.URL+"/v1/berichten/"+e.ID, "Authorization", "Bearer "+token).is(t, http.StatusOK)
	get(t, receiver.HTTP(), r.URL+"/v1/berichten/"+e.ID+"/lading").is(t, http.StatusOK)
	get(t, sender.HTTP(), r.URL+"/v1/zaken/"+e.Case).is(t, http.StatusOK)
	wrong(t, sender.HTTP(), http.MethodGet, r.URL+"/v1/123456782?bsn=123456782", "", "").is(t, http.StatusNotFound)
	wrong(t, sender.HTTP(), http.MethodGet, r.URL+"/v1/berichten?map=in&123456782=1", "", "", "X-Request-ID", "bsn-123456782").is(t, http.StatusBadRequest)
	wrong(t, sender.HTTP(), "BSN123456782", r.URL+"/v1/berichten", "", "").is(t, http.StatusMethodNotAllowed)

	text := log.String()
	for name, secret := range map[string]string{
		"the id of a message": e.ID, "a case": e.Case, "a token": token[len(token)-40:], "an envelope": envelope[100:140],
		"a person": `"vc-1"`, "another person": `"wa-7"`, "what was sent": "123456782", "a query": "map=in", "a day key": "dagsleutel",
	} {
		if strings.Contains(text, secret) {
			t.Errorf("the log holds %s", name)
		}
	}
	for _, want := range []string{`"route":"/v1/berichten/:id/lading"`, `"status":201`, string(sender.Party.OIN), `"route":"(none)"`, `"method":"(other)"`} {
		if !strings.Contains(text, want) {
			t.Errorf("the log has no %s", want)
		}
	}
}
