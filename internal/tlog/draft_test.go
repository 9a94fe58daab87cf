package tlog

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Law: a draft that got its place and time is the record with both, byte for byte, whatever the record holds: also what looks like the gaps.
func TestDraftIsTheRecord(t *testing.T) {
	odd := rapid.SampledFrom([]string{"", "x", `"nr":0,"ontvangers":`, `","nr":0,"ontvangers":[`, `"tijd":"0001-01-01T00:00:00.000Z","traceId":"`, `{"tijd":"`})
	rapid.Check(t, func(t *rapid.T) {
		r := testRecord()
		r.JWS, r.Case, r.Kind = ptr(odd.Draw(t, "jws")), ptr(odd.Draw(t, "case")), RecordKind("besluit"+odd.Draw(t, "kind"))
		r.Recipients = []Target{{Party: odd.Draw(t, "party"), Function: odd.Draw(t, "function"), Participants: []string{odd.Draw(t, "participant")}}}
		r.Reasons, r.Subjects = []string{odd.Draw(t, "reason")}, []string{odd.Draw(t, "subject")}
		facts, err := json.Marshal(map[string]any{"nr": 0, "ontvangers": odd.Draw(t, "facts"), "tijd": "0001-01-01T00:00:00.000Z", "traceId": "", odd.Draw(t, "key"): 1})
		if err != nil {
			t.Fatal(err)
		}
		r.Facts = facts
		draft, err := NewDraft(r)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // it serves again when a transaction is tried again
			at := time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "at"))
			r.Nr, r.Time = rapid.Int64Range(0, 1<<53-1).Draw(t, "nr"), at.UTC().Format(TimeLayout)
			want, err := r.Canonical()
			if err != nil {
				t.Fatal(err)
			}
			record, got, err := draft.At(r.Nr, at)
			if err != nil || string(got) != string(want) || record.Nr != r.Nr || record.Time != r.Time {
				t.Fatalf("%v\n%s\n%s", err, got, want)
			}
		}
	})
}

func TestDraftRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*Record)
		want  error
	}{
		"no salt":       {func(r *Record) { r.Salt = "" }, ErrRecord},
		"no kind":       {func(r *Record) { r.Kind = "" }, ErrRecord},
		"another trace": {func(r *Record) { r.TraceID = "x" }, ErrRecord},
		"no JSON":       {func(r *Record) { r.Facts = json.RawMessage("{") }, ErrRecord},
		"no UTF-8":      {func(r *Record) { r.JWS = ptr("\xff") }, ErrRecord},
		"too long":      {func(r *Record) { r.JWS = ptr(strings.Repeat("x", MaxRecord)) }, ErrTooLong},
	} {
		r := testRecord()
		c.spoil(&r)
		if _, err := NewDraft(r); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Just long enough to fit at the first place, and not at a later one.
	r := testRecord()
	r.JWS = ptr("")
	r.Nr, r.Time = 0, time.Time{}.Format(TimeLayout)
	empty, err := r.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	r.JWS = ptr(strings.Repeat("x", MaxRecord-len(empty)))
	draft, err := NewDraft(r)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := draft.At(9, time.Now()); err != nil {
		t.Error(err)
	}
	if _, _, err := draft.At(10, time.Now()); !errors.Is(err, ErrTooLong) {
		t.Errorf("one byte too many: %v", err)
	}
}
