package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets a script run this very program as the command `sluis`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"sluis": later})
}

// TestScripts runs every testdata/script/*.txtar. A script has, beside the commands of testscript:
//
//	nosecret [FILE…]    nothing secret in what the last command printed, nor in the files
//	mode FILE 0600      the permissions of a file or folder
//	$GIDS               the example of docs/gemeente
//	exits N sluis …     runs a command that must end with exit code N
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			guide, err := filepath.Abs("../../docs/gemeente/voorbeeld")
			env.Setenv("GIDS", guide)
			return err
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"nosecret": noSecret,
			"mode":     mode,
			"exits":    exits,
		},
	})
}

// secret is what may never be printed: PEM and age private keys, and the private member of a JWK.
var secret = regexp.MustCompile(`PRIVATE KEY|AGE-SECRET-KEY|"d"\s*:|"k"\s*:`)

func noSecret(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("unsupported: ! nosecret")
	}
	for _, name := range append([]string{"stdout", "stderr"}, args...) {
		if secret.MatchString(ts.ReadFile(name)) {
			ts.Fatalf("%s holds something secret", name) // and is not shown
		}
	}
}

func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode FILE 0600")
	}
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[1] {
		ts.Fatalf("%s has mode %s, want %s", args[0], got, args[1])
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits N command…")
	}
	code := 0
	err := ts.Exec(args[1], args[2:]...)
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		code = ended.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}
