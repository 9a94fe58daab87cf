package endurance

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"testing"
)

// runLength is how many bytes of a ciphertext in a row are too many. Fewer can be the same in any two age files: how they begin.
const runLength = 64

// piece is what is looked for: a run, wherever it begins and ends, holds one whole piece that begins at a multiple of its length.
const piece = runLength / 2

// runs gives the places in which a run of a ciphertext stands, with how many pieces of it stand there.
func (p places) runs(ciphertext []byte) map[string]int {
	pieces := map[uint64]int{}
	for at := 0; at+piece <= len(ciphertext); at += piece {
		pieces[binary.LittleEndian.Uint64(ciphertext[at:])] = at
	}
	found := map[string]int{}
	for place, data := range p {
		for at := 0; at+piece <= len(data); at++ {
			from, ok := pieces[binary.LittleEndian.Uint64(data[at:])]
			if ok && same(ciphertext, from, data, at) >= runLength {
				found[place]++
			}
		}
	}
	return found
}

// same gives how many bytes in a row are the same in a around i and in b around j.
func same(a []byte, i int, b []byte, j int) (n int) {
	for i > 0 && j > 0 && a[i-1] == b[j-1] {
		i, j = i-1, j-1
	}
	for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
		n++
	}
	return n
}

// TestARunIsFound wherever it begins, and what is shorter is not taken for one.
func TestARunIsFound(t *testing.T) {
	noise := make([]byte, 10_000)
	rand.Read(noise)
	for from := range 130 {
		at := places{"file": append(bytes.Repeat([]byte{1}, 777), noise[from:from+runLength]...)}
		if at.runs(noise)["file"] == 0 {
			t.Errorf("a run of %d bytes from byte %d is not found", runLength, from)
		}
	}
	if found := (places{"file": noise[32 : 32+runLength-1]}).runs(noise); len(found) > 0 {
		t.Errorf("%d bytes are taken for a run: %v", runLength-1, found)
	}
	if found := (places{"file": bytes.Repeat([]byte{1}, 10_000)}).runs(noise); len(found) > 0 {
		t.Errorf("found where it is not: %v", found)
	}
}
