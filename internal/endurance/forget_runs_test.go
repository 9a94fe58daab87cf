package endurance

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"testing"
)

// runLength is how many bytes of a ciphertext in a row are too many. Fewer can be the same in any two age files: how they begin.
const runLength = 64

// piece is what is looked for: a run, wherever it begins and ends, holds one whole piece that begins at a multiple of its length.
const piece = runLength / 2

// ciphertexts are looked for by their names.
type ciphertexts map[string][]byte

// within gives all names of ciphertexts of which a run stands in a place, by the place. A run is found as it is, and in hex, as dumps and
// logs of statements have it. Each place is read once.
func (c ciphertexts) within(p places) map[string][]string {
	forms := ciphertexts{}
	for name, text := range c {
		forms[name] = text
		forms[name+", in hex"] = []byte(hex.EncodeToString(text))
	}
	type begin struct {
		name string
		at   int
	}
	pieces := map[uint64]begin{}
	var starts [1 << 21]uint64 // a bit for each three bytes with which a piece begins: almost every place is passed by without more
	for name, text := range forms {
		for at := 0; at+piece <= len(text); at += piece {
			pieces[binary.LittleEndian.Uint64(text[at:])] = begin{name, at}
			three := binary.LittleEndian.Uint32(text[at:]) & (1<<24 - 1)
			starts[three>>6] |= 1 << (three & 63)
		}
	}
	found := map[string][]string{}
	for place, data := range p {
		seen := map[string]bool{}
		for at := 0; at+piece <= len(data); at++ {
			three := binary.LittleEndian.Uint32(data[at:]) & (1<<24 - 1)
			if starts[three>>6]&(1<<(three&63)) == 0 {
				continue
			}
			from, ok := pieces[binary.LittleEndian.Uint64(data[at:])]
			if ok && !seen[from.name] && same(forms[from.name], from.at, data, at) >= runLength {
				seen[from.name] = true
				found[place] = append(found[place], from.name)
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
	of := ciphertexts{"noise": noise}
	for from := range 130 {
		at := places{"file": append(bytes.Repeat([]byte{1}, 777), noise[from:from+runLength]...)}
		if len(of.within(at)) == 0 {
			t.Errorf("a run of %d bytes from byte %d is not found", runLength, from)
		}
	}
	if found := of.within(places{"dump": []byte(hex.EncodeToString(noise[300:600]))}); len(found["dump"]) == 0 {
		t.Error("a run in hex is not found")
	}
	if found := of.within(places{"file": noise[32 : 32+runLength-1]}); len(found) > 0 {
		t.Errorf("%d bytes are taken for a run: %v", runLength-1, found)
	}
	if found := of.within(places{"file": bytes.Repeat([]byte{1}, 10_000)}); len(found) > 0 {
		t.Errorf("found where it is not: %v", found)
	}
}
