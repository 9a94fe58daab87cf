package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/message"
)

// TestAttachmentsStayInTheirFolder: whatever a stranger calls a file, nothing outside the folder is made or replaced, and no link
// in it is followed.
func TestAttachmentsStayInTheirFolder(t *testing.T) {
	around := t.TempDir()
	outside := filepath.Join(around, "doel.txt")
	for name, hostile := range map[string]string{
		"up":               "../doel.txt",
		"up and down":      "x/../../doel.txt",
		"absolute":         outside,
		"a folder":         "map/brief.txt",
		"the folder":       ".",
		"nothing":          "",
		"through a link":   "link.txt",
		"what stands here": "er-al.txt",
	} {
		t.Run(name, func(t *testing.T) {
			check(t, os.WriteFile(outside, []byte("van u"), 0o600))
			folder := filepath.Join(t.TempDir(), "bijlagen")
			check(t, emptyFolder(folder))
			check(t, os.Symlink(outside, filepath.Join(folder, "link.txt")))
			check(t, os.WriteFile(filepath.Join(folder, "er-al.txt"), []byte("van u"), 0o600))
			err := keepAttachments(folder, []message.Attachment{{Name: hostile, Content: []byte("van een vreemde")}})
			if err == nil || hostile != "" && hostile != "." && strings.Contains(err.Error(), hostile) {
				t.Errorf("want a refusal that does not repeat the name, got %v", err)
			}
			for _, path := range []string{outside, filepath.Join(folder, "er-al.txt")} {
				if data, err := os.ReadFile(path); err != nil || string(data) != "van u" {
					t.Errorf("%s was replaced", path)
				}
			}
			if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
				t.Errorf("something was made in the folder: %v", entries)
			}
		})
	}
}

// TestOnlyAnEmptyFolderTakesAttachments: what somebody kept before is never mixed with what comes in.
func TestOnlyAnEmptyFolderTakesAttachments(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "nieuw")
	check(t, emptyFolder(folder))
	check(t, emptyFolder(folder)) // there, and empty
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("others may look in it: %v", info.Mode())
	}
	check(t, keepAttachments(folder, []message.Attachment{{Name: "brief.txt", Content: []byte("a")}}))
	if err := emptyFolder(folder); err == nil || !strings.Contains(err.Error(), "niet leeg") {
		t.Errorf("a folder with a file in it: %v", err)
	}
	for _, wrong := range []string{filepath.Join(folder, "brief.txt"), filepath.Join(dir, "is", "er", "niet")} {
		if err := emptyFolder(wrong); err == nil {
			t.Errorf("%s passed for an empty folder", wrong)
		}
	}
}
