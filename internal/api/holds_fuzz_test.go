package api

import (
	"slices"
	"testing"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// FuzzHold: of what somebody writes about a hold, nothing but a code of the closed list comes in.
func FuzzHold(f *testing.F) {
	for _, body := range []string{`{"reden":"bezwaar"}`, `{"reden":"klacht","toelichting":"x"}`, `{"reden":"klacht","reden":"klacht"}`, `{"reden":null}`, `[]`, `{"reden":"\u0000"}`} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if why, err := readHold(body); (err == nil) != slices.Contains(relay.HoldReasons, why) {
			t.Errorf("read %q, %v", why, err)
		}
	})
}
