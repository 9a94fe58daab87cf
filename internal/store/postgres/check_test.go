package postgres

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestServerThatDoesNotKeep: a server that does not sync is refused, by the gateway and by the migration.
func TestServerThatDoesNotKeep(t *testing.T) {
	cluster := pgtest.Start(t)
	db := cluster.Database(t)
	for _, setting := range []string{"fsync", "full_page_writes"} {
		cluster.Restart(t, pgtest.Setting(setting+" = off"))
		_, err := Open(t.Context(), Options{URL: db.Gateway})
		if !errors.Is(err, ErrSetting) || !strings.Contains(err.Error(), setting) {
			t.Errorf("opening with %s off: %v", setting, err)
		}
		if err := Migrate(t.Context(), Options{URL: db.Owner}); !errors.Is(err, ErrSetting) {
			t.Errorf("migrating with %s off: %v", setting, err)
		}
		cluster.Restart(t, pgtest.Setting(setting+" = on"))
	}
	cluster.Exec(t, "postgres", "CREATE DATABASE latin OWNER "+pgtest.OwnerRole+" ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
	if err := Migrate(t.Context(), Options{URL: cluster.As(pgtest.OwnerRole, "latin")}); !errors.Is(err, ErrSetting) {
		t.Errorf("migrating a database of another encoding: %v", err)
	}
}

// TestCommitsWaitWhateverTheDefault: a default that does not wait for the disk is overruled, and one that waits for more is kept.
func TestCommitsWaitWhateverTheDefault(t *testing.T) {
	db := migrated(t)
	for value, want := range map[string]string{"off": "on", "local": "on", "remote_write": "on", "on": "on", "remote_apply": "remote_apply"} {
		db.Cluster.Exec(t, db.Name, "ALTER DATABASE "+db.Name+" SET synchronous_commit = "+value)
		var got string
		if err := opened(t, db).pool.QueryRow(t.Context(), "SHOW synchronous_commit").Scan(&got); err != nil || got != want {
			t.Errorf("with default %s it is %q: %v", value, got, err)
		}
	}
}

// TestSessionsAreBounded: what the settings of a session promise holds at the server.
func TestSessionsAreBounded(t *testing.T) {
	s := opened(t, migrated(t))
	for name, want := range map[string]string{"application_name": "sluis", "search_path": `""`, "TimeZone": "UTC", "idle_in_transaction_session_timeout": sessionBounds["idle_in_transaction_session_timeout"]} {
		var got string
		if err := s.pool.QueryRow(t.Context(), "SELECT current_setting($1)", name).Scan(&got); err != nil || got != want && got != strings.Trim(want, `"`) {
			t.Errorf("%s is %q: %v", name, got, err)
		}
	}
}
