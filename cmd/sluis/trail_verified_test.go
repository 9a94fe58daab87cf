package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// TestProgressOfACheck: nothing at first, then a line a second that is written over, and nothing is left of it.
func TestProgressOfACheck(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := &progress{out: &out, now: func() time.Time { return now }, next: now.Add(quietAtFirst)}
	for range 10 { // five seconds
		now = now.Add(500 * time.Millisecond)
		p.tell(now.Unix()*100, 700)
	}
	p.clear()
	want := "\r300 van 700 regels gecontroleerd (42%)" + "\r400 van 700 regels gecontroleerd (57%)" + "\r500 van 700 regels gecontroleerd (71%)" +
		"\r" + strings.Repeat(" ", 38) + "\r"
	if out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	quick := &progress{out: &out, now: func() time.Time { return now }, next: now.Add(quietAtFirst)}
	quick.tell(1, 1)
	quick.clear()
	if out.Len() != 0 {
		t.Errorf("of a check that took no time: %q", out.String())
	}
}

// TestABrokenOffCheckSaysNothing: neither that the trail is sound, nor that it is not.
func TestABrokenOffCheckSaysNothing(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Stop()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	err := runIn(ctx, &out, io.Discard, "trail", "verify", "--dir", r.Config.Dir)
	if !errors.Is(err, errBrokenOff) || out.Len() != 0 {
		t.Errorf("%v, and %q", err, out.String())
	}
}
