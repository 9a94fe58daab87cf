package gateway_test

import (
	"context"
	"crypto/tls"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestAGatewayThatStopsSaysSoFirst: /readyz says no and connections are told to go elsewhere, while calls are still answered; then no more.
func TestAGatewayThatStopsSaysSoFirst(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.With(func(c *gateway.Config) { c.API.Drain = 10 * time.Second }))
	closed := make(chan error, 1)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		closed <- r.Gateway.Close(ctx)
	}()
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if code, _ := ready(t, r); code == http.StatusServiceUnavailable {
			break
		} else if time.Now().After(deadline) {
			t.Fatal("/readyz does not say that it stops")
		}
	}
	if _, _, code, answer := post(t, r, r.URL); code != http.StatusCreated {
		t.Errorf("while it stops: %d %s", code, answer)
	}
	one := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: r.CA.Pool()}}} // HTTP/1.1
	resp, err := one.Get(r.URL + "/v1/soorten")
	if err != nil || resp.StatusCode != http.StatusOK || !resp.Close {
		t.Errorf("a connection is not told to go elsewhere: %+v, %v", resp, err)
	}
	textOf(t, resp)
	if err := <-closed; err != nil {
		t.Errorf("stopping: %v", err)
	}
	if got := status(one.Get(r.URL + "/v1/soorten")); got != 0 {
		t.Errorf("after it stopped: %d", got)
	}
}

// TestARollingRestart refuses nobody for good: clients that send again as clients do, at the other gateway, all get their message in, once.
func TestARollingRestart(t *testing.T) {
	drain := gatewaytest.With(func(c *gateway.Config) { c.API.Drain = 200 * time.Millisecond })
	r := gatewaytest.Start(t, gatewaytest.OnPostgres(), drain)
	other := r.Another()
	urls := []string{r.URL, other.URL}
	var sent, retried atomic.Int64
	stop := make(chan struct{})
	var all sync.WaitGroup
	for i := range 6 {
		all.Go(func() {
			for n := i; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				envelope, payload := r.Seal(r.Signal("school/vc-1", "politie/wa-7"), 2000)
				for try := 0; ; try++ {
					got := status(r.Person("school/vc-1").SendTo(urls[(n+try)%2], envelope, payload))
					if got == http.StatusCreated || got == http.StatusOK {
						sent.Add(1)
						break
					}
					if got != 0 && got != http.StatusServiceUnavailable || try == 50 {
						t.Errorf("a message was refused for good: %d, after %d tries", got, try)
						return
					}
					retried.Add(1)
					time.Sleep(50 * time.Millisecond)
				}
			}
		})
	}
	for range 2 {
		time.Sleep(300 * time.Millisecond)
		r.Restart()
		time.Sleep(300 * time.Millisecond)
		other.Stop()
		other.Start()
	}
	time.Sleep(300 * time.Millisecond)
	close(stop)
	all.Wait()
	if sent.Load() == 0 {
		t.Error("nothing was sent")
	}
	t.Logf("%d messages, %d tries in vain", sent.Load(), retried.Load())
}
