package gateway_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestTheDatabaseIsAway: everything that needs it gets 503 with Retry-After, soon; /readyz says what is wrong; it goes on by itself when the
// database is back; and no gateway starts without it.
func TestTheDatabaseIsAway(t *testing.T) {
	cluster := pgtest.Start(t)
	r := gatewaytest.Start(t, gatewaytest.OnDatabase(cluster.Database(t)), gatewaytest.Logger(testLogger(t)))
	e, _, code, answer := post(t, r, r.URL)
	if code != http.StatusCreated {
		t.Fatalf("%d %s", code, answer)
	}
	sender, receiver := r.Person("school/vc-1"), r.Person("politie/wa-7")
	envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 1000)
	cluster.Kill()
	for name, call := range map[string]func() (*http.Response, error){
		"sending":   func() (*http.Response, error) { return sender.SendTo(r.URL, envelope, payload) },
		"the inbox": func() (*http.Response, error) { return receiver.HTTP().Get(r.URL + "/v1/berichten?map=in&wacht=5") },
		"fetching": func() (*http.Response, error) {
			return receiver.HTTP().Get(r.URL + "/v1/berichten/" + e.ID + "/lading")
		},
		"the stream": func() (*http.Response, error) { return receiver.HTTP().Get(r.URL + "/v1/gebeurtenissen") },
		"the trail": func() (*http.Response, error) {
			return sender.HTTP().Get(r.URL + "/v1/auditregels?logdoel=rechtmatigheid")
		},
		"a new card": func() (*http.Response, error) {
			return sender.Party.HTTP().Post(r.URL+"/v1/kaarten", "application/jose", strings.NewReader(sender.Party.Cards[0]))
		},
	} {
		start := time.Now()
		resp, err := call()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		body := textOf(t, resp)
		if resp.StatusCode != http.StatusServiceUnavailable || resp.Header.Get("Retry-After") == "" || time.Since(start) > 40*time.Second {
			t.Errorf("%s: %d after %v: %s", name, resp.StatusCode, time.Since(start), body)
		}
	}
	if code, body := ready(t, r); code != http.StatusServiceUnavailable || !strings.Contains(body, "De database is niet te bereiken") {
		t.Errorf("/readyz: %d %s", code, body)
	}
	second := r.Config
	second.Dir, second.API.Listen = t.TempDir(), "127.0.0.1:0"
	second.Log.KeyFile = r.Config.Dir + "/log.key"
	start := time.Now()
	if g, err := gateway.New(t.Context(), second, testLogger(t)); err == nil || g != nil || time.Since(start) > 40*time.Second {
		t.Errorf("a start without its database, after %v: %v", time.Since(start), err)
	}
	cluster.Restart(t)
	start = time.Now()
	for {
		if got := status(sender.SendTo(r.URL, envelope, payload)); got == http.StatusCreated {
			break
		} else if got != http.StatusServiceUnavailable || time.Since(start) > time.Minute {
			t.Fatalf("the database is back since %v: %d", time.Since(start), got)
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Logf("it went on %v after the database was back", time.Since(start))
	if code, body := ready(t, r); code != http.StatusOK {
		t.Errorf("/readyz: %d %s", code, body)
	}
}

// TestTheQueueIsFull: who would have to wait behind more than may wait is told so at once, and gets in when there is room.
func TestTheQueueIsFull(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.OnPostgres(), gatewaytest.With(func(c *gateway.Config) { c.Log.Queue = 2 }))
	conn, err := pgx.Connect(t.Context(), r.Database.Owner)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	// As another process does that is slow with its batch.
	if _, err := conn.Exec(t.Context(), "BEGIN; SELECT 1 FROM sluis.head FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	var mu sync.Mutex
	busy, others := 0, 0
	first := make(chan struct{}, 20)
	for range cap(first) {
		envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 100)
		all.Go(func() {
			for {
				resp, err := r.Person("school/vc-1").SendTo(r.URL, envelope, payload)
				if err != nil {
					t.Error(err)
					return
				}
				body := textOf(t, resp)
				if resp.StatusCode == http.StatusCreated {
					return
				}
				mu.Lock()
				if resp.StatusCode == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") != "" && strings.Contains(body, "te druk") {
					busy++
				} else {
					others++
				}
				mu.Unlock()
				first <- struct{}{}
				time.Sleep(100 * time.Millisecond)
			}
		})
	}
	for range 10 {
		<-first
	}
	if _, err := conn.Exec(t.Context(), "ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	go func() {
		for range first {
		}
	}()
	all.Wait()
	close(first)
	if busy < 10 || others > 0 {
		t.Errorf("%d were told that it is too busy, %d something else", busy, others)
	}
}
