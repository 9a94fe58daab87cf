package gateway

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/daykey"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// Config is everything that an operator can set. It can be read from sluis.yaml ([Load]) or made in Go, from
// [DefaultConfig]. It holds the places of secrets, never the secrets.
type Config struct {
	Dir    string // folder of this gateway, for its owner only: store, log key, day keys, addresses
	API    APIConfig
	Admin  AdminConfig
	Cards  CardsConfig
	Store  StoreConfig
	Log    LogConfig
	Policy PolicyConfig
	Limits LimitsConfig

	// Now is the clock, for tests that put it in doubt; it cannot be configured.
	Now func() time.Time

	sources map[string]source // where each setting came from, for printing
}

// APIConfig is the listener for other software.
type APIConfig struct {
	Listen            string // host:port; port 0 is a free one
	PublicURL         string // https://host[:port]; empty only when Listen is loopback
	CertFile          string // PEM, the server's chain
	KeyFile           string // PEM; secret
	ClientAnchorsFile string // PEM, under which client certificates are issued
	// Drain is how long a gateway that stops goes on taking calls, while it tells connections and /readyz that it does: what a load balancer
	// needs to notice.
	Drain time.Duration
}

// AdminConfig is the listener for the operator's own tools: plain http, loopback unless set otherwise.
type AdminConfig struct {
	Listen string
}

// CardsConfig says under which certificates parties sign cards and convenants.
type CardsConfig struct {
	AnchorsFile string // PEM
}

// LogConfig is about the trail.
type LogConfig struct {
	KeyFile string        // secret; default <dir>/log.key, made at the first start
	Linger  time.Duration // how long a change waits for company, 0 for what suits the store
	Queue   int           // changes that may wait
	// Retention is how long records stay to which no convenant gives a term, such as who looked into the trail: an ISO 8601 period of a
	// year at least.
	Retention string
}

// PolicyConfig names the rules.
type PolicyConfig struct {
	Dir string // a folder of rules instead of those in the binary; empty for those
}

// LimitsConfig bounds how often one party may call.
type LimitsConfig struct {
	RequestsPerSecond float64
	Burst             int
}

// DefaultConfig gives the values that hold where nothing is set.
func DefaultConfig() Config {
	return Config{
		API:    APIConfig{Listen: "127.0.0.1:8443"},
		Admin:  AdminConfig{Listen: "127.0.0.1:8081"},
		Store:  StoreConfig{Connections: 16},
		Log:    LogConfig{Queue: 1024, Retention: relay.RetainDefault},
		Limits: LimitsConfig{RequestsPerSecond: 200, Burst: 1000},
	}
}

// maxDrain leaves the rest of a usual term for stopping to the calls under way.
const maxDrain = 15 * time.Second

