package endurance

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/store/sqlite"
)

// places are the bytes that were found in places where a word could leak to, by the name of the place.
type places map[string][]byte

// addFolder reads every file below a folder that was written to since a moment.
func (p places) addFolder(t testing.TB, what, dir string, since time.Time) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // nor a folder
		}
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		if info, err := entry.Info(); err == nil && info.ModTime().Before(since) {
			return nil
		}
		data, err := bytesOf(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // the gateway is at work: this one is gone since the folder was read
		}
		p[what+": "+entry.Name()] = data
		return err
	}))
}

// bytesOf reads a file. That of a database is read by another process: where this one closes it, the system takes away all locks that SQLite
// has on it for a gateway in this process (fcntl, POSIX), and the next process that opens it (`sluis trail verify`) begins its journal anew
// while that gateway writes. Then what was committed is lost.
func bytesOf(path string) ([]byte, error) {
	if !strings.HasPrefix(filepath.Base(path), sqlite.FileName) {
		return os.ReadFile(path)
	}
	data, err := exec.Command("cat", path).Output()
	if _, gone := os.Stat(path); err != nil && gone != nil {
		return nil, gone
	}
	return data, err
}

// search gives the places in which a form stands, with the form. It reads each place once, however many forms there are.
func (p places) search(forms []form) (found []string) {
	var byStart [1 << 16][]form
	for _, f := range forms {
		start := int(f.bytes[0])<<8 | int(f.bytes[1])
		byStart[start] = append(byStart[start], f)
	}
	for place, data := range p {
		seen := map[string]bool{}
		for at := 0; at+1 < len(data); at++ {
			for _, f := range byStart[int(data[at])<<8|int(data[at+1])] {
				if !seen[f.name] && bytes.HasPrefix(data[at:], f.bytes) && !amidHex(data, at, len(f.bytes)) {
					seen[f.name] = true
					found = append(found, place+": "+f.name)
				}
			}
		}
	}
	return found
}

// amidHex reports nine digits in the midst of a long text in hex. A ciphertext, as a server that logs everything writes it down, holds any nine
// digits once in 10^11 places, and so once in some thousands of runs; a number that leaked stands by itself.
func amidHex(data []byte, at, n int) bool {
	const around = 16
	if n != len("999912345") || at < around || at+n+around > len(data) {
		return false
	}
	for i, b := range data[at-around : at+n+around] {
		digit := b >= '0' && b <= '9'
		if !digit && (b < 'a' || b > 'f' || i >= around && i < around+n) {
			return false
		}
	}
	return true
}

// has reports whether a text is in a place as it is, or in base64.
func (p places) has(place, text string) bool {
	for name, data := range p {
		if strings.HasPrefix(name, place) && len((places{name: data}).search(formsOf("control", text))) > 0 {
			return true
		}
	}
	return false
}

// TestTheSearchFindsAPlantedWord in each form, wherever it begins, in memory and in a file, as other programs write it.
func TestTheSearchFindsAPlantedWord(t *testing.T) {
	c := newCanaries()
	w := c.word()
	bytes16 := func(text string) (b []byte) {
		for _, r := range text {
			b = append(b, byte(r), 0)
		}
		return b
	}
	asName := func(text string) string { return strings.ToUpper(text[:1]) + text[1:] }
	for name, write := range map[string]func(text string) []byte{
		"base64 of capitals": func(text string) []byte {
			return []byte(base64.StdEncoding.EncodeToString([]byte(strings.ToUpper(text))))
		},
		"base64 of a name": func(text string) []byte { return []byte(base64.RawURLEncoding.EncodeToString([]byte(asName(text)))) },
		"as it is":         func(text string) []byte { return []byte(text) },
		"capitals":         func(text string) []byte { return []byte(strings.ToUpper(text)) },
		"as a name":        func(text string) []byte { return []byte(asName(text)) },
		"hex":              func(text string) []byte { return []byte(hex.EncodeToString([]byte(text))) },
		"base64":           func(text string) []byte { return []byte(base64.StdEncoding.EncodeToString([]byte(text))) },
		"base64url":        func(text string) []byte { return []byte(base64.RawURLEncoding.EncodeToString([]byte(text))) },
		"base64 of base64": func(text string) []byte {
			return []byte(base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(text)))))
		},
		"UTF-16":   bytes16,
		"in a URL": func(text string) []byte { return []byte("/v1/" + url.QueryEscape(text)) },
	} {
		for before := range 4 { // where it begins matters to base64
			for _, secret := range []string{w, "x" + w, c.bsn, c.born} {
				text := strings.Repeat("é", before)[:before] + secret + strings.Repeat("y", before)
				dir := t.TempDir()
				must(t, os.WriteFile(filepath.Join(dir, "file"), append(bytes.Repeat([]byte{0xfe}, 5000), write(text)...), 0o600))
				p := places{}
				p.addFolder(t, "planted", dir, time.Time{})
				if name == "as a name" && before == 0 && (secret == c.bsn || secret == c.born) {
					continue // digits have no capitals
				}
				if len(p.search(c.forms())) == 0 {
					t.Errorf("a planted word is not found %s, %d bytes from the beginning", name, before)
				}
			}
		}
	}
	noise := hex.EncodeToString([]byte(letters(50)))
	if found := (places{"a ciphertext": []byte(noise + c.bsn + noise)}).search(c.forms()); len(found) > 0 {
		t.Errorf("digits that happen to stand in a ciphertext are taken for a number: %v", found)
	}
	innocent := places{"innocent": []byte(letters(100_000))}
	if found := innocent.search(c.forms()); len(found) > 0 {
		t.Errorf("found where it is not: %v", found)
	}
}
