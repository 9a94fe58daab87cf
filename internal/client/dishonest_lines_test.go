package client_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// lines changes the lines of a list of messages.
func lines(t *testing.T, change func([]map[string]any) []map[string]any) func([]byte) []byte {
	return func(body []byte) []byte {
		var list struct {
			ID      string           `json:"id,omitempty"`
			Entries []map[string]any `json:"berichten"`
			Cursor  *string          `json:"cursor,omitempty"`
		}
		check(t, json.Unmarshal(body, &list))
		list.Entries = change(list.Entries)
		out, err := json.Marshal(list)
		check(t, err)
		return out
	}
}

// TestALineIsOfItsMessage: what a list says of a message is shown beside what was verified, and so it must be the same.
func TestALineIsOfItsMessage(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	sent, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	for name, c := range map[string]struct {
		key   string
		value any
	}{
		"another kind":   {"soort", "terugkoppeling"},
		"another sender": {"afzender", map[string]any{"partij": "00000099000000020000", "deelnemer": "wa-7"}},
		"another person": {"afzender", map[string]any{"partij": r.Party("school").OIN, "deelnemer": "pf-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			police := b.client(t, r.Person("politie/wa-7"))
			change := lines(t, func(list []map[string]any) []map[string]any {
				for _, line := range list {
					line[c.key] = c.value
				}
				return list
			})
			b.says("GET /v1/zaken/*", change)
			b.says("GET /v1/berichten", change)
			file, err := police.CaseFile(t.Context(), sent.Case)
			check(t, err)
			if len(file) != 1 {
				t.Fatalf("%d messages", len(file))
			}
			refused(t, file[0].Err, client.EnvelopeFalse)
			page, err := police.List(t.Context(), client.Query{})
			check(t, err)
			_, err = police.FollowEntry(t.Context(), page.Entries[0])
			refused(t, err, client.EnvelopeFalse)
		})
	}
}

// TestACaseInItsOwnOrder: times and order are those of the log, whatever the gateway says, and no message stands there twice.
func TestACaseInItsOwnOrder(t *testing.T) {
	r := gatewaytest.Start(t)
	school := (&between{}).client(t, r.Person("school/vc-1"))
	first, err := school.Send(t.Context(), signal(r, aboutNoor))
	check(t, err)
	again := signal(r, aboutNoor)
	again.Case = first.Case
	second, err := school.Send(t.Context(), again)
	check(t, err)
	b := &between{}
	police := b.client(t, r.Person("politie/wa-7"))
	b.says("GET /v1/zaken/*", lines(t, func(list []map[string]any) []map[string]any {
		slices.Reverse(list)
		list[0]["tijd"] = "2020-01-01T00:00:00Z"
		return list
	}))
	file, err := police.CaseFile(t.Context(), first.Case)
	check(t, err)
	if len(file) != 2 || file[0].Line.ID != first.ID || file[1].Line.ID != second.ID {
		t.Fatalf("another order: %+v", file)
	}
	for _, m := range file {
		check(t, m.Err)
		if !m.Line.Time.Equal(m.Accepted) || time.Since(m.Line.Time) > time.Hour {
			t.Errorf("accepted at %v, shown %v", m.Accepted, m.Line.Time)
		}
	}
	b.says("GET /v1/zaken/*", lines(t, func(list []map[string]any) []map[string]any { return append(list, list[0]) }))
	_, err = police.CaseFile(t.Context(), first.Case)
	refused(t, err, client.BadAnswer)
}
