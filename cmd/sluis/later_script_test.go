package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
)

// aheadVariable tells the command of a script how far its clock is ahead.
const aheadVariable = "KLOK_VOOR"

// later is the command of scripts: main, with the clock of the script.
func later() {
	if by, err := time.ParseDuration(os.Getenv(aheadVariable)); err == nil {
		wallClock = func() time.Time { return time.Now().Add(by) }
	}
	main()
}

// TestScriptsOnAClock runs every testdata/later/*.txtar beside a gateway of its own, on a clock that the script moves:
//
//	later DURATION         moves the clock of gateway and commands forward, and starts the gateway again
//	until REGEXP sluis …   runs a command until it prints that, for at most a minute
//
// and grab and the variables of TestScriptsWithAGateway. For a script named vier-ogen, a signaal from school to police needs a second
// signature.
func TestScriptsOnAClock(t *testing.T) {
	scripts, err := filepath.Glob(filepath.Join("testdata", "later", "*.txtar"))
	check(t, err)
	if len(scripts) == 0 {
		t.Fatal("no scripts")
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txtar"), func(t *testing.T) {
			clock := &gatewaytest.Clock{}
			options := []gatewaytest.Option{gatewaytest.Telling(clock)}
			if strings.HasPrefix(filepath.Base(script), "vier-ogen") {
				options = append(options, gatewaytest.Agreeing(fourEyed(t)))
			}
			region := gatewaytest.Start(t, options...)
			testscript.Run(t, testscript.Params{
				Files: []string{script}, RequireExplicitExec: true,
				Setup: func(env *testscript.Env) error {
					env.Setenv("HOME", env.WorkDir)
					env.Setenv("PROFIELEN", filepath.Join(region.Dir, "profielen"))
					env.Setenv("CONVENANT", gatewaytest.ConvenantID+"/1")
					return nil
				},
				Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
					"grab": grab, "until": until,
					"later": func(ts *testscript.TestScript, neg bool, args []string) {
						if neg || len(args) != 1 {
							ts.Fatalf("usage: later DURATION")
						}
						by, err := time.ParseDuration(args[0])
						ts.Check(err)
						clock.Later(by)
						region.Restart() // which sweeps at once
						ts.Setenv(aheadVariable, clock.Ahead().String())
					},
				},
			})
		})
	}
}

func fourEyed(t *testing.T) func(text []byte) []byte {
	return func(text []byte) []byte {
		changed := bytes.Replace(text, []byte("ouders-geinformeerd, proportioneel]"), []byte("ouders-geinformeerd, proportioneel, vier-ogen]"), 1)
		if bytes.Equal(changed, text) {
			t.Fatal("the example has other conditions than this test begins with")
		}
		return changed
	}
}

func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: until REGEXP command…")
	}
	want := regexp.MustCompile(args[0])
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		ts.Check(ts.Exec(args[1], args[2:]...))
		if want.MatchString(ts.ReadFile("stdout")) {
			return
		}
	}
	ts.Fatalf("%s was never printed", args[0])
}
