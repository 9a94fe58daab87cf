package tlog

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const testOrigin = "sluis.example/log"

// testLog is a log in memory: records, their hashes, and a signed checkpoint.
type testLog struct {
	secret     string
	signer     note.Signer
	verifier   note.Verifier
	records    [][]byte
	hashes     []Hash
	checkpoint []byte
}

func newTestLog(t testing.TB, size int) *testLog {
	t.Helper()
	secret, public, err := GenerateKey(testOrigin)
	if err != nil {
		t.Fatal(err)
	}
	l := &testLog{secret: secret}
	if l.signer, err = ParseSigner(secret + "\n"); err != nil {
		t.Fatal(err)
	}
	if l.verifier, err = ParseVerifier(public); err != nil {
		t.Fatal(err)
	}
	for i := range size {
		r := testRecord()
		r.Nr = int64(i)
		canonical, err := r.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		more, err := tlog.StoredHashesForRecordHash(r.Nr, Leaf(canonical), l)
		if err != nil {
			t.Fatal(err)
		}
		l.records = append(l.records, canonical)
		l.hashes = append(l.hashes, more...)
	}
	root, err := tlog.TreeHash(int64(size), l)
	if err != nil {
		t.Fatal(err)
	}
	if l.checkpoint, err = SignCheckpoint(testOrigin, int64(size), root, l.signer); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *testLog) ReadHashes(indexes []int64) ([]Hash, error) {
	out := make([]Hash, len(indexes))
	for i, x := range indexes {
		out[i] = l.hashes[x]
	}
	return out, nil
}

func (l *testLog) receipt(t testing.TB, nr int64) Receipt {
	t.Helper()
	proof, err := tlog.ProveRecord(int64(len(l.records)), nr, l)
	if err != nil {
		t.Fatal(err)
	}
	return Receipt{Record: l.records[nr], Proof: FormatProof(nr, proof, l.checkpoint)}
}

func TestReceiptsVerifyHereAndElsewhere(t *testing.T) {
	for size := 1; size <= 17; size++ {
		l := newTestLog(t, size)
		for nr := range int64(size) {
			r := l.receipt(t, nr)
			got, err := VerifyReceipt(r, testOrigin, l.verifier)
			if err != nil || got.Nr != nr {
				t.Fatalf("record %d of %d: nr %d, %v", nr, size, got.Nr, err)
			}
			// Somebody else's verifier, which knows nothing of Sluis.
			policy := torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(testOrigin), torchwood.SingleVerifierPolicy(l.verifier))
			if err := torchwood.VerifyProof(policy, tlog.RecordHash(r.Record), []byte(r.Proof)); err != nil {
				t.Fatalf("record %d of %d by torchwood: %v", nr, size, err)
			}
		}
	}
}

