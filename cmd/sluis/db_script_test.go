package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestScriptsWithADatabase runs testdata/db/*.txtar on a server that was prepared with the statements of docs/operations.md and nothing else:
// an administrator who follows the guide comes to a gateway that starts. beheer.yaml, sluis.yaml, … are written for the script; $OWNER
// is the connection string of the owner, which leads to its password.
func TestScriptsWithADatabase(t *testing.T) {
	cluster := pgtest.Start(t)
	cluster.Exec(t, "postgres", "DROP ROLE sluis_gateway", "DROP ROLE sluis_lezer") // as on a server that never heard of Sluis
	cluster.Exec(t, "postgres", statementsOfTheGuide(t)...)
	for _, role := range []string{"sluis_eigenaar", "sluis_gateway_1", "sluis_rapport"} {
		cluster.Exec(t, "postgres", fmt.Sprintf("ALTER ROLE %s PASSWORD 'wachtwoord-%[1]s'", role)) // \password asks for it
	}
	keys := t.TempDir()
	ca, err := pki.NewCA("Sluis test")
	check(t, err)
	server, err := ca.IssueServer("localhost")
	check(t, err)
	check(t, pki.WriteIdentity(keys, "tls", server))
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "db"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			at := func(role string) string { return "postgres://" + role + "@/sluis?host=" + cluster.Dir() }
			passwords := filepath.Join(env.WorkDir, "wachtwoorden")
			env.Setenv("OWNER", at("sluis_eigenaar")+"&passfile="+passwords)
			gate := fmt.Sprintf("dir: sluis\napi: {listen: '127.0.0.1:0', certFile: %[1]s/tls.crt, keyFile: %[1]s/tls.key, clientAnchorsFile: %[1]s/tls.crt}\n"+
				"admin: {listen: '127.0.0.1:0'}\ncards: {anchorsFile: %[1]s/tls.crt}\n", keys)
			for name, text := range map[string]string{
				"wachtwoorden":  "*:*:*:sluis_eigenaar:wachtwoord-sluis_eigenaar\n",
				"eigenaar.txt":  "wachtwoord-sluis_eigenaar\n",
				"gateway.txt":   "wachtwoord-sluis_gateway_1\n",
				"beheer.yaml":   fmt.Sprintf("store:\n  owner: %s\n  ownerPasswordFile: eigenaar.txt\n", at("sluis_eigenaar")),
				"fout.yaml":     fmt.Sprintf("store:\n  owner: %s\n  ownerPasswordFile: fout.txt\n", at("sluis_eigenaar")),
				"weg.yaml":      "store:\n  owner: postgres://sluis_eigenaar@/sluis?host=" + env.WorkDir + "\n",
				"sluis.yaml":    gate + fmt.Sprintf("store:\n  postgres: %s\n  passwordFile: gateway.txt\n", at("sluis_gateway_1")),
				"eigenaar.yaml": gate + fmt.Sprintf("store:\n  postgres: %s\n  passwordFile: eigenaar.txt\n", at("sluis_eigenaar")),
			} {
				if err := os.WriteFile(filepath.Join(env.WorkDir, name), []byte(text), 0o600); err != nil {
					return err
				}
			}
			return os.Chmod(filepath.Join(env.WorkDir, "fout.txt"), 0o600)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"nosecret": noSecret,
			"exits":    exits,
		},
	})
}

// statementsOfTheGuide gives what docs/operations.md tells an administrator to run in psql.
func statementsOfTheGuide(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/operations.md")
	check(t, err)
	block := regexp.MustCompile("(?s)```sql\n(CREATE ROLE.*?)```").FindSubmatch(text)
	if block == nil {
		t.Fatal("docs/operations.md has no statements for an administrator")
	}
	var list []string
	code := regexp.MustCompile(`--.*`).ReplaceAllString(string(block[1]), "")
	for _, statement := range strings.Split(code, ";") {
		if statement = strings.TrimSpace(statement); statement != "" {
			list = append(list, statement)
		}
	}
	return list
}