// Check gives a fault.List with everything that is wrong, places as in sluis.yaml; nil when a gateway can be made of it.
func (c *Config) Check() error {
	var faults fault.List
	required := func(place, value string) {
		if value == "" {
			faults.Add(place, "ontbreekt")
		}
	}
	required("dir", c.Dir)
	for _, f := range []struct {
		place, path string
		secret      bool
	}{
		{"api.certFile", c.API.CertFile, false}, {"api.keyFile", c.API.KeyFile, true},
		{"api.clientAnchorsFile", c.API.ClientAnchorsFile, false}, {"cards.anchorsFile", c.Cards.AnchorsFile, false},
	} {
		required(f.place, f.path)
		if f.path != "" {
			checkFile(f.place, f.path, f.secret, &faults)
		}
	}
	checkListen("admin.listen", c.Admin.Listen, &faults)
	if host := checkListen("api.listen", c.API.Listen, &faults); c.API.PublicURL == "" && host != "" && !loopback(host) {
		faults.Add("api.publicURL", "ontbreekt; nodig omdat api.listen van buiten bereikbaar is")
	}
	if c.API.PublicURL != "" {
		if _, ok := originOf(c.API.PublicURL); !ok {
			faults.Add("api.publicURL", "moet de vorm https://naam of https://naam:poort hebben, zonder pad")
		}
	}
	if within(c.dayKeysDir(), c.databaseDir()) {
		faults.Add("store.dayKeysDir", "ligt in de map van de database: een reservekopie daarvan zou de dagsleutels meenemen; kies een andere map")
	}
	c.Store.check(&faults)
	if c.Policy.Dir != "" {
		if info, err := os.Stat(c.Policy.Dir); err != nil || !info.IsDir() {
			faults.Add("policy.dir", "is geen map die te lezen is")
		}
	}
	if c.API.Drain < 0 || c.API.Drain > maxDrain {
		faults.Add("api.drain", "moet van 0s tot en met %s zijn", maxDrain)
	}
	if c.Log.Linger < 0 || c.Log.Linger > time.Second {
		faults.Add("log.linger", "moet van 0s tot en met 1s zijn")
	}
	c.checkRetention(&faults)
	if c.Log.Queue < 1 || c.Log.Queue > 1<<16 {
		faults.Add("log.queue", "moet van 1 tot en met 65536 zijn")
	}
	if !(c.Limits.RequestsPerSecond > 0 && c.Limits.RequestsPerSecond <= 1e6) { // also false for NaN
		faults.Add("limits.requestsPerSecond", "moet meer dan 0 zijn, en hoogstens 1000000")
	}
	if c.Limits.Burst < 1 || c.Limits.Burst > 1e6 {
		faults.Add("limits.burst", "moet van 1 tot en met 1000000 zijn")
	}
	c.locate(faults)
	return faults.Err()
}

func (c *Config) databaseDir() string { return filepath.Join(c.Dir, sqlite.FolderName) }

func (c *Config) dayKeysDir() string {
	if c.Store.DayKeysDir != "" {
		return c.Store.DayKeysDir
	}
	return filepath.Join(c.Dir, daykey.FolderName)
}

// within reports whether path is dir or somewhere in it.
func within(path, dir string) bool {
	path, err1 := filepath.Abs(path)
	dir, err2 := filepath.Abs(dir)
	up, err := filepath.Rel(dir, path)
	if err := errors.Join(err1, err2, err); err != nil {
		return true // what cannot be told apart is not trusted to be apart
	}
	return up != ".." && !strings.HasPrefix(up, ".."+string(filepath.Separator))
}

// LogKeyFile is where the secret key of the log lies.
func (c *Config) LogKeyFile() string {
	if c.Log.KeyFile != "" {
		return c.Log.KeyFile
	}
	return filepath.Join(c.Dir, "log.key")
}

// checkFile wants a file that is there, and a secret one that not everybody on the machine can read.
func checkFile(place, path string, secret bool, faults *fault.List) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		faults.Add(place, "dit bestand is er niet of is niet te lezen")
	case info.IsDir():
		faults.Add(place, "is een map; geef een bestand")
	case secret && info.Mode().Perm()&0o007 != 0:
		faults.Add(place, "iedereen op deze machine kan dit bestand lezen; voer uit: chmod o= op het bestand")
	}
}

// checkListen gives the host of host:port, "" when the form is wrong.
func checkListen(place, value string, faults *fault.List) string {
	host, port, err := net.SplitHostPort(value)
	if err != nil {
		faults.Add(place, "moet de vorm host:poort hebben, zoals 127.0.0.1:8443; poort 0 is een vrije poort")
		return ""
	}
	if _, err := net.LookupPort("tcp", port); err != nil || port == "" {
		faults.Add(place, "heeft geen geldige poort")
	}
	if host == "" {
		return "0.0.0.0"
	}
	return host
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// originOf gives the one spelling of a public URL: lower case, no slash at the end, port 443 left out. Tokens name it as their
// audience, and the log is called after it.
func originOf(text string) (string, bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Path != "" && u.Path != "/" {
		return "", false
	}
	return "https://" + strings.TrimSuffix(strings.ToLower(u.Host), ":443"), true
}
