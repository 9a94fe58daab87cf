package client

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

// FuzzSettings: profiel.yaml comes from whoever hands out profiles.
func FuzzSettings(f *testing.F) {
	f.Add([]byte("oin: \"00000099000000030000\"\ndeelnemer: vc-1\nfunctie: f\nurl: https://h\n"))
	f.Add([]byte("oin: &a [1]\noin: *a\n<<: {}\n"))
	f.Add([]byte("- x"))
	f.Add([]byte(strings.Repeat("a: [\n", maxSettings))) // 24 KB of this cost the parser 126 MB, growing with the square
	f.Add([]byte("{oin: {a: b}, ? url : 1}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var faults fault.List
		values := settings(data, &faults)
		if len(faults) == 0 && len(values) != len(settingNames) {
			t.Errorf("no fault, and %d settings", len(values))
		}
	})
}

// FuzzEntries: nothing that could be another path, or steer a terminal, leaves a list.
func FuzzEntries(f *testing.F) {
	f.Add([]byte(`[{"id":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","soort":"signaal","status":"aangeboden","tijd":"2026-11-21T10:00:00Z","zaak":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b12","afzender":{"partij":"00000099000000020000","deelnemer":"wa-7"}}]`))
	f.Add([]byte(`[{"id":"../x"}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var list []entryJSON
		if json.Unmarshal(data, &list) != nil {
			return
		}
		found, err := entries(list)
		if err != nil {
			return
		}
		for _, e := range found {
			text := e.ID + e.Case + string(e.Kind) + string(e.Status) + e.Person + string(e.Party)
			if !message.ValidID(e.ID) || strings.ContainsAny(text, "/.\x1b\n") {
				t.Errorf("passed: %q", text)
			}
		}
	})
}

// FuzzReviews: nothing that could be another path, or steer a terminal, leaves a list of reviews.
func FuzzReviews(f *testing.F) {
	f.Add([]byte(`{"bericht":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11","zaak":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b12","soort":"crisismelding","aanleiding":"motivering","tot":"2026-11-29T10:00:00Z"}`))
	f.Add([]byte(`{"bericht":"../x","aanleiding":"\u001b[2J"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var line reviewJSON
		if json.Unmarshal(data, &line) != nil {
			return
		}
		r, err := line.read()
		if err != nil {
			return
		}
		if !message.ValidID(r.Message) || !message.ValidID(r.Case) || strings.ContainsAny(r.Message+r.Case+string(r.Kind)+r.Cause, "/.\x1b\n") {
			t.Errorf("passed: %+v", r)
		}
	})
}

// FuzzHolds: nothing that could be another path, or steer a terminal, leaves a list of holds.
func FuzzHolds(f *testing.F) {
	f.Add([]byte(`{"zaak":"019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b12","reden":"bezwaar","sinds":"2026-11-29T10:00:00Z"}`))
	f.Add([]byte(`{"zaak":"../x","reden":"\u001b[2J"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var line holdJSON
		if json.Unmarshal(data, &line) != nil {
			return
		}
		if h, err := line.read(); err == nil && (!message.ValidID(h.Case) || strings.ContainsAny(h.Case+h.Reason, "/.\x1b\n")) {
			t.Errorf("passed: %+v", h)
		}
	})
}

// FuzzPending: whatever stands in onderweg/, only what this profile signed is sent again, and only with the age file that it names.
func FuzzPending(f *testing.F) {
	p, s := waiting(f)
	id := s.envelope.Envelope().ID
	f.Add([]byte(s.envelope.Compact()), s.lading)
	f.Add([]byte("a.b.c"), []byte{})
	f.Fuzz(func(t *testing.T, envelope, lading []byte) {
		for part, data := range map[string][]byte{"envelop": envelope, "lading": lading} {
			if err := writeFile(filepath.Join(p.pendingPath(id), part), data); err != nil {
				t.Fatal(err)
			}
		}
		got, err := p.readPending(id)
		if err == nil && (got.envelope.Compact() != s.envelope.Compact() || !bytes.Equal(got.lading, s.lading)) {
			t.Error("something else would be sent")
		}
	})
}

// FuzzPeople: a body that a sender wrote is searched for persons before anybody checked its form.
func FuzzPeople(f *testing.F) {
	f.Add([]byte(`{"betrokkenen":[{"naam":"Noor","geboortedatum":"2010-05-31"}]}`))
	f.Add([]byte(`[[[[{"bsn":"999990019"}]]]]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		key := message.NewSearchKey()
		tags, err := (&Profile{searchKey: &key}).tags("019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11", body)
		if err != nil && len(tags) > 0 && tags[0] == "" {
			t.Error("an empty tag")
		}
		_ = questions(body)
	})
}
