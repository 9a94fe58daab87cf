package client

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"

	"github.com/sluis-gateway/sluis/internal/fault"
)

// folder reads the files of a profile and notes what is wrong with each.
type folder struct {
	dir    string
	faults *fault.List
}

// maxProfileFile is far above any file that belongs in a profile, in bytes.
const maxProfileFile = 1 << 20

// readableByOthers reports whether group or world have any right. Windows has no such bits; there the folder's access list rules.
func readableByOthers(info os.FileInfo) bool {
	return runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0
}

// secret reads a file that only its owner may read.
func (f folder) secret(name, remedy string) []byte { return f.read(name, remedy, true) }

// public reads a file that others may know.
func (f folder) public(name, remedy string) []byte { return f.read(name, remedy, false) }

func (f folder) read(name, remedy string, private bool) []byte {
	path := filepath.Join(f.dir, filepath.FromSlash(name))
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if remedy != "" {
			f.faults.Add(name, "ontbreekt; %s", remedy)
		}
		return nil
	case err != nil || !info.Mode().IsRegular() || info.Size() > maxProfileFile:
		f.faults.Add(name, "is niet te lezen")
		return nil
	case private && readableByOthers(info):
		f.faults.Add(name, "anderen mogen dit bestand lezen; voer uit: chmod 600 op het bestand")
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		f.faults.Add(name, "is niet te lezen")
		return nil
	}
	return data
}
