package gateway_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

func testLogger(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
}

// TestLogKey: made at the first start, kept to, and never replaced.
func TestLogKey(t *testing.T) {
	r := gatewaytest.Start(t)
	key := filepath.Join(r.Config.Dir, "log.key")
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("log.key: %v, %v", info, err)
	}
	first := r.Gateway.LogVerifierKey()
	if r.Restart(); r.Gateway.LogVerifierKey() != first {
		t.Error("a restart made another key")
	}
	r.Stop()
	if err := os.Rename(key, key+".weg"); err != nil {
		t.Fatal(err)
	}
	if _, err := gateway.New(t.Context(), r.Config, testLogger(t)); !errors.Is(err, gateway.ErrLogKeyMissing) {
		t.Errorf("without its key: %v", err)
	}
	if _, err := os.Stat(key); err == nil {
		t.Error("a new key was made for a log that is not empty")
	}
	if err := os.Rename(key+".weg", key); err != nil {
		t.Fatal(err)
	}
	moved := r.Config
	moved.API.PublicURL = "https://elders.example"
	if _, err := gateway.New(t.Context(), moved, testLogger(t)); !errors.Is(err, gateway.ErrLogKeyName) {
		t.Errorf("at another address: %v", err)
	}
	r.Restart()
}

// TestAddressesAreWritten for whoever asked for a free port.
func TestAddressesAreWritten(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare(), gatewaytest.With(func(c *gateway.Config) { c.API.Listen, c.API.PublicURL = "127.0.0.1:0", "" }))
	data, err := os.ReadFile(filepath.Join(r.Config.Dir, "adressen.json"))
	if err != nil {
		t.Fatal(err)
	}
	var a gateway.Addresses
	if err := json.Unmarshal(data, &a); err != nil || a != r.Gateway.Addresses() {
		t.Errorf("%s: %v", data, err)
	}
	if r.Gateway.Origin() == r.URL {
		t.Error("the origin is not the address in use")
	}
}

// TestWrongConfigurationDoesNotStart, and leaves nothing open.
func TestWrongConfigurationDoesNotStart(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Stop()
	wrong := r.Config
	wrong.API.KeyFile = wrong.API.CertFile // a certificate is no key; found when everything else is open
	if _, err := gateway.New(t.Context(), wrong, testLogger(t)); err == nil {
		t.Error("started without a key")
	}
	r.Restart() // works only when the failed start let go of the store and the addresses
}

// TestTLS: nothing older than 1.2, only the ciphers that the NCSC calls good, HTTP/2 where it can be had.
func TestTLS(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	dial := func(c *tls.Config) (tls.ConnectionState, error) {
		c.RootCAs, c.ServerName = r.CA.Pool(), "localhost"
		conn, err := tls.Dial("tcp", r.Gateway.Addresses().API, c)
		if err != nil {
			return tls.ConnectionState{}, err
		}
		defer conn.Close()
		return conn.ConnectionState(), nil
	}
	if _, err := dial(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}); err == nil {
		t.Error("TLS 1.1 is accepted")
	}
	var weak []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		good := bytes.Contains([]byte(s.Name), []byte("_ECDHE_")) && (bytes.Contains([]byte(s.Name), []byte("_GCM_")) || bytes.Contains([]byte(s.Name), []byte("_CHACHA20_")))
		if !good {
			weak = append(weak, s.ID)
		}
	}
	if state, err := dial(&tls.Config{MaxVersion: tls.VersionTLS12, CipherSuites: weak}); err == nil {
		t.Errorf("%s is accepted", tls.CipherSuiteName(state.CipherSuite))
	}
	if state, err := dial(&tls.Config{NextProtos: []string{"h2"}}); err != nil || state.NegotiatedProtocol != "h2" || state.Version != tls.VersionTLS13 {
		t.Errorf("got %+v, %v", state.NegotiatedProtocol, err)
	}
}

// TestHealth: /livez, /readyz and /metrics on the admin listener, and nothing else.
func TestHealth(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	for path, want := range map[string]int{"/livez": 200, "/readyz": 200, "/metrics": 200, "/v1/kaarten": 404} {
		resp, err := http.Get("http://" + r.Gateway.Addresses().Admin + path)
		if err != nil {
			t.Fatal(err)
		}
		if resp.Body.Close(); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, resp.StatusCode, want)
		}
	}
}

// TestShutdownFinishesWhatIsUnderWay: a message whose payload is still coming in when the gateway is told to stop is accepted, and
// is there after the next start; a long poll ends at once.
func TestShutdownFinishesWhatIsUnderWay(t *testing.T) {
	r := gatewaytest.Start(t)
	sender, receiver := r.Person("school/vc-1"), r.Person("politie/wa-7")
	e := r.Signal("school/vc-1", "politie/wa-7")
	envelope, payload := r.Seal(e, 1<<20)
	body, contentType := gatewaytest.Form(gatewaytest.Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		gatewaytest.Part{Name: "lading", Type: "application/octet-stream", Data: payload})

	polled := make(chan int, 1)
	asked := make(chan struct{})
	trace := &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { close(asked) }}
	poll, err := http.NewRequestWithContext(httptrace.WithClientTrace(t.Context(), trace), http.MethodGet, r.URL+"/v1/berichten?map=in&wacht=30", nil)
	if err != nil {
		t.Fatal(err)
	}
	go func() { polled <- status(receiver.HTTP().Do(poll)) }()
	<-asked
	slow, feed := io.Pipe()
	done := make(chan int, 1)
	go func() { done <- status(sender.HTTP().Post(r.URL+"/v1/berichten", contentType, slow)) }()
	half := len(body) / 2
	if _, err := feed.Write(body[:half]); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second) // until the gateway, which has got the calls, has them in hand

	closed := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		closed <- r.Gateway.Close(ctx)
	}()
	select {
	case got := <-polled:
		if got != http.StatusOK {
			t.Errorf("the long poll got %d", got)
		}
	case <-time.After(20 * time.Second):
		t.Error("the long poll holds the gateway up")
	}
	select {
	case err := <-closed:
		t.Fatalf("the gateway did not wait for the message: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	if _, err := feed.Write(body[half:]); err != nil {
		t.Fatal(err)
	}
	feed.Close()
	if got := <-done; got != http.StatusCreated {
		t.Errorf("the message under way got %d", got)
	}
	if err := <-closed; err != nil {
		t.Errorf("stopping: %v", err)
	}
	r.Restart()
	if got := status(receiver.HTTP().Get(r.URL + "/v1/berichten/" + e.ID + "/lading")); got != http.StatusOK {
		t.Errorf("after the restart: %d", got)
	}
}

// status reads an answer to its end; 0 when there is none.
func status(resp *http.Response, err error) int {
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return 0
	}
	return resp.StatusCode
}
