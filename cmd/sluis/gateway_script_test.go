package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/pki"
)

// TestScriptsWithAGateway runs every testdata/gateway/*.txtar beside a real gateway with the ten parties of the example
// convenant. $PROFIELEN holds everybody's profile, named <party>-<id>; $PARTIJEN the partij/ folders of politie and gemeente.
// A script has nosecret, mode (see TestScripts), and
//
//	grab NAME REGEXP    sets $NAME to the first group of what the last command printed
//	before NAME NUMBER  sets $NAME to the number before it
//	large FILE MIB      writes a PDF of that size
//	peak MIB            no command took more memory than that
//	fill FILE NUMBER    puts that number of a message in a content, as somebody does who edits it
func TestScriptsWithAGateway(t *testing.T) {
	region := gatewaytest.Start(t)
	parties := filepath.Join(region.Dir, "voor-scripts")
	for _, short := range []string{"politie", "gemeente"} {
		check(t, pki.WriteIdentity(filepath.Join(parties, short), "kaart", region.Party(short).Signer))
	}
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "gateway"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("HOME", env.WorkDir)
			env.Setenv("PROFIELEN", filepath.Join(region.Dir, "profielen"))
			env.Setenv("PARTIJEN", parties)
			env.Setenv("CONVENANT", gatewaytest.ConvenantID+"/1")
			env.Setenv("WPG", gatewaytest.WpgNumber)
			env.Setenv("SLUIS", region.Config.Dir)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"nosecret": noSecret,
			"mode":     mode,
			"grab":     grab,
			"large":    large,
			"peak":     peak,
			"fill":     fillNumber,
			"before":   before,
		},
	})
}

func before(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: before NAME NUMBER")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Setenv(args[0], strconv.Itoa(n-1))
}

func fillNumber(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: fill FILE NUMBER")
	}
	number := regexp.MustCompile(`"bericht": "[0-9a-f-]*"`)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(number.ReplaceAllString(ts.ReadFile(args[0]), `"bericht": "`+args[1]+`"`)), 0o600))
}

func grab(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: grab NAME REGEXP")
	}
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("%s does not match what was printed", args[1])
	}
	ts.Setenv(args[0], found[1])
}
