package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// crashFolder names, in the environment, the folder of a child that is going to be killed (see crash_child_test.go).
const crashFolder = "SLUIS_CRASH_FOLDER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashFolder); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// TestKilledAtAnyMoment kills a process that commits under load, again and again on the same files: what it was told is there,
// exactly once and where it was said to be, and the whole trail is sound. SLUIS_KILLS is how often (default 20).
func TestKilledAtAnyMoment(t *testing.T) {
	kills := 20
	if text := os.Getenv("SLUIS_KILLS"); text != "" {
		var err error
		kills, err = strconv.Atoi(text)
		must(t, err)
	}
	dir := t.TempDir()
	secret, public, err := tlog.GenerateKey(crashOrigin)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "log.key"), []byte(secret), 0o600))
	verifier, err := tlog.ParseVerifier(public)
	must(t, err)
	all := map[string]string{}
	for range kills {
		told := killed(t, dir)
		s := openAt(t, filepath.Join(dir, FileName))
		for what, nr := range told {
			if before, twice := all[what]; twice {
				t.Errorf("%s was told twice: %s and %s", what, before, nr)
			}
			all[what] = nr
			if err := kept(s, what, nr); err != nil {
				t.Errorf("told and lost: %v", err)
			}
		}
		must(t, s.Close())
		if _, err := trailcheck.Verify(t.Context(), dir, verifier); err != nil {
			t.Fatal(err)
		}
	}
	s := openAt(t, filepath.Join(dir, FileName))
	for what, nr := range all { // a later crash took nothing of what was told before
		must(t, kept(s, what, nr))
	}
	t.Logf("%d kills, %d things told", kills, len(all))
	if len(all) < kills {
		t.Errorf("only %d things were told in %d lives", len(all), kills)
	}
}

// killed runs a child, kills it at some moment after it first told something, and gives what it told: a word and an id, and the nr.
func killed(t *testing.T, dir string) map[string]string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), crashFolder+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	told := map[string]string{}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil { // half a line was not told
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			break
		}
		what, nr, _ := strings.Cut(strings.TrimSpace(line), "=")
		if len(told) == 0 {
			time.AfterFunc(time.Duration(rand.IntN(80))*time.Millisecond, func() { cmd.Process.Kill() })
		}
		told[what] = nr
	}
	if err := cmd.Wait(); err == nil || len(told) == 0 {
		t.Fatalf("the child told %d things and ended with %v", len(told), err)
	}
	return told
}

// kept checks that what was told is there.
func kept(s *Store, what, nr string) error {
	ctx := context.Background()
	word, id, _ := strings.Cut(what, " ")
	m, err := s.Message(ctx, id)
	switch {
	case word == "seen":
		seen, err := s.Seen(ctx, "issuer", id, time.Now())
		if err != nil || !seen {
			return fmt.Errorf("token %s: %v", id, err)
		}
		return nil
	case err != nil:
		return fmt.Errorf("%s: %w", what, err)
	case word == "accepted" && strconv.FormatInt(m.Nr, 10) != nr:
		return fmt.Errorf("%s stands at %d and not at %s", what, m.Nr, nr)
	case word == "erased" && (m.HasPayload || len(m.Confirmed) != 1):
		return fmt.Errorf("%s: payload %v, %d confirmations", what, m.HasPayload, len(m.Confirmed))
	}
	return nil
}

const crashOrigin = "sluis.example/log"
