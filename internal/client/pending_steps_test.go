package client

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/message/messagetest"
)

// waiting gives a profile without a gateway, and a message that was sealed with it, not kept yet.
func waiting(t testing.TB) (*Profile, sealed) {
	t.Helper()
	key, err := jose.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	p := &Profile{Dir: t.TempDir(), key: key}
	e := messagetest.Envelope(t)
	e.ID = message.NewID()
	s, err := p.seal(e, contents{body: []byte(`{}`), keys: []age.Recipient{identity.Recipient()}})
	if err != nil {
		t.Fatal(err)
	}
	return p, s
}

// TestKeepingFailsWhole: what could not be kept whole takes no room on a disk that is full already.
func TestKeepingFailsWhole(t *testing.T) {
	p, s := waiting(t)
	folder := p.pendingPath(s.envelope.Envelope().ID)
	if err := os.MkdirAll(filepath.Join(folder, "envelop", "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := p.keepPending(s); err == nil {
		t.Fatal("a folder was replaced by a file")
	}
	if _, err := os.Stat(folder); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("half of it is left: %v", err)
	}
}

// TestHalfOfAMessageGoes: what a killed command left without an envelope can never be sent, and goes when it is old; what another
// command writes at this moment stays.
func TestHalfOfAMessageGoes(t *testing.T) {
	p, s := waiting(t)
	for name, old := range map[string]bool{message.NewID(): true, message.NewID(): false} {
		folder := p.pendingPath(name)
		if err := writeFile(filepath.Join(folder, "lading"), []byte("sealed")); err != nil {
			t.Fatal(err)
		}
		if then := time.Now().Add(-2 * halfWritten); old {
			if err := os.Chtimes(folder, then, then); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.keepPending(s); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) != old {
			t.Errorf("old %v, and: %v", old, err)
		}
	}
	if _, err := p.readPending(s.envelope.Envelope().ID); err != nil {
		t.Errorf("the whole one is gone: %v", err)
	}
}

// TestAMessageIsDroppedEnvelopeFirst: whoever is killed while dropping leaves nothing that looks like a damaged message.
func TestAMessageIsDroppedEnvelopeFirst(t *testing.T) {
	p, s := waiting(t)
	s.motivation = s.lading
	id := s.envelope.Envelope().ID
	for range 100 {
		if err := p.keepPending(s); err != nil {
			t.Fatal(err)
		}
		var looking sync.WaitGroup
		looking.Go(func() {
			for {
				_, first := os.Lstat(filepath.Join(p.pendingPath(id), "lading"))
				_, second := os.Lstat(filepath.Join(p.pendingPath(id), motivationPlace))
				if first == nil && second == nil {
					continue
				}
				if _, err := os.Lstat(filepath.Join(p.pendingPath(id), "envelop")); err == nil {
					t.Error("the envelope was there after a part was gone")
				}
				return
			}
		})
		if err := p.dropPending(id); err != nil {
			t.Fatal(err)
		}
		looking.Wait()
	}
}

// TestOddFilesInAPendingFolder: a file that is no file, or of another length, is damage, and is not read.
func TestOddFilesInAPendingFolder(t *testing.T) {
	p, s := waiting(t)
	id := s.envelope.Envelope().ID
	for name, put := range map[string]func(path string) error{
		"a folder":    func(path string) error { return os.Mkdir(path, 0o700) },
		"no end":      func(path string) error { return os.Symlink("/dev/zero", path) },
		"a terabyte":  func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40)) },
		"other bytes": func(path string) error { return os.WriteFile(path, bytes.Repeat([]byte("x"), len(s.lading)), 0o600) },
	} {
		for _, part := range []string{"lading", "envelop"} {
			t.Run(part+" is "+name, func(t *testing.T) {
				if err := p.keepPending(s); err != nil {
					t.Fatal(err)
				}
				path := filepath.Join(p.pendingPath(id), part)
				if err := errors.Join(os.Remove(path), put(path)); err != nil {
					t.Fatal(err)
				}
				var damaged fault.List
				if _, err := p.readPending(id); !errors.As(err, &damaged) {
					t.Errorf("want damage, got %v", err)
				}
				if err := p.dropPending(id); err != nil {
					t.Fatal(err)
				}
			})
		}
	}
}
