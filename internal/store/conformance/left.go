package conformance

import (
	"encoding/binary"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// run is what stands for a piece of data: a stretch of 64 bytes, wherever it begins, holds one of these whole.
const run = 32

// Left counts the places in the files of a folder where something of data still stands. No run of 64 bytes escapes it, on whatever
// place of data or file it begins. No other process may have a store in that folder open: see package sqlite on closing its file.
func Left(t testing.TB, dir string, data ...[]byte) int {
	t.Helper()
	wanted := map[uint64][]byte{} // by their first bytes; data is random, so that these tell runs apart
	for _, d := range data {
		for at := 0; at+run <= len(d); at += run {
			wanted[binary.LittleEndian.Uint64(d[at:])] = d[at : at+run]
		}
	}
	found := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for at := 0; at+run <= len(content); at++ {
			if w, ok := wanted[binary.LittleEndian.Uint64(content[at:])]; ok && string(w) == string(content[at:at+run]) {
				found++
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
