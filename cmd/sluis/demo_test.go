package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/sluis-gateway/sluis/internal/demo"
)

// TestDemonstration plays it as `make run` does, and then does what it suggests, as the commands stand on the screen.
func TestDemonstration(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, stop := context.WithCancel(t.Context())
	screen := newScreen()
	ended := make(chan error, 1)
	go func() {
		ended <- demo.Run(ctx, demo.Options{Dir: "regio", FreePorts: true, Out: screen, Command: "sluis", Log: slog.New(slog.DiscardHandler)})
	}()
	select {
	case err := <-ended:
		t.Fatalf("the demonstration did not keep serving: %v\n%s", err, screen)
	case <-screen.shows("Stoppen: Ctrl-C"):
	}
	for _, mark := range []string{"✓", "✗"} {
		if !strings.Contains(screen.String(), mark) {
			t.Errorf("no line with %s on the screen:\n%s", mark, screen)
		}
	}
	for line := range strings.Lines(screen.String()) {
		if utf8.RuneCountInString(strings.TrimSpace(line)) > 100 && !strings.HasPrefix(strings.TrimSpace(line), "sluis ") {
			t.Errorf("a line that is too wide for a screen: %s", line)
		}
	}
	commands := suggested(screen.String())
	if len(commands) < 6 {
		t.Fatalf("only %d commands are suggested:\n%s", len(commands), screen)
	}
	for _, command := range commands {
		var out, errs bytes.Buffer
		want := 0
		if strings.Contains(command, "--fase 1") {
			want = 1 // the question that is answered with no
		}
		if code := run(strings.Fields(command)[1:], strings.NewReader(""), &out, &errs); code != want {
			t.Errorf("%s\nended with %d, not %d:\n%s%s", command, code, want, out.String(), errs.String())
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("stopping the demonstration: %v", err)
	}
}

// TestDemonstrationGoesOn: a second run in the same folder goes on with the same region; a folder of somebody else is left alone.
func TestDemonstrationGoesOn(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		var out, errs bytes.Buffer
		if code := run([]string{"demo", "--once", "--dir", dir}, strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("ended with %d:\n%s%s", code, out.String(), errs.String())
		}
	}
	other := t.TempDir()
	if err := createFile(other+"/brief.txt", []byte("van een ander"), 0o600); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	if code := run([]string{"demo", "--once", "--dir", other}, strings.NewReader(""), io.Discard, &errs); code != 1 {
		t.Errorf("a folder with somebody's files was used: %d\n%s", code, errs.String())
	}
}

// suggested gives the commands on the screen: the lines that begin with the name of the program.
func suggested(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if command := strings.TrimSpace(line); strings.HasPrefix(command, "sluis ") {
			all = append(all, command)
		}
	}
	return all
}

// screen is what the user sees, and a way to wait for words on it.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
	wait map[string]chan struct{}
}

func newScreen() *screen { return &screen{wait: map[string]chan struct{}{}} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text.Write(p)
	for words, seen := range s.wait {
		if strings.Contains(s.text.String(), words) {
			close(seen)
			delete(s.wait, words)
		}
	}
	return len(p), nil
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// shows gives a channel that is closed when the words are on the screen.
func (s *screen) shows(words string) <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := make(chan struct{})
	if strings.Contains(s.text.String(), words) {
		close(seen)
	} else {
		s.wait[words] = seen
	}
	return seen
}
