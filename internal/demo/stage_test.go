package demo

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
)

// TestAWrongOutcomeIsSeen: the demonstration must not praise itself. Each kind of outcome that is not as it should be counts, and
// is told on a line of its own.
func TestAWrongOutcomeIsSeen(t *testing.T) {
	f := folder(t.TempDir() + "/regio")
	if err := f.prepare(true); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s := &stage{folder: f, out: &out, log: slog.New(slog.DiscardHandler)}
	s.people.folder = f
	if err := s.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer s.end(context.Background())
	if err := s.found(t.Context()); err != nil {
		t.Fatal(err)
	}
	allowed, denied := signalAboutN(3), signalAboutN(1)
	for _, c := range []struct {
		name, want string
		play       func(*scene)
	}{
		{"an allowed message that should be refused", "geweigerd moeten worden", func(sc *scene) {
			sc.refused("debrug", "veiligheid", "signaal", "fase-te-laag", allowed)
		}},
		{"a refusal for another reason", "andere reden", func(sc *scene) {
			sc.refused("debrug", "veiligheid", "signaal", "doel-is-opsporing", denied)
		}},
		{"a fault instead of a refusal", "geen weigering maar een fout", func(sc *scene) {
			broken := denied
			broken.Body = []byte(`{}`)
			sc.refused("debrug", "veiligheid", "signaal", "fase-te-laag", broken)
		}},
		{"a refusal that should be allowed", "had moeten lukken", func(sc *scene) {
			sc.send("debrug", "veiligheid", "signaal", denied)
		}},
		{"a message that nobody sent", "had moeten lukken", func(sc *scene) {
			sc.receive("politie", "wijkagent", "signaal", client.Sent{ID: "01920000-0000-7000-8000-000000000000"})
		}},
		{"somebody who is not there", "had moeten lukken", func(sc *scene) {
			sc.confirm("politie", "niemand", "signaal", client.Sent{}, "overgenomen")
		}},
	} {
		out.Reset()
		before := s.failed
		c.play(&scene{stage: s, ctx: t.Context()})
		if s.failed != before+1 || !strings.Contains(out.String(), "!!") || !strings.Contains(out.String(), c.want) {
			t.Errorf("%s: counted %d, said %q", c.name, s.failed-before, out.String())
		}
	}
}

// TestTwoAtOnce: the second demonstration in a folder is told what to do, and the first goes on.
func TestTwoAtOnce(t *testing.T) {
	f := folder(t.TempDir() + "/regio")
	quiet := Options{Dir: string(f), Once: true, Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)}
	if err := Run(t.Context(), quiet); err != nil {
		t.Fatal(err)
	}
	g, err := start(t.Context(), f, quiet.Log)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close(context.Background())
	if err := Run(t.Context(), quiet); err == nil || !strings.Contains(err.Error(), "draait al een sluis") {
		t.Errorf("a second one at the same time: %v", err)
	}
}

// TestAFolderWithoutAMarkIsLeftAlone: a region that was made halfway is not mended, because nobody knows what is missing in it.
func TestAFolderWithoutAMarkIsLeftAlone(t *testing.T) {
	f := folder(t.TempDir() + "/regio")
	if err := f.prepare(true); err != nil {
		t.Fatal(err)
	}
	err := Run(t.Context(), Options{Dir: string(f), Once: true, Out: &bytes.Buffer{}, Log: slog.New(slog.DiscardHandler)})
	if err == nil || errors.Is(err, ErrOutcome) || !strings.Contains(err.Error(), "--dir") {
		t.Errorf("a folder made halfway: %v", err)
	}
}

// TestRegionNamesEverybodyOnce: OINs and folders are keys.
func TestRegionNamesEverybodyOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, o := range region {
		for _, key := range []string{o.folder, string(o.oin)} {
			if seen[key] {
				t.Errorf("%s stands twice in the region", key)
			}
			seen[key] = true
		}
		if len(o.people) == 0 {
			t.Errorf("%s has no people", o.folder)
		}
	}
}
