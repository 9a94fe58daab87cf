package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestServerProvesItsName: over TCP a server with a certificate of the right authority and the right name is believed, and no other; and
// nothing goes over a connection that is not encrypted.
func TestServerProvesItsName(t *testing.T) {
	dir := t.TempDir()
	authority := func(name string) (*pki.CA, string) {
		ca, err := pki.NewCA(name)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".pem")
		if err := pki.WriteCertificates(file, ca.Root); err != nil {
			t.Fatal(err)
		}
		return ca, file
	}
	ca, anchors := authority("echt")
	_, others := authority("ander")
	server, err := ca.IssueServer("localhost")
	if err != nil {
		t.Fatal(err)
	}
	if err := pki.WriteIdentity(dir, "server", server); err != nil {
		t.Fatal(err)
	}
	chain, err1 := os.ReadFile(filepath.Join(dir, "server.crt"))
	key, err2 := os.ReadFile(filepath.Join(dir, "server.key"))
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	cluster := pgtest.Start(t, pgtest.Encrypted(t, chain, key))
	db := cluster.Database(t)
	if err := Migrate(t.Context(), Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		host     string
		settings map[string]string
		want     error
	}{
		"right":             {"localhost", map[string]string{"sslmode": "verify-full", "sslrootcert": anchors}, nil},
		"another authority": {"localhost", map[string]string{"sslmode": "verify-full", "sslrootcert": others}, ErrUnproven},
		"another name":      {"127.0.0.1", map[string]string{"sslmode": "verify-full", "sslrootcert": anchors}, ErrUnproven},
		"not encrypted":     {"localhost", map[string]string{"sslmode": "disable"}, ErrRefused}, // by pg_hba.conf
	} {
		s, err := Open(t.Context(), Options{URL: cluster.Over(tc.host, pgtest.GatewayRole, db.Name, tc.settings)})
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", name, err)
		}
		if s == nil {
			continue
		}
		var encrypted bool
		if err := s.pool.QueryRow(t.Context(), "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").Scan(&encrypted); err != nil || !encrypted {
			t.Errorf("%s: encrypted: %t, %v", name, encrypted, err)
		}
		s.Close()
	}
}
