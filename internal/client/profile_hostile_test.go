package client

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestNoKeyIsLeftByAKilledRenewal: what a renewal that was killed wrote holds every reading key. It must not outlive the next one, or
// a key that was taken out of age.txt would still be there.
func TestNoKeyIsLeftByAKilledRenewal(t *testing.T) {
	dir, _ := complete(t)
	keys, err := os.ReadFile(filepath.Join(dir, fileAge))
	if err != nil {
		t.Fatal(err)
	}
	left := filepath.Join(dir, newFile+"123")
	if err := os.WriteFile(left, keys, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := RenewReadingKey(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(left); !os.IsNotExist(err) {
		t.Errorf("reading keys are left: %v", err)
	}
}

// TestTwoRenewalsAtOnce: both keys are there, and the public half on disk is that of the first in the file.
func TestTwoRenewalsAtOnce(t *testing.T) {
	dir, _ := complete(t)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if _, err := RenewReadingKey(dir); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	p, err := LoadProfile(dir)
	if err != nil {
		t.Fatal(err)
	}
	public, err := os.ReadFile(filepath.Join(dir, filePublicAge))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.identities) != 3 || string(bytes.TrimSpace(public)) != p.recipients[0] {
		t.Errorf("%d keys, and the public half is of the first: %v", len(p.identities), string(bytes.TrimSpace(public)) == p.recipients[0])
	}
}

// TestAKeyIsNotWrittenThroughALink: somebody who could write in the empty folder before it was closed put a link there.
func TestAKeyIsNotWrittenThroughALink(t *testing.T) {
	for _, name := range []string{fileAge, fileKey} {
		dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "caught")
		if err := os.WriteFile(elsewhere, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(elsewhere, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if err := writeProfile(dir, map[string][]byte{name: []byte("a key")}); err == nil {
			t.Error("a link was followed")
		}
		if got, err := os.ReadFile(elsewhere); err != nil || len(got) > 0 {
			t.Errorf("%s was written elsewhere: %v", name, err)
		}
	}
}

// TestAnyFolderNameWillDo: a folder whose name looks like a pattern is a folder.
func TestAnyFolderNameWillDo(t *testing.T) {
	dir, _ := complete(t)
	odd := filepath.Join(filepath.Dir(dir), "vc[1] * (oud)")
	check(t, os.Rename(dir, odd))
	if _, err := LoadProfile(odd); err != nil {
		t.Error(err)
	}
}
