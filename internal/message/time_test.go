package message_test

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

func TestParseTime(t *testing.T) {
	for text, ok := range map[string]bool{
		"2026-11-21T10:00:00Z":                 true,
		"2026-11-21T10:00:00.123456789+01:00":  true,
		"2026-11-21T10:00:00-00:00":            true,
		"2026-11-21T10:00:00.1234567890+01:00": false, // longer than 35
		"2026-11-21t10:00:00z":                 false,
		"2026-11-21 10:00:00Z":                 false,
		"2026-11-21T10:00:00":                  false,
		"2026-11-21T10:00:00,5Z":               false,
		"2026-11-21T1:00:00Z":                  false,
		"2026-02-30T10:00:00Z":                 false,
		"2026-11-21T10:00:00+25:00":            false,
		"2026-11-21":                           false,
		"":                                     false,
	} {
		got, err := message.ParseTime(text)
		if ok != (err == nil) {
			t.Errorf("ParseTime(%q): %v", text, err)
		}
		if err == nil && got.Text != text {
			t.Errorf("ParseTime(%q) rewrote it to %q", text, got.Text)
		}
		if err != nil && !errors.As(err, new(fault.List)) {
			t.Errorf("ParseTime(%q): %T is no fault.List", text, err)
		}
	}
}

func TestNewTimeIsUTC(t *testing.T) {
	amsterdam := time.FixedZone("", 3600)
	got := message.NewTime(time.Date(2026, 11, 21, 11, 0, 0, 999, amsterdam))
	if want := "2026-11-21T10:00:00Z"; got.Text != want {
		t.Errorf("got %s, want %s", got.Text, want)
	}
}

func TestTimeAsJSON(t *testing.T) {
	var got message.Time
	if err := got.UnmarshalJSON([]byte(`"2026-11-21T11:00:00+01:00"`)); err != nil {
		t.Fatal(err)
	}
	if data, err := got.MarshalJSON(); err != nil || string(data) != `"2026-11-21T11:00:00+01:00"` {
		t.Errorf("got %s, %v", data, err)
	}
	for _, wrong := range []string{`"morgen"`, `1`, `{}`} {
		if err := got.UnmarshalJSON([]byte(wrong)); err == nil {
			t.Errorf("%s was read as a time", wrong)
		}
	}
}

func TestCheckClock(t *testing.T) {
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	for apart, ok := range map[time.Duration]bool{
		0:                                true,
		message.ClockSkew:                true,
		-message.ClockSkew:               true,
		message.ClockSkew + time.Second:  false,
		-message.ClockSkew - time.Second: false,
		10 * time.Minute:                 false,
	} {
		e := message.Envelope{Time: message.NewTime(now.Add(apart))}
		if err := e.CheckClock(now); ok != (err == nil) {
			t.Errorf("an envelope %v apart: %v", apart, err)
		}
		c := message.Confirmation{Time: message.NewTime(now.Add(apart))}
		if err := c.CheckClock(now); ok != (err == nil) {
			t.Errorf("a confirmation %v apart: %v", apart, err)
		}
	}
}
