package pgtest

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"testing"

	"github.com/sluis-gateway/sluis/internal/freeport"
)

// proof is the certificate of a cluster that listens on loopback.
type proof struct {
	chain, key []byte // PEM
	port       int
}

// Encrypted has the cluster listen on a free port of loopback as well, for encrypted connections only, with a certificate chain and its key
// in PEM. For [Start] alone.
func Encrypted(tb testing.TB, chain, key []byte) Option {
	tb.Helper()
	port := freeport.Take(tb)
	return func(c *Cluster) {
		c.proof = &proof{chain, key, port}
		c.settings = append(c.settings, "listen_addresses = '127.0.0.1'", fmt.Sprintf("port = %d", port), "ssl = on")
	}
}

// Over gives a connection string over TCP, for a name or address of loopback and with settings of the library such as sslmode.
func (c *Cluster) Over(host, role, database string, settings map[string]string) string {
	query := url.Values{"passfile": {c.PassFile()}}
	for name, value := range settings {
		query.Set(name, value)
	}
	at := url.URL{Scheme: "postgres", User: url.User(role), Host: net.JoinHostPort(host, strconv.Itoa(c.proof.port)), Path: "/" + database, RawQuery: query.Encode()}
	return at.String()
}
