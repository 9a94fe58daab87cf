package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/demo"
)

const guideFile = "../../docs/gemeente/README.md"

// TestTheGuideOfAMunicipality does what docs/gemeente says, in a folder beside the demonstration, as the commands stand there: each
// block of commands is run by a shell, and what it prints is what the guide shows, but for what differs each time. SLUIS_GUIDE_WRITE=1 writes down what it printed.
func TestTheGuideOfAMunicipality(t *testing.T) {
	guide, err := os.ReadFile(guideFile)
	check(t, err)
	steps := guideSteps(string(guide))
	if len(steps) < 15 {
		t.Fatalf("only %d blocks of commands in the guide", len(steps))
	}
	dir := t.TempDir()
	check(t, os.CopyFS(filepath.Join(dir, "docs", "gemeente"), os.DirFS(filepath.Dir(guideFile))))
	address := serveDemonstration(t, filepath.Join(dir, "sluis-demo"))
	for i := range steps {
		s := &steps[i]
		cmd := exec.Command("sh", "-e", "-c", strings.ReplaceAll(s.commands, usualAddress, address))
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "HOME="+dir)
		printed, err := cmd.CombinedOutput()
		code := 0
		var ended *exec.ExitError
		if errors.As(err, &ended) {
			code = ended.ExitCode()
		} else {
			check(t, err)
		}
		if code != s.exit {
			t.Fatalf("%s:%d: ended with %d, not %d:\n%s%s", guideFile, s.line, code, s.exit, s.commands, printed)
		}
		s.printed = string(printed)
		if got, want := plainly(s.printed), plainly(s.output); s.shown && got != want && os.Getenv("SLUIS_GUIDE_WRITE") == "" {
			t.Errorf("%s:%d: %s\nprinted:\n%s\nthe guide shows:\n%s", guideFile, s.line, s.commands, got, want)
		}
	}
	if os.Getenv("SLUIS_GUIDE_WRITE") != "" {
		check(t, os.WriteFile(guideFile, []byte(rewritten(string(guide), steps)), 0o644))
	}
}

// usualAddress is where `make run` listens; the test takes a port that is free.
const usualAddress = "https://localhost:8443"

// serveDemonstration keeps the region of the demonstration serving until the test ends, and gives its address.
func serveDemonstration(t *testing.T, dir string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	screen := newScreen()
	ended := make(chan error, 1)
	go func() {
		ended <- demo.Run(ctx, demo.Options{Dir: dir, FreePorts: true, Out: screen, Command: "sluis", Log: slog.New(slog.DiscardHandler)})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("stopping the demonstration: %v", err)
		}
	})
	select {
	case err := <-ended:
		ended <- err
		t.Fatalf("the demonstration did not keep serving: %v\n%s", err, screen)
	case <-screen.shows("Stoppen: Ctrl-C"):
	}
	found := regexp.MustCompile(`https://localhost:[0-9]+`).FindString(screen.String())
	if found == "" {
		t.Fatalf("the demonstration does not say where it is:\n%s", screen)
	}
	return found
}

// guideStep is a block of commands, with what the guide says that it prints.
type guideStep struct {
	line     int // where the block begins, from 1
	commands string
	exit     int
	shown    bool // the guide shows what is printed
	output   string
	printed  string
}

// A block of commands begins with ```sh, or with ```sh exit=1 when it must end so; a block ```text after it is what it prints.
var guideBlock = regexp.MustCompile("(?m)^```sh(?: exit=([0-9]))?\n((?:.*\n)*?)```\n(?:\n```text\n((?:.*\n)*?)```\n)?")

func guideSteps(text string) []guideStep {
	var steps []guideStep
	for _, found := range guideBlock.FindAllStringSubmatchIndex(text, -1) {
		s := guideStep{line: 1 + strings.Count(text[:found[0]], "\n"), commands: text[found[4]:found[5]]}
		if found[2] >= 0 {
			s.exit, _ = strconv.Atoi(text[found[2]:found[3]])
		}
		if found[6] >= 0 {
			s.shown, s.output = true, text[found[6]:found[7]]
		}
		steps = append(steps, s)
	}
	return steps
}

// rewritten gives the guide with what was printed.
func rewritten(text string, steps []guideStep) string {
	next := 0
	return guideBlock.ReplaceAllStringFunc(text, func(block string) string {
		s := steps[next]
		next++
		if !s.shown {
			return block
		}
		before, _, _ := strings.Cut(block, "\n```text\n")
		return before + "\n```text\n" + s.printed + "```\n"
	})
}

// changing is what is other in each run: keys, numbers of records and messages, moments.
var changing = []struct {
	form *regexp.Regexp
	mark string
}{
	{regexp.MustCompile(`sha-256=:[A-Za-z0-9+/]{43}=:`), "sha-256=:…:"},
	{regexp.MustCompile(`sleutel [A-Za-z0-9_-]{43}`), "sleutel …"},
	{regexp.MustCompile(`([Aa]uditregels?) [0-9]+`), "$1 N"},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`), "NUMMER"},
	{regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+Z?)?`), "DAG"},
	{regexp.MustCompile(`[0-9]{1,2} [a-z]{3,9} 20[0-9]{2}( om)?( [0-9]{2}:[0-9]{2})?`), "DAG"},
	{regexp.MustCompile(`[ \t]+`), " "},
}

func plainly(text string) string {
	for _, c := range changing {
		text = c.form.ReplaceAllString(text, c.mark)
	}
	return strings.TrimSpace(text)
}
