package api_test

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptrace"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
)

// listener is somebody who listens for events, over the bare connection: the transport of other tests reads an answer whole.
type listener struct {
	t     *testing.T
	resp  *http.Response
	lines *bufio.Scanner
}

func listen(t *testing.T, r *gatewaytest.Region, who *gatewaytest.Person, header ...string) *listener {
	t.Helper()
	tr := &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: r.CA.Pool(), Certificates: []tls.Certificate{who.Party.Client.TLS()}}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL+"/v1/gebeurtenissen", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+who.Token(nil))
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := (&http.Client{Transport: tr, Timeout: time.Minute}).Do(req)
	if err != nil {
		t.Fatalf("listening for events: %v", err)
	}
	t.Cleanup(func() { resp.Body.Close(); tr.CloseIdleConnections() })
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("%s, %s", resp.Status, resp.Header.Get("Content-Type"))
	}
	return &listener{t, resp, bufio.NewScanner(resp.Body)}
}

// next gives the fields of the next event; nil at the end.
func (l *listener) next() map[string]string {
	l.t.Helper()
	fields := map[string]string{}
	for l.lines.Scan() {
		name, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch {
		case l.lines.Text() == "" && fields["id"] != "":
			return fields
		case l.lines.Text() == "":
			fields = map[string]string{} // of a retry or a comment
		default:
			fields[name] = value
		}
	}
	return nil
}

// isAbout wants an event about a message that says no more than WIRE has it say.
func (l *listener) isAbout(r *gatewaytest.Region, e message.Envelope) {
	l.t.Helper()
	fields := l.next()
	var data map[string]any
	if err := json.Unmarshal([]byte(fields["data"]), &data); err != nil {
		l.t.Fatalf("event %v: %v", fields, err)
	}
	when, _ := data["time"].(string)
	if _, err := time.Parse(time.RFC3339, when); err != nil {
		l.t.Errorf("time: %v", err)
	}
	delete(data, "time")
	want := map[string]any{"specversion": "1.0", "id": e.ID, "source": r.URL, "type": "nl.sluis.bericht-aangeboden.v1",
		"datacontenttype": "application/json", "data": map[string]any{"bericht": e.ID}}
	if diff := cmp.Diff(want, data); diff != "" {
		l.t.Errorf("event (-want +got):\n%s", diff)
	}
	if fields["id"] != e.ID || fields["event"] != "nl.sluis.bericht-aangeboden.v1" || len(fields) != 3 {
		l.t.Errorf("fields %v", fields)
	}
}

// TestEventsTellWhatIsOffered: what waits already, then what comes, each once, to whom it is addressed; and on from where one was.
func TestEventsTellWhatIsOffered(t *testing.T) {
	r := gatewaytest.Start(t)
	send := func(to string) message.Envelope {
		e := r.Signal("school/vc-1", to)
		envelope, payload := r.Seal(e, 10)
		sent(t, r.Person("school/vc-1").Send(envelope, payload)).is(t, http.StatusCreated)
		return e
	}
	waiting := send("politie/wa-7")
	officer := listen(t, r, r.Person("politie/wa-7"))
	software := listen(t, r, r.Person("politie/as-1"))
	officer.isAbout(r, waiting)
	software.isAbout(r, waiting)
	others := send("politie/sc-1")
	software.isAbout(r, others)
	mine := send("politie/wa-7")
	officer.isAbout(r, mine) // and not the one for a colleague
	software.isAbout(r, mine)
	later := listen(t, r, r.Person("politie/wa-7"), "Last-Event-ID", waiting.ID)
	later.isAbout(r, mine)
	r.Stop()
	for _, l := range []*listener{officer, software, later} {
		if e := l.next(); e != nil || l.lines.Err() != nil {
			t.Errorf("after the gateway stopped: %v, %v", e, l.lines.Err())
		}
	}
}

func TestEventsThatAreRefused(t *testing.T) {
	r := gatewaytest.Start(t)
	c := r.Person("politie/wa-7").HTTP()
	at := r.URL + "/v1/gebeurtenissen"
	p := wrong(t, c, http.MethodGet, at, "", "", "Last-Event-ID", canary).refused(t, http.StatusBadRequest, "verzoek-onjuist")
	if p.places() != "Last-Event-ID" {
		t.Errorf("places %q", p.places())
	}
	get(t, c, at, "Last-Event-ID", message.NewID()).refused(t, http.StatusNotFound, "niet-gevonden")
	wrong(t, c, http.MethodGet, at, "", "", "Accept", "application/json").refused(t, http.StatusNotAcceptable, "niet-leverbaar")
	wrong(t, c, http.MethodGet, at+"?map=in", "", "").refused(t, http.StatusBadRequest, "verzoek-onjuist")
	wrong(t, noCertificate(t, r), http.MethodGet, at, "", "").refused(t, http.StatusUnauthorized, "certificaat-ontbreekt")
	for range 4 {
		listen(t, r, r.Person("politie/wa-7"))
	}
	get(t, c, at).refused(t, http.StatusTooManyRequests, "te-veel-verzoeken")
	listen(t, r, r.Person("politie/sc-1")) // somebody else has places of his own
}

// TestEventsEndWithTheGateway: through the transport that reads an answer whole and holds it to openapi.yaml.
func TestEventsEndWithTheGateway(t *testing.T) {
	r := gatewaytest.Start(t)
	client, began, answered := r.Person("politie/wa-7").HTTP(), make(chan struct{}), make(chan error, 1)
	ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{GotFirstResponseByte: func() { close(began) }})
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.URL+"/v1/gebeurtenissen", nil)
	if err != nil {
		t.Fatal(err)
	}
	var got *http.Response
	go func() {
		var err error
		got, err = client.Do(req)
		answered <- err
	}()
	select {
	case err := <-answered:
		t.Fatalf("it did not begin: %v", err)
	case <-began:
	}
	select {
	case err := <-answered:
		t.Fatalf("it ended by itself: %v", err)
	case <-time.After(200 * time.Millisecond):
	}
	r.Stop()
	if err := <-answered; err != nil {
		t.Fatal(err)
	}
	sent(t, got).is(t, http.StatusOK)
}
