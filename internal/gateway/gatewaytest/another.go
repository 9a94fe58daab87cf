package gatewaytest

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strconv"
	"time"

	"github.com/sluis-gateway/sluis/internal/freeport"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

// Process is one more gateway of a region that keeps everything in a database: under the same public name, with the same key of the log and
// the same day keys, in a folder and at addresses of its own.
type Process struct {
	Gateway *gateway.Gateway
	Config  gateway.Config
	URL     string // where it is reached; tokens are still for the region's

	region *Region
}

// Another starts one, after changes to its configuration, and ends it with the test.
func (r *Region) Another(changes ...func(*gateway.Config)) *Process {
	r.t.Helper()
	r.others++
	p := &Process{Config: r.Config, region: r}
	p.Config.Dir = filepath.Join(r.Dir, "gateway-"+strconv.Itoa(r.others+1))
	p.Config.Log.KeyFile = filepath.Join(r.Config.Dir, "log.key")
	p.Config.Store.DayKeysDir = filepath.Join(r.Config.Dir, "dagsleutels")
	p.Config.API.Listen, p.Config.Admin.Listen = freeport.Address(freeport.Take(r.t)), "127.0.0.1:0"
	for _, change := range changes {
		change(&p.Config)
	}
	p.Start()
	r.t.Cleanup(p.Stop)
	return p
}

// Start starts it again, at the same address.
func (p *Process) Start() {
	t := p.region.t
	t.Helper()
	var err error
	if p.Gateway, err = gateway.New(context.Background(), p.Config, p.region.logger); err != nil {
		t.Fatalf("making another gateway: %v", err)
	}
	if err := p.Gateway.Start(context.Background()); err != nil {
		t.Fatalf("starting another gateway: %v", err)
	}
	p.URL = "https://" + p.Config.API.Listen
}

// Stop ends it; it may be called more than once.
func (p *Process) Stop() {
	p.region.t.Helper()
	for _, one := range p.region.parties {
		one.transport.CloseIdleConnections()
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := p.Gateway.Close(ctx); err != nil {
		p.region.t.Errorf("stopping another gateway: %v", err)
	}
}

// SendTo posts a sealed message to a gateway, as its sender's software does.
func (p *Person) SendTo(url, envelope string, payload []byte) (*http.Response, error) {
	body, contentType := Form(
		Part{Name: "envelop", Type: "application/jose", Data: []byte(envelope)},
		Part{Name: "lading", Type: "application/octet-stream", Data: payload})
	return p.HTTP().Post(url+"/v1/berichten", contentType, bytes.NewReader(body))
}
