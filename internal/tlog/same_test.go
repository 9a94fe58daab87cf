package tlog

import (
	"encoding/json"
	"testing"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/strictjson"
)

// Law: the short way to the canonical form gives the bytes of the long one, which leaves nothing to the order of fields.
func TestCanonicalIsRFC8785(t *testing.T) {
	texts := rapid.SliceOfN(rapid.String(), 0, 3)
	rapid.Check(t, func(t *rapid.T) {
		maybe := func(name string) *string {
			if rapid.Bool().Draw(t, name+"?") {
				return nil
			}
			return ptr(rapid.String().Draw(t, name))
		}
		text := func(name string) string { return rapid.String().Draw(t, name) }
		r := Record{
			Nr: rapid.Int64Range(0, 1<<53-1).Draw(t, "nr"), Time: text("time"), Kind: RecordKind(text("kind")), TraceID: text("trace"), SpanID: text("span"),
			Message: maybe("message"), Case: maybe("case"), Purpose: maybe("purpose"), Basis: maybe("basis"), Decision: maybe("decision"),
			Policy: maybe("policy"), JWS: maybe("jws"), Salt: text("salt"),
			Categories: texts.Draw(t, "categories"), Subjects: texts.Draw(t, "subjects"), Reasons: texts.Draw(t, "reasons"),
			Sender:     rapid.Ptr(rapid.Make[Actor](), true).Draw(t, "sender"),
			Recipients: rapid.SliceOfN(rapid.Make[Target](), 0, 2).Draw(t, "recipients"),
			Convenant:  rapid.Ptr(rapid.Just(ConvenantRef{ID: text("convenant"), Version: 3}), true).Draw(t, "convenant"),
			Payload:    rapid.Ptr(rapid.Make[PayloadRef](), true).Draw(t, "payload"),
			Phase:      rapid.Ptr(rapid.IntRange(1, 3), true).Draw(t, "phase"),
		}
		facts, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.Make[struct {
			B []string
			A map[string]float64
			N int
			T *bool
		}]()).Draw(t, "facts"))
		if err != nil {
			t.Fatal(err)
		}
		r.Facts = facts
		got, err := r.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		want, err := strictjson.MarshalCanonical(r.withLists())
		if err != nil || string(got) != string(want) {
			t.Fatalf("%v\n%s\n%s", err, got, want)
		}
	})
}

// withLists gives the record with empty lists for nil ones, which encoding/json writes as null.
func (r Record) withLists() Record {
	r.Categories, r.Subjects, r.Reasons = listed(r.Categories), listed(r.Subjects), listed(r.Reasons)
	recipients := make([]Target, len(r.Recipients))
	for i, to := range r.Recipients {
		to.Participants = listed(to.Participants)
		recipients[i] = to
	}
	r.Recipients = recipients
	return r
}

func listed(l []string) []string {
	if l == nil {
		return []string{}
	}
	return l
}

// Law: a proof is written as torchwood writes it, which is what checks it.
func TestProofsAreAsTorchwoodWritesThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nr := rapid.Int64Range(0, 1<<50).Draw(t, "nr")
		proof := make(tlog.RecordProof, rapid.IntRange(0, 20).Draw(t, "hashes"))
		for i := range proof {
			copy(proof[i][:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "hash"))
		}
		checkpoint := []byte(rapid.String().Draw(t, "checkpoint"))
		if got, want := FormatProof(nr, proof, checkpoint), string(torchwood.FormatProof(nr, proof, checkpoint)); got != want {
			t.Fatalf("%q is not %q", got, want)
		}
	})
}

// TestReceiptKeepsItsBytes: what a leaf is over goes out as it is, not in another spelling.
func TestReceiptKeepsItsBytes(t *testing.T) {
	record := testRecordJSON(t) // with <, > and &
	out, err := Receipt{Record: record, Proof: "bewijs"}.MarshalJSON()
	if want := `{"auditregel":` + string(record) + `,"bewijs":"bewijs"}`; err != nil || string(out) != want {
		t.Errorf("%v, %s", err, out)
	}
}

// BenchmarkCanonical is what the log does twice for each message.
func BenchmarkCanonical(b *testing.B) {
	r := testRecord()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Canonical(); err != nil {
			b.Fatal(err)
		}
	}
}
