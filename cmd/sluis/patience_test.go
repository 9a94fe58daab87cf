package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestLongListWaitsForTheGateway: a list that takes more calls than the gateway lets a party make at once is shown whole.
func TestLongListWaitsForTheGateway(t *testing.T) {
	region := gatewaytest.Start(t)
	sender := region.Person("school/vc-1")
	var ids []string
	for range 12 {
		e := region.Signal("school/vc-1", "politie/wa-7")
		envelope, payload := region.Seal(e, 100)
		resp := sender.Send(envelope, payload)
		answer, err := io.ReadAll(resp.Body)
		check(t, err)
		resp.Body.Close()
		if resp.StatusCode != http.StatusCreated {
			t.Fatalf("sending: %s: %s", resp.Status, answer)
		}
		ids = append(ids, e.ID)
	}
	region.Restart(func(c *gateway.Config) { c.Limits.RequestsPerSecond, c.Limits.Burst = 10, 6 })
	var out, say bytes.Buffer
	root := newRoot()
	root.SetArgs([]string{"inbox", "--verstuurd", "--profiel", sender.Profile})
	root.SetOut(&out)
	root.SetErr(&say)
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, say.String())
	}
	for _, id := range ids {
		if !strings.Contains(out.String(), id) {
			t.Errorf("message %s is missing", id)
		}
	}
	if marks := strings.Count(out.String(), "reactie van wijkagent"); marks != len(ids) {
		t.Errorf("%d of %d messages say by when a reaction is due", marks, len(ids))
	}
}
