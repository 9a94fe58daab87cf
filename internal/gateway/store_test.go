package gateway_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestNoSecondLogBesideTheFirst: a gateway that has a file does not begin an empty database under the same name.
func TestNoSecondLogBesideTheFirst(t *testing.T) {
	r := gatewaytest.Start(t, gatewaytest.Bare())
	r.Stop()
	db := pgtest.Shared(t).Database(t)
	if err := postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}); err != nil {
		t.Fatal(err)
	}
	config := r.Config
	config.Store.Postgres = db.Gateway
	if g, err := gateway.New(t.Context(), config, testLogger(t)); !errors.Is(err, gateway.ErrTwoStores) {
		t.Errorf("got %v", err)
		if g != nil {
			_ = g.Close(t.Context())
		}
	}
}

// TestDatabaseThatIsNotReady: a gateway starts on no file instead, and says what is wrong.
func TestDatabaseThatIsNotReady(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	config := gateway.DefaultConfig()
	config.Dir = t.TempDir()
	for want, url := range map[error]string{
		gateway.ErrDatabaseEmpty:   db.Gateway,
		gateway.ErrDatabaseRefused: db.Cluster.As(pgtest.GatewayRole, "andere"),
		gateway.ErrDatabaseAway:    "host=" + config.Dir + " user=gateway dbname=sluis",
	} {
		config.Store.Postgres = url
		if s, err := gateway.OpenStore(t.Context(), config); !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
			if s != nil {
				s.Close()
			}
		}
	}
	if entries, err := os.ReadDir(config.Dir); err != nil || len(entries) != 0 {
		t.Errorf("something was made in %s: %v, %v", filepath.Base(config.Dir), entries, err)
	}
}

// TestPasswordFromAFile: the connection string leads to no password, the file does.
func TestPasswordFromAFile(t *testing.T) {
	db := pgtest.Shared(t).Database(t)
	config := gateway.DefaultConfig()
	config.Dir = t.TempDir()
	write := func(name, role string) string {
		file := filepath.Join(config.Dir, name)
		if err := os.WriteFile(file, []byte(pgtest.Password(role)+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	at := func(role string) string { return "host=" + db.Cluster.Dir() + " dbname=" + db.Name + " user=" + role }
	config.Store.Owner, config.Store.OwnerPasswordFile = at(pgtest.OwnerRole), write("eigenaar", pgtest.OwnerRole)
	if err := gateway.MigrateDatabase(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	if st, err := gateway.ReadDatabaseStatus(t.Context(), config); err != nil || st.Have == 0 || len(st.Pending) != 0 {
		t.Errorf("got %+v, %v", st, err)
	}
	config.Store.Postgres, config.Store.PasswordFile = at(pgtest.GatewayRole), write("poort", pgtest.GatewayRole)
	s, err := gateway.OpenStore(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	config.Store.PasswordFile = config.Store.OwnerPasswordFile
	if s, err := gateway.OpenStore(t.Context(), config); !errors.Is(err, gateway.ErrDatabaseRefused) {
		t.Errorf("with the password of another role: %v", err)
		if s != nil {
			s.Close()
		}
	}
}
