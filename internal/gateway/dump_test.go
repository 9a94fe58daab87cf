package gateway_test

import (
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestADumpTakenUnderLoad is made with the line of docs/operations.md, holds no ciphertext, and is put back: what waited in it lapses at once, so
// that senders see it; everybody gets a clear answer; and the trail is sound.
func TestADumpTakenUnderLoad(t *testing.T) {
	cluster := pgtest.Shared(t)
	db := cluster.Database(t)
	p := &pair{t: t, Region: gatewaytest.Start(t, gatewaytest.OnDatabase(db)), database: db.Name}
	waiting := p.load(2)
	done, busy := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(busy)
		for {
			select {
			case <-done:
				return
			default:
				p.load(1)
			}
		}
	}()
	dump := filepath.Join(cluster.Dir(), "kopie.dump")
	out, err := cluster.Command("pg_dump", "--format=custom", "--exclude-table-data=doorvoer.*", "--file="+dump, "--username="+pgtest.OwnerRole, db.Name).CombinedOutput()
	close(done)
	<-busy
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if len(p.load(1)) == 0 { // what is not in the copy
		t.Error("nothing is accepted after the copy was made")
	}
	p.Stop()
	list, err := cluster.Command("pg_restore", "--list", dump).Output()
	if err != nil || strings.Contains(string(list), "TABLE DATA doorvoer") || !strings.Contains(string(list), "TABLE DATA sluis record") {
		t.Fatalf("%v\n%s", err, list)
	}
	restored := cluster.Database(t)
	out, err = cluster.Command("pg_restore", "--exit-on-error", "--username="+pgtest.OwnerRole, "--dbname="+restored.Name, dump).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	p.database = restored.Name
	p.Config.Store.Postgres = restored.Gateway
	if _, err := gateway.AdmitLoss(t.Context(), p.Config, nil); err != nil {
		t.Fatalf("the copy is older than what the gateway showed: %v", err)
	}
	p.Restart()
	for _, id := range waiting {
		if status := p.lapsed(id); status != "verlopen" {
			t.Errorf("a message of which the payload was not in the copy is %s", status)
		}
		resp, err := p.Person("politie/wa-7").HTTP().Get(p.URL + "/v1/berichten/" + id + "/lading")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != http.StatusNotFound || !strings.Contains(string(body), "opnieuw te sturen") {
			t.Errorf("%d %s", resp.StatusCode, body)
		}
	}
	if len(p.load(1)) == 0 {
		t.Error("nothing is accepted after the copy was put back")
	}
	if report := p.verified(cluster); report.Held == 0 || report.Erased < int64(len(waiting)) || len(report.Losses) != 1 {
		t.Errorf("%+v", report)
	}
}

// lapsed waits until a message is verlopen for its sender, and gives what it is.
func (p *pair) lapsed(id string) (status string) {
	p.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end) && status != "verlopen"; time.Sleep(20 * time.Millisecond) {
		resp, err := p.Person("school/vc-1").HTTP().Get(p.URL + "/v1/berichten/" + id)
		if err != nil {
			p.t.Fatal(err)
		}
		var m struct{ Status string }
		if err := json.NewDecoder(resp.Body).Decode(&m); err != nil {
			p.t.Fatal(err)
		}
		resp.Body.Close()
		status = m.Status
	}
	return status
}
