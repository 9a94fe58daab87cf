package trailcheck

import (
	"encoding/hex"
	"encoding/json"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

func TestCanonicalForms(t *testing.T) {
	for text, want := range map[string]bool{
		`{"a":1,"b":[true,null,"é€😀"]}`:      true,
		`{"b":1,"a":1}`:                      false,
		`{"a":1,"a":1}`:                      false,
		`{"a": 1}`:                           false,
		`[1.0]`:                              false,
		`[1e3]`:                              false,
		`[1e+30,1e-7,333333333.3333333,0.5]`: true,
		`[1e30]`:                             false,
		`[-0]`:                               false,
		`["\u001f\b\"\\"]`:                   true,
		`["\u001F"]`:                         false,
		`["\/"]`:                             false,
		`["\u0041"]`:                         false,
		`["\ud800"]`:                         false,
		"[\"\xff\"]":                         false,
		`[1]1`:                               false,
		`[1e999]`:                            false,
		// RFC 8785, section 3.2.3: the emoji sorts before U+FB33, because UTF-16 has it as D83D DE00.
		"{\"€\":1,\"😀\":2,\"\uFB33\":3}": true,
		"{\"€\":1,\"\uFB33\":3,\"😀\":2}": false,
		``:                               false,
	} {
		if got, rewritten := isCanonical([]byte(text)), isRewritten([]byte(text)); got != want || rewritten != want {
			t.Errorf("%q: %v, and read and written again %v, want %v", text, got, rewritten, want)
		}
	}
}

// Law: what the writer's library makes canonical, this independent reader calls canonical, and so does the slow one.
func TestTwoImplementationsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := map[string]any{
			"texts":   rapid.MapOf(rapid.String(), rapid.String()).Draw(t, "texts"),
			"numbers": rapid.SliceOf(rapid.Float64Range(-1e308, 1e308)).Draw(t, "numbers"),
			"small":   rapid.SliceOf(rapid.Float64Range(-1e-3, 1e-3)).Draw(t, "small"),
			"ints":    rapid.SliceOf(rapid.Int64Range(-1<<53, 1<<53)).Draw(t, "ints"),
		}
		canonical, err := strictjson.MarshalCanonical(value)
		if err != nil {
			t.Fatal(err)
		}
		if !isCanonical(canonical) || !isRewritten(canonical) {
			t.Fatalf("not canonical: %s", canonical)
		}
		indented, err := json.MarshalIndent(value, "", " ")
		if err != nil || isCanonical(indented) {
			t.Fatalf("canonical: %s", indented)
		}
	})
}

// The tree is that of RFC 6962: the test vectors of Certificate Transparency, and another implementation for every size up to 300.
func TestTree(t *testing.T) {
	var grown tree
	var kept []tlog.Hash
	read := tlog.HashReaderFunc(func(ix []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(ix))
		for i, x := range ix {
			out[i] = kept[x]
		}
		return out, nil
	})
	for n := range int64(300) {
		data := []byte{byte(n), byte(n >> 8)}
		for _, h := range grown.add(leaf(data)) {
			kept = append(kept, h)
		}
		want, err := tlog.TreeHash(n+1, read)
		if err != nil || tlog.Hash(grown.root()) != want || hashCount(n+1) != int64(len(kept)) || hashCount(n+1) != tlog.StoredHashCount(n+1) {
			t.Fatalf("size %d: root %x, want %x; %d hashes, want %d; %v", n+1, grown.root(), want, hashCount(n+1), len(kept), err)
		}
		if h := tlog.RecordHash(data); tlog.Hash(leaf(data)) != h {
			t.Fatalf("leaf %d", n)
		}
	}
	var vectors tree
	for i, v := range []struct{ data, root string }{
		{"", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
		{"00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
		{"10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
	} {
		data, err := hex.DecodeString(v.data)
		if err != nil {
			t.Fatal(err)
		}
		vectors.add(leaf(data))
		if root := vectors.root(); hex.EncodeToString(root[:]) != v.root {
			t.Errorf("vector %d: %x", i, root)
		}
	}
}

func FuzzIsCanonical(f *testing.F) {
	f.Add([]byte(`{"a":[1,"x"]}`))
	f.Add([]byte(`[[[[1e400]]]]`))
	f.Add([]byte(`{"\b":-0.5,"é":"\u001f","😀":[true,null],"\ufb33":1e+21}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		theirs, err := strictjson.Canonical(data)
		if isCanonical(data) && (err != nil || string(theirs) != string(data)) {
			t.Errorf("called canonical: %q", data)
		}
		if isCanonical(data) != isRewritten(data) {
			t.Errorf("two ways to read it differ: %q", data)
		}
	})
}
