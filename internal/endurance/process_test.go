package endurance

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/freeport"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// served is a region whose gateway is a process, or several.
type served struct {
	*gatewaytest.Region
	*gate // the first, in the region's own folder
	place place

	gates []*gate
}

// prepare makes a region in the usual way, and stops its gateway, so that processes can take over. It keeps its things at a place.
func prepare(t testing.TB, at place, options ...gatewaytest.Option) *served {
	t.Helper()
	must(t, build())
	r := gatewaytest.Start(t, append(options, at.option())...)
	r.Stop()
	s := &served{Region: r, place: at}
	s.gate = s.join(t, r.Config.Dir, r.Config.API.Listen)
	return s
}

// another adds a gateway process on the same database, with a folder and an address of its own. It shares what the processes of one gateway
// must share: the public address, the key of the log and the keys of the days.
func (s *served) another(t testing.TB) *gate {
	t.Helper()
	return s.join(t, filepath.Join(s.Dir, fmt.Sprintf("gateway-%d", len(s.gates))), freeport.Address(freeport.Take(t)))
}

func (s *served) join(t testing.TB, dir, listen string) *gate {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o700))
	g := &gate{dir: dir, listen: listen, config: dir + ".yaml", log: dir + ".serve.log"}
	c := s.Config
	must(t, os.WriteFile(g.config, fmt.Appendf(nil, `dir: %q
api: {listen: %q, publicURL: %q, certFile: %q, keyFile: %q, clientAnchorsFile: %q}
admin: {listen: "127.0.0.1:0"}
cards: {anchorsFile: %q}
limits: {requestsPerSecond: 100000, burst: 100000}
log: {keyFile: %q}
store: {dayKeysDir: %q%s}
`, dir, listen, c.API.PublicURL, c.API.CertFile, c.API.KeyFile, c.API.ClientAnchorsFile, c.Cards.AnchorsFile,
		filepath.Join(c.Dir, "log.key"), filepath.Join(c.Dir, "dagsleutels"), s.place.settings()), 0o600))
	s.gates = append(s.gates, g)
	t.Cleanup(g.kill)
	return g
}
