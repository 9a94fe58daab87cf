package client_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// pages is a gateway that has nothing but a list, in pages of two; after the last comes an empty one, or, when it goes round,
// the first again.
type pages struct {
	ids   []string
	round bool
	asked int
}

func (p *pages) RoundTrip(r *http.Request) (*http.Response, error) {
	p.asked++
	from := 0
	if cursor := r.URL.Query().Get("cursor"); cursor != "" {
		from = slices.Index(p.ids, cursor) + 1
	}
	cursor, lines := "", []string{}
	for _, id := range p.ids[from:min(from+2, len(p.ids))] {
		lines = append(lines, fmt.Sprintf(`{"id":%q,"soort":"signaal","status":"aangeboden","tijd":"2026-11-22T10:00:00Z","zaak":%q,
			"afzender":{"partij":"00000099000000030000","deelnemer":"vc-1"}}`, id, p.ids[0]))
		cursor = id
	}
	if p.round && from >= len(p.ids)-2 {
		cursor = p.ids[1]
	}
	body := fmt.Sprintf(`{"berichten":[%s],"cursor":%q}`, strings.Join(lines, ","), cursor)
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}, nil
}

func (p *pages) client(t *testing.T, r *gatewaytest.Region) *client.Client {
	t.Helper()
	profile, err := client.LoadProfile(r.Person("politie/wa-7").Profile)
	check(t, err)
	c, err := client.New(profile, client.WithTransport(func(http.RoundTripper) http.RoundTripper { return p }))
	check(t, err)
	return c
}

// TestEntries: all of a list, in order, page after page; no further when the reader has enough; and no end in a circle.
func TestEntries(t *testing.T) {
	r := gatewaytest.Start(t)
	ids := make([]string, 7)
	for i := range ids {
		ids[i] = message.NewID()
	}
	for _, c := range []struct {
		name          string
		enough, pages int
	}{{"all", 8, 5}, {"three", 3, 2}, {"exactly a page", 2, 1}} {
		t.Run(c.name, func(t *testing.T) {
			p := &pages{ids: ids}
			var got []string
			for e, err := range p.client(t, r).Entries(t.Context(), client.Query{}) {
				check(t, err)
				if got = append(got, e.ID); len(got) == c.enough {
					break
				}
			}
			if !slices.Equal(got, ids[:min(c.enough, 7)]) || p.asked != c.pages {
				t.Errorf("%d pages were asked for, want %d: %v", p.asked, c.pages, got)
			}
		})
	}
	t.Run("pages that go round", func(t *testing.T) {
		p := &pages{ids: ids, round: true}
		var last error
		for _, err := range p.client(t, r).Entries(t.Context(), client.Query{}) {
			if last = err; p.asked > 20 {
				t.Fatal("it would go on for ever")
			}
		}
		refused(t, last, client.BadAnswer)
	})
}
