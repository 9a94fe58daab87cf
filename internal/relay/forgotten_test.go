package relay_test

import (
	"bytes"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/store/conformance"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// held gives every ciphertext that a database holds, of messages and staged, as it stands on the disk.
func held(t testing.TB, file string) (list [][]byte) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+file+"?mode=ro")
	must(t, err)
	defer db.Close()
	rows, err := db.Query("SELECT data FROM chunk")
	must(t, err)
	defer rows.Close()
	for rows.Next() {
		var data []byte
		must(t, rows.Scan(&data))
		list = append(list, data)
	}
	must(t, rows.Err())
	return list
}

// spied is an upload that looks at what is held when half of it came in, and then goes on, breaks off, or turns out to be other bytes.
func (s *setting) spied(t testing.TB, l *letter, saw *[][]byte, rest io.Reader) relay.Upload {
	up := l.upload()
	up.Payload = func() (io.Reader, error) {
		half := bytes.NewReader(l.payload[:len(l.payload)/2])
		return io.MultiReader(half, looking(func() { *saw = held(t, s.database()) }), rest), nil
	}
	return up
}

// looking is a reader that does something and ends.
type looking func()

func (f looking) Read([]byte) (int, error) { f(); return 0, io.EOF }

func (s *setting) database() string { return filepath.Join(s.dir, sqlite.FileName) }

// TestNothingOfACiphertextIsLeft, however it came to its end: no run of 64 bytes in any file, while the gateway runs.
func TestNothingOfACiphertextIsLeft(t *testing.T) {
	const large = 1 << 20
	for name, end := range map[string]func(t *testing.T, s *setting) [][]byte{
		"25 MiB, confirmed": func(t *testing.T, s *setting) [][]byte {
			l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 25<<20, "wa-7") })
			s.send(t, l)
			saw := held(t, s.database())
			_, _, err := s.confirm(t, l, message.Received, "wa-7")
			must(t, err)
			return saw
		},
		"lapsed": func(t *testing.T, s *setting) [][]byte {
			s.send(t, s.letter(t, func(l *letter) { l.payload = s.sealed(t, large, "wa-7") }))
			s.send(t, s.letter(t))
			saw := held(t, s.database())
			s.pass(73 * time.Hour)
			must(t, s.relay.Sweep(t.Context()))
			return saw
		},
		"a motivation at its end": func(t *testing.T, s *setting) [][]byte {
			s.reviewIn("P1D")
			for _, size := range []int{4096, large} {
				l := s.letter(t, func(l *letter) { l.payload, l.motivation = s.sealed(t, size, "wa-7"), s.ageForOfficers(t) })
				s.send(t, l)
				_, _, err := s.confirm(t, l, message.Received, "wa-7")
				must(t, err)
			}
			saw := held(t, s.database())
			s.pass(25 * time.Hour)
			must(t, s.relay.Sweep(t.Context()))
			return saw
		},
		"broken off": func(t *testing.T, s *setting) (saw [][]byte) {
			l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, large, "wa-7") }).sign(t)
			_, err := s.relay.Accept(t.Context(), l.caller, s.spied(t, l, &saw, failing{errBroken}))
			wantErr(t, err, errBroken)
			return saw
		},
		"other bytes": func(t *testing.T, s *setting) (saw [][]byte) {
			l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, large, "wa-7") }).sign(t)
			rest := slices.Clone(l.payload[len(l.payload)/2:])
			rest[0] ^= 1
			_, err := s.relay.Accept(t.Context(), l.caller, s.spied(t, l, &saw, bytes.NewReader(rest)))
			if faults := (fault.List)(nil); !errors.As(err, &faults) {
				t.Errorf("error is %v", err)
			}
			return saw
		},
		"refused when it commits": func(t *testing.T, s *setting) (saw [][]byte) {
			l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, large, "wa-7") }).sign(t)
			s.log.before = func(audit.Change) error { saw = held(t, s.database()); return errBroken }
			_, err := s.relay.Accept(t.Context(), l.caller, l.upload())
			wantErr(t, err, errBroken)
			return saw
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSetting(t)
			saw := end(t, s)
			if len(saw) == 0 {
				t.Fatal("nothing was held, so that its absence proves nothing")
			}
			left := conformance.Left(t, s.dir, saw...)
			for deadline := time.Now().Add(time.Minute); left > 0 && time.Now().Before(deadline); left = conformance.Left(t, s.dir, saw...) {
				time.Sleep(50 * time.Millisecond)
			}
			if left > 0 {
				t.Errorf("%d pieces of ciphertext are left", left)
			}
			s.notHeld(t)
		})
	}
}

// TestNothingIsLeftAfterACrash: the files as they stand in the middle of an upload, and right after an erasure, are what a crash would
// leave. The next start forgets what the process did not get to forget.
func TestNothingIsLeftAfterACrash(t *testing.T) {
	s := newSetting(t)
	var saw [][]byte
	images := map[string]string{}
	crash := func(moment string) {
		dir := t.TempDir()
		// The journal first: what is in it may go over into the database meanwhile, and then it goes.
		for _, suffix := range []string{"-wal", ""} {
			data, err := os.ReadFile(s.database() + suffix)
			must(t, err)
			must(t, os.WriteFile(filepath.Join(dir, sqlite.FileName+suffix), data, 0o600))
		}
		images[moment] = dir
	}
	l := s.letter(t, func(l *letter) { l.payload = s.sealed(t, 1<<20, "wa-7") }).sign(t)
	up := s.spied(t, l, &saw, io.MultiReader(looking(func() { crash("half an upload") }), bytes.NewReader(l.payload[len(l.payload)/2:])))
	_, err := s.relay.Accept(t.Context(), l.caller, up)
	must(t, err)
	saw = append(saw, held(t, s.database())...)
	_, _, err = s.confirm(t, l, message.Received, "wa-7")
	must(t, err)
	crash("right after the erasure")
	for moment, dir := range images {
		store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
		must(t, err)
		if days, err := store.DaysInUse(t.Context()); err != nil || len(days) > 0 {
			t.Errorf("%s: after the start ciphertext is held: %v, %v", moment, days, err)
		}
		must(t, store.Close())
		if left := conformance.Left(t, dir, saw...); left > 0 {
			t.Errorf("%s: %d pieces of ciphertext are left", moment, left)
		}
	}
}
