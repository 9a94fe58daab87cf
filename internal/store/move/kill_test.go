package move

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// childEnv makes this test program a process that moves a store: a [childMove] in JSON.
const childEnv = "SLUIS_MOVE_CHILD"

type childMove struct {
	File, Database, Secret string
	StopAt                 Progress // to stand still at; the zero one for nowhere
}

func TestMain(m *testing.M) {
	if text := os.Getenv(childEnv); text != "" {
		if err := child(text); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child moves, tells where it is, a line each, and stands still where it is asked to, to be killed there.
func child(text string) error {
	var c childMove
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		return err
	}
	verifier, err := tlog.VerifierOf(c.Secret)
	if err != nil {
		return err
	}
	_, err = Run(context.Background(), Options{File: c.File, Database: postgres.Options{URL: c.Database}, Destination: "there", Names: []note.Verifier{verifier},
		Tell: func(p Progress) {
			fmt.Println(p)
			if p == c.StopAt {
				select {}
			}
		}})
	return err
}

// start starts a child.
func (l trail) start(t *testing.T, database string, at Progress) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	text, err := json.Marshal(childMove{l.file(), database, l.secret, at})
	must(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+string(text))
	cmd.Stderr = t.Output()
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd, bufio.NewScanner(out)
}

// TestKilledInAStep: killed wherever it is, nothing went, or everything did; never do two stores go on; and the next run goes on to the end.
func TestKilledInAStep(t *testing.T) {
	log, db := newTrail(t, 3), migrated(t)
	first, last := tables[0].name, tables[len(tables)-1].name
	for _, c := range []struct {
		at   Progress
		want standing
		then Before
	}{
		{Progress{Copying, first, 0}, standing{"good", "empty"}, Nothing},
		{Progress{Copying, last, 0}, standing{"good", "empty"}, Nothing},
		{Progress{Step: Keeping}, standing{"good", "empty"}, Nothing},
		{Progress{Comparing, first, 0}, standing{"good", "closed"}, Nothing},
		{Progress{Step: Verifying}, standing{"good", "closed"}, Nothing},
		{Progress{Step: Leaving}, standing{"good", "closed"}, Nothing},
		{Progress{Step: Opening}, standing{"left", "closed"}, Left},
	} {
		t.Run(fmt.Sprint(c.at), func(t *testing.T) {
			l := log.copied(t)
			emptied(t, db)
			cmd, said := l.start(t, db.Owner, c.at)
			for said.Scan() && said.Text() != fmt.Sprint(c.at) {
			}
			must(t, cmd.Process.Kill())
			_ = cmd.Wait() // it was killed
			settled(t, db)
			if got := stand(t, l, db); got != c.want {
				t.Fatalf("%+v, want %+v", got, c.want)
			}
			if c.want.file == "good" { // a gateway may have gone on there in between
				s := inFile(t, l.dir)
				l.grow(t, s, "between", 1)
				must(t, s.Close())
			}
			report, err := Run(t.Context(), l.to(t, db))
			if err != nil || report.Before != c.then {
				t.Fatalf("the next run: %+v, %v", report, err)
			}
			wentOver(t, l, db)
		})
	}
}

// TestKilledAnywhere kills at moments that chance chooses. SLUIS_KILLS is how many.
func TestKilledAnywhere(t *testing.T) {
	kills := 4
	if text := os.Getenv("SLUIS_KILLS"); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		must(t, err)
	}
	l, db := newTrail(t, 3), migrated(t)
	moved := 0
	for range kills {
		cmd, said := l.start(t, db.Owner, Progress{})
		lines := rand.IntN(2*len(tables) + 6) // as many as it says, about
		for ; lines > 0 && said.Scan(); lines-- {
		}
		time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond)
		must(t, cmd.Process.Kill())
		_ = cmd.Wait() // it was killed, or was done
		settled(t, db)
		st := stand(t, l, db)
		if one := fmt.Sprint(st); !strings.Contains("{good empty} {good closed} {left closed} {left good}", one) {
			t.Fatalf("after a kill: %s", one)
		}
		if st.file == "left" {
			moved++
			_, err := Run(t.Context(), l.to(t, db))
			must(t, err)
			wentOver(t, l, db)
			l = newTrail(t, 3)
			emptied(t, db)
		}
	}
	t.Logf("%d kills, of which %d after the file was left", kills, moved)
	_, err := Run(t.Context(), l.to(t, db))
	must(t, err)
	wentOver(t, l, db)
}
