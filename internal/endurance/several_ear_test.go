package endurance

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// ear listens for letters to one person, at whichever gateway answers, over a stream of events or by asking with a long wait. When what it
// listens to breaks off, it begins again where it was.
type ear struct {
	crew   *crew
	desk   *desk
	hand   *hand
	stream bool
	stop   context.CancelFunc
	ended  sync.WaitGroup

	mu    sync.Mutex
	heard map[string][]time.Time // when, by message id
}

func newEar(c *crew, d *desk, h *hand, stream bool) *ear {
	return &ear{crew: c, desk: d, hand: h, stream: stream, heard: map[string][]time.Time{}}
}

func (e *ear) begin() {
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	listen := e.ask
	if e.stream {
		listen = e.follow
	}
	e.ended.Go(func() {
		for after := ""; ctx.Err() == nil; {
			next, err := listen(ctx, after)
			if after = next; err != nil {
				time.Sleep(20 * time.Millisecond)
			}
		}
	})
}

// end stops listening.
func (e *ear) end() {
	e.stop()
	e.ended.Wait()
}

func (e *ear) hears(id string) {
	e.mu.Lock()
	e.heard[id] = append(e.heard[id], now())
	e.mu.Unlock()
	e.crew.take(id, e.hand)
}

// times gives when it heard of a letter.
func (e *ear) times(id string) []time.Time {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.heard[id]
}

// ask asks once for what came after, and waits up to 30 seconds for it.
func (e *ear) ask(ctx context.Context, after string) (string, error) {
	query := url.Values{"map": {"in"}, "wacht": {"30"}}
	if after != "" {
		query.Set("cursor", after)
	}
	got, err := e.desk.do(ctx, http.MethodGet, "/v1/berichten?"+query.Encode(), "", nil)
	if err != nil || got.status != http.StatusOK {
		return after, errOr(err, got.status)
	}
	var page struct {
		Messages []struct {
			ID string `json:"id"`
		} `json:"berichten"`
		Cursor *string `json:"cursor"`
	}
	if err := json.Unmarshal(got.body, &page); err != nil {
		return after, err
	}
	for _, m := range page.Messages {
		e.hears(m.ID)
	}
	if page.Cursor != nil {
		after = *page.Cursor
	}
	return after, nil
}

// follow follows one stream of events (HTML, "Server-sent events") to its end.
func (e *ear) follow(ctx context.Context, after string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, e.desk.url+"/v1/gebeurtenissen", nil)
	if err != nil {
		return after, err
	}
	req.Header.Set("Authorization", "Bearer "+e.desk.bearer())
	if after != "" {
		req.Header.Set("Last-Event-ID", after)
	}
	resp, err := e.desk.http.Do(req)
	if err != nil {
		return after, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return after, errOr(nil, resp.StatusCode)
	}
	lines := bufio.NewScanner(resp.Body)
	for id := ""; lines.Scan(); {
		if value, ok := strings.CutPrefix(lines.Text(), "id: "); ok {
			id = value
		}
		if lines.Text() == "" && id != "" { // the event is whole
			e.hears(id)
			after, id = id, ""
		}
	}
	return after, lines.Err()
}
