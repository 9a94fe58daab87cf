package gateway_test

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

const (
	roundsBesideOPA = 5
	roundTime       = 2 * time.Second
	askers          = 8
)

// BenchmarkEvaluationBesideOPA asks the same question of Sluis (`/access/v1/evaluation`, over mutual TLS with a token of a participant)
// and of `opa run --server` (the same rules and vocabulary, the same facts, plain HTTP, nobody asked who he is), with the same clients, in
// turns. internal/tools/bench-authzen.sh builds opa and starts this.
func BenchmarkEvaluationBesideOPA(b *testing.B) {
	r := gatewaytest.Start(b, gatewaytest.With(unlimited))
	facts := factsOfSignal(b, r)
	opa := startOPA(b) + "/v1/data/sluis/besluit/antwoord"
	for _, c := range []struct{ name, phase, sluis, opa string }{
		{"allowed", "2", `"decision":true`, `"toegestaan":true`},
		{"refused", "1", `"decision":false`, `"toegestaan":false`},
	} {
		b.Run(c.name, func(b *testing.B) {
			question := `{"subject":{"type":"deelnemer","id":"00000099000000030000/vc-1"},"action":{"name":"signaal"},` +
				`"resource":{"type":"ontvanger","id":"00000099000000020000/wijkagent"},` +
				`"context":{"convenant":{"id":"` + gatewaytest.ConvenantID + `","versie":1},"doel":"veilige-school","grondslag":"avg-6-1-e","betrokkenen":1,` +
				`"functie":"veiligheidscoordinator","gegevens":["signaal","incident"],"fase":` + c.phase + `,"verklaringen":{"oudersGeinformeerd":true,"proportioneel":true}}}`
			input := bytes.Replace(facts, []byte(`"fase":2`), []byte(`"fase":`+c.phase), 1)
			besideOPA(b,
				&contestant{name: "sluis", ask: sluisAskers(b, r, []byte(question), c.sluis)},
				&contestant{name: "opa", ask: opaAskers(b, opa, []byte(`{"input":`+string(input)+`}`), c.opa)})
		})
	}
}

func besideOPA(b *testing.B, sluis, opa *contestant) {
	for b.Loop() {
		for range roundsBesideOPA {
			sluis.round(b)
			opa.round(b)
		}
	}
	sluis.report(b)
	opa.report(b)
	b.ReportMetric(sluis.rate()/opa.rate(), "sluis/opa")
	b.ReportMetric(0, "ns/op") // says nothing: a round takes as long as it is told to
}

// factsOfSignal sends the message that the question is about, and gives the facts that it was decided on.
func factsOfSignal(b *testing.B, r *gatewaytest.Region) json.RawMessage {
	b.Helper()
	sender := r.Person("school/vc-1")
	resp := sender.Send(r.Seal(r.Signal("school/vc-1", "politie/wa-7"), benchPayload))
	resp.Body.Close()
	if resp.StatusCode != http.StatusCreated {
		b.Fatalf("the message is not accepted: %d", resp.StatusCode)
	}
	req, err := http.NewRequest(http.MethodGet, r.URL+"/v1/auditregels?logdoel=interne-controle", nil)
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+sender.Token(nil))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: tlsOf(r, sender)}}
	defer client.CloseIdleConnections()
	if resp, err = client.Do(req); err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	var trail struct {
		Records []struct {
			Kind  string          `json:"soort"`
			Facts json.RawMessage `json:"feiten"`
		} `json:"auditregels"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&trail); err != nil {
		b.Fatal(err)
	}
	for _, record := range trail.Records {
		if bytes.Contains(record.Facts, []byte(`"vastgesteld"`)) {
			return record.Facts
		}
	}
	b.Fatal("no record holds the facts of the decision")
	return nil
}

// contestant is one side: a connection for each client, and what was measured.
type contestant struct {
	name string
	ask  []func() error
	took []time.Duration
	time time.Duration
}

// round has all clients ask for a while, each the next question when the last was answered.
func (c *contestant) round(b *testing.B) {
	b.Helper()
	took := make([][]time.Duration, len(c.ask))
	began := time.Now()
	var wg sync.WaitGroup
	for i, ask := range c.ask {
		wg.Go(func() {
			for time.Since(began) < roundTime {
				start := time.Now()
				if err := ask(); err != nil {
					b.Errorf("%s: %v", c.name, err)
					return
				}
				took[i] = append(took[i], time.Since(start))
			}
		})
	}
	wg.Wait()
	c.time += time.Since(began)
	c.took = append(c.took, slices.Concat(took...)...)
}

func (c *contestant) rate() float64 { return float64(len(c.took)) / c.time.Seconds() }

func (c *contestant) report(b *testing.B) {
	slices.Sort(c.took)
	at := func(percent int) float64 { return float64(c.took[len(c.took)*percent/100].Microseconds()) / 1000 }
	b.ReportMetric(c.rate(), c.name+"-requests/s")
	b.ReportMetric(at(50), c.name+"-p50-ms")
	b.ReportMetric(at(99), c.name+"-p99-ms")
}

// sluisAskers gives clients as software of a party is one: a connection that stays, a token bound to it (cnf) that is used again.
func sluisAskers(b *testing.B, r *gatewaytest.Region, question []byte, answer string) []func() error {
	b.Helper()
	sender := r.Person("school/vc-1")
	return askersOf(b, tlsOf(r, sender),
		func() (*http.Request, error) {
			req, err := http.NewRequest(http.MethodPost, r.URL+"/access/v1/evaluation", bytes.NewReader(question))
			if err == nil {
				req.Header.Set("Authorization", "Bearer "+fresh(sender))
			}
			return req, err
		}, answer)
}

func opaAskers(b *testing.B, url string, question []byte, answer string) []func() error {
	b.Helper()
	return askersOf(b, nil, func() (*http.Request, error) {
		return http.NewRequest(http.MethodPost, url, bytes.NewReader(question))
	}, answer)
}

// askersOf gives clients, each with one connection that is up; an answer must hold what is right.
func askersOf(b *testing.B, config *tls.Config, request func() (*http.Request, error), right string) []func() error {
	b.Helper()
	all := make([]func() error, askers)
	for i := range all {
		transport := &http.Transport{MaxIdleConnsPerHost: 1, TLSClientConfig: config}
		b.Cleanup(transport.CloseIdleConnections)
		client := &http.Client{Transport: transport}
		all[i] = func() error {
			req, err := request()
			if err != nil {
				return err
			}
			req.Header.Set("Content-Type", "application/json")
			resp, err := client.Do(req)
			if err != nil {
				return err
			}
			defer resp.Body.Close()
			answer, err := io.ReadAll(resp.Body)
			if err == nil && (resp.StatusCode != http.StatusOK || !bytes.Contains(answer, []byte(right))) {
				err = fmt.Errorf("status %d: %s", resp.StatusCode, answer)
			}
			return err
		}
		if err := all[i](); err != nil {
			b.Fatal(err)
		}
	}
	return all
}
