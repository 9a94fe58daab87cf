package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/store/move"
	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestScriptsOfAMove runs testdata/move/*.txtar, each with folders and databases of its own:
//
//	settings FOLDER DATABASE   writes sluis.yaml to move the one to the other
//	running FOLDER             has a gateway's process hold the folder, until
//	stopped
func TestScriptsOfAMove(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "move"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			dbs := databases(t)
			env.Values["databases"] = dbs
			return folders(t, env.WorkDir, dbs["half"])
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"nosecret": noSecret, "exits": exits,
			"settings": func(ts *testscript.TestScript, _ bool, args []string) {
				owner := ts.Value("databases").(map[string]string)[args[1]]
				ts.Check(os.WriteFile(ts.MkAbs("sluis.yaml"), fmt.Appendf(nil, "dir: %s\nstore: {owner: '%s'}\n", args[0], owner), 0o600))
			},
			"running": func(ts *testscript.TestScript, _ bool, args []string) {
				s, err := sqlite.Open(t.Context(), ts.MkAbs(filepath.Join(args[0], sqlite.FolderName, sqlite.FileName)))
				ts.Check(err)
				stopHeld = s.Close
			},
			"stopped": func(ts *testscript.TestScript, _ bool, _ []string) { ts.Check(stopHeld()) },
		},
	})
}

// stopHeld ends what holds a folder.
var stopHeld func() error

// databases gives the connection strings of databases in every state.
func databases(t *testing.T) map[string]string {
	cluster := pgtest.Shared(t)
	all := map[string]string{"weg": cluster.As(pgtest.OwnerRole, "weg")}
	for _, state := range []string{"nieuw", "goed", "ouder", "nieuwer", "vol", "poort", "verbonden", "half"} {
		db := cluster.Database(t)
		all[state] = db.Owner
		if state != "nieuw" {
			check(t, postgres.Migrate(t.Context(), postgres.Options{URL: db.Owner}))
		}
		switch state {
		case "ouder":
			cluster.Exec(t, db.Name, "DELETE FROM sluis.step WHERE version_id >= 5")
		case "nieuwer":
			cluster.Exec(t, db.Name, "INSERT INTO sluis.step (version_id, is_applied) VALUES (1000000, true)")
		case "vol":
			cluster.Exec(t, db.Name, "INSERT INTO sluis.policy VALUES ('a', 'b')")
		case "poort":
			all[state] = db.Gateway
		case "verbonden":
			s, err := postgres.Open(t.Context(), postgres.Options{URL: db.Gateway})
			check(t, err)
			t.Cleanup(func() { s.Close() })
		}
	}
	return all
}

// folders makes gateways' folders in every state, of which one was broken off while it went to a database.
func folders(t *testing.T, dir, half string) error {
	for _, state := range []string{"sluis", "geknoeid", "ingekort", "sleutelloos", "ander", "afgebroken"} {
		made, _ := trailFolder(t)
		folder := filepath.Join(dir, state)
		check(t, os.CopyFS(folder, os.DirFS(made)))
		check(t, os.Chmod(filepath.Join(folder, "log.key"), 0o600))
		file := filepath.Join(folder, sqlite.FolderName, sqlite.FileName)
		switch state {
		case "geknoeid":
			tamper(t, file, "DROP TRIGGER record_no_update", "UPDATE record SET canonical = CAST(replace(CAST(canonical AS TEXT), 'raadpleging', 'raadplegjng') AS BLOB) WHERE nr = 1")
		case "ingekort":
			grow(t, folder)
		case "sleutelloos":
			check(t, os.Remove(filepath.Join(folder, "log.key")))
		case "afgebroken":
			breakOff(t, folder, half)
		}
	}
	return nil
}

func tamper(t *testing.T, file string, list ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", file)
	check(t, err)
	defer db.Close()
	for _, s := range list {
		_, err := db.Exec(s)
		check(t, err)
	}
}

// breakOff moves a folder until the file must be left, and dies there: what the move would take back stays.
func breakOff(t *testing.T, folder, owner string) {
	t.Helper()
	config := gateway.DefaultConfig()
	config.Dir, config.Store.Owner = folder, owner
	died := make(chan struct{})
	go func() {
		defer close(died)
		defer func() { _ = recover() }()
		_, _ = gateway.MoveStore(t.Context(), config, func(p move.Progress) {
			if p.Step == move.Leaving {
				panic("died")
			}
		})
	}()
	<-died
}

// grow shows a log that is longer than the one in a folder.
func grow(t *testing.T, folder string) {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy")
	check(t, os.CopyFS(copied, os.DirFS(folder)))
	secret, err := os.ReadFile(filepath.Join(copied, "log.key"))
	check(t, err)
	signer, err := tlog.ParseSigner(string(secret))
	check(t, err)
	store, err := sqlite.Open(t.Context(), filepath.Join(copied, sqlite.FolderName, sqlite.FileName))
	check(t, err)
	defer store.Close()
	log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: signer.Name(), Signer: signer})
	check(t, err)
	_, err = log.Commit(t.Context(), audit.Change{Records: []tlog.Record{{Kind: tlog.Consulted}}})
	check(t, err)
	check(t, log.Close())
	head, err := store.Head(t.Context())
	check(t, err)
	check(t, os.WriteFile(filepath.Join(folder, "controlepunt"), head.Checkpoint, 0o600))
}
