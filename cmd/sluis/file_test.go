package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestHalfAFileIsNotKept: who tries again under the same name, with room on the disk, must not hear that the file is there already.
func TestHalfAFileIsNotKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bericht.json")
	check(t, os.WriteFile(path, nil, 0o600))
	f, err := os.Open(path) // cannot be written, as on a full disk
	check(t, err)
	if err := fill(f, []byte("{}")); err == nil {
		t.Error("what could not be written is called written")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("half a file was left: %v", err)
	}
	check(t, createFile(path, []byte("{}"), 0o600))
	if err := createFile(path, []byte("[]"), 0o600); err == nil {
		t.Error("a file was replaced")
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != "{}" {
		t.Errorf("kept %q: %v", kept, err)
	}
}