func TestFalseReceiptsAreRefused(t *testing.T) {
	l, other := newTestLog(t, 6), newTestLog(t, 6)
	good := l.receipt(t, 3)
	neighbour := l.receipt(t, 2)
	for name, r := range map[string]Receipt{
		"another record":           {Record: neighbour.Record, Proof: good.Proof},
		"another nr in the record": {Record: []byte(strings.Replace(string(good.Record), `"nr":3`, `"nr":2`, 1)), Proof: good.Proof},
		"another nr in both": {
			Record: []byte(strings.Replace(string(good.Record), `"nr":3`, `"nr":2`, 1)),
			Proof:  strings.Replace(good.Proof, "index 3", "index 2", 1)},
		"another log's key":   other.receipt(t, 3),
		"nr written with +":   {Record: good.Record, Proof: strings.Replace(good.Proof, "index 3", "index +3", 1)},
		"an extra line":       {Record: good.Record, Proof: strings.Replace(good.Proof, "index", "extra AA==\nindex", 1)},
		"a hash less":         {Record: good.Record, Proof: cutLine(good.Proof, 2)},
		"no checkpoint":       {Record: good.Record, Proof: good.Proof[:strings.Index(good.Proof, "\n\n")+2]},
		"too long":            {Record: good.Record, Proof: good.Proof + strings.Repeat("— a b\n", maxProof/7)},
		"not a record":        {Record: []byte(`{}`), Proof: good.Proof},
		"nothing":             {},
		"a changed purpose":   {Record: []byte(strings.Replace(string(good.Record), "veilige-school", "hulp-en-zorg", 1)), Proof: good.Proof},
		"a changed tree root": {Record: good.Record, Proof: strings.Replace(good.Proof, testOrigin+"\n6", testOrigin+"\n7", 1)},
	} {
		if _, err := VerifyReceipt(r, testOrigin, l.verifier); !errors.Is(err, ErrProof) && !errors.Is(err, ErrRecord) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := VerifyReceipt(good, "elders.example/log", l.verifier); !errors.Is(err, ErrProof) {
		t.Errorf("another origin: %v", err)
	}
}

func cutLine(s string, n int) string {
	lines := strings.SplitAfter(s, "\n")
	return strings.Join(append(lines[:n:n], lines[n+1:]...), "")
}

func TestReceiptSurvivesJSON(t *testing.T) {
	l := newTestLog(t, 3)
	want := l.receipt(t, 1)
	data, err := json.Marshal(struct {
		Receipt Receipt `json:"ontvangst"`
	}{want})
	if err != nil {
		t.Fatal(err)
	}
	// Another program may write the same JSON in another way: other order, spaces, escapes.
	var loose any
	if err := json.Unmarshal(data, &loose); err != nil {
		t.Fatal(err)
	}
	data, err = json.MarshalIndent(loose, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Receipt Receipt `json:"ontvangst"`
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if string(got.Receipt.Record) != string(want.Record) || got.Receipt.Proof != want.Proof {
		t.Error("the receipt is not the same after a way through JSON")
	}
	if _, err := VerifyReceipt(got.Receipt, testOrigin, l.verifier); err != nil {
		t.Error(err)
	}
}

func TestReceiptIsReadStrictly(t *testing.T) {
	good, err := json.Marshal(newTestLog(t, 1).receipt(t, 0))
	if err != nil {
		t.Fatal(err)
	}
	for name, input := range map[string]string{
		"unknown key":   strings.Replace(string(good), `"bewijs"`, `"extra":1,"bewijs"`, 1),
		"twice":         strings.Replace(string(good), `"bewijs"`, `"bewijs":"x","bewijs"`, 1),
		"other case":    strings.Replace(string(good), `"bewijs"`, `"Bewijs"`, 1),
		"no proof":      fmt.Sprintf(`{"auditregel":%s}`, testRecordJSON(t)),
		"record a text": `{"auditregel":"x","bewijs":"x"}`,
		"null":          `null`,
	} {
		var r Receipt
		if err := json.Unmarshal([]byte(input), &r); err == nil && name != "null" || r.Record != nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// Whatever a gateway sends as a receipt: no panic, and nothing verifies that the key did not sign.
func FuzzReceipt(f *testing.F) {
	l := newTestLog(f, 3)
	good, err := json.Marshal(l.receipt(f, 1))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"auditregel":{},"bewijs":"c2sp.org/tlog-proof@v1\nindex 0\n\n"}`))
	f.Add([]byte(`{"auditregel":null,"bewijs":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var r Receipt
		if err := json.Unmarshal(data, &r); err != nil {
			return
		}
		if record, err := VerifyReceipt(r, testOrigin, l.verifier); err == nil && string(r.Record) != string(l.records[record.Nr]) {
			t.Errorf("record %d verifies and is not in the log", record.Nr)
		}
	})
}

func FuzzCheckpoint(f *testing.F) {
	l := newTestLog(f, 3)
	f.Add(l.checkpoint)
	f.Add([]byte("a\n1\n\n\n— a b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		claimed, err1 := ClaimedSize(data)
		size, _, err2 := VerifyCheckpoint(data, testOrigin, l.verifier)
		if err2 == nil && (err1 != nil || size != claimed || size != 3) {
			t.Errorf("size %d, claimed %d", size, claimed)
		}
	})
}
