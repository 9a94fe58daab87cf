package tlog

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// admitted is a record about a loss as the log makes it.
func admitted(t *testing.T) Record {
	t.Helper()
	l := newTestLog(t, 5)
	facts, err := Loss{Kept: 3, Checkpoint: string(l.checkpoint), Next: Successor(testOrigin)}.Facts()
	if err != nil {
		t.Fatal(err)
	}
	return Record{Nr: 3, Kind: LossAdmitted, Facts: facts}
}

func TestALossSaysWhatWasLost(t *testing.T) {
	l, err := ParseLoss(admitted(t))
	if err != nil {
		t.Fatal(err)
	}
	if origin, size, err := l.Lost(); err != nil || origin != testOrigin || size != 5 || l.Kept != 3 {
		t.Errorf("%s, %d, kept %d: %v", origin, size, l.Kept, err)
	}
}

func TestFalseLossesAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*Record){
		"another kind":     func(r *Record) { r.Kind = PolicyKept },
		"another number":   func(r *Record) { r.Nr = 4 },
		"no facts":         func(r *Record) { r.Facts = nil },
		"a key too many":   func(r *Record) { r.Facts = json.RawMessage(`{"x":1,` + string(r.Facts[1:])) },
		"a key missing":    func(r *Record) { r.Facts = json.RawMessage(strings.Replace(string(r.Facts), `"bewaard":3,`, "", 1)) },
		"another name":     func(r *Record) { r.Facts = json.RawMessage(strings.Replace(string(r.Facts), "/log/2", "/lag/2", 1)) },
		"no checkpoint":    func(r *Record) { r.Facts = json.RawMessage(`{"bewaard":3,"controlepunt":"x","vervolg":"x/2"}`) },
		"no number at all": func(r *Record) { r.Facts = json.RawMessage(`{"bewaard":"3","controlepunt":"x","vervolg":"x/2"}`) },
	} {
		r := admitted(t)
		spoil(&r)
		if _, err := ParseLoss(r); !errors.Is(err, ErrLoss) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseLoss(f *testing.F) {
	f.Add([]byte(`{"bewaard":3,"controlepunt":"a/log\n5\nAAAA\n\n— a/log x\n","vervolg":"a/log/2"}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, facts []byte) {
		l, err := ParseLoss(Record{Nr: 3, Kind: LossAdmitted, Facts: facts})
		if err == nil && (l.Kept != 3 || l.Next == "") {
			t.Errorf("%+v", l)
		}
	})
}

// A checkpoint with the signatures of witnesses keeps that of the log.
func TestOwnSignature(t *testing.T) {
	l := newTestLog(t, 5)
	with := append([]byte(nil), l.checkpoint...)
	with = append(with, "\u2014 witness.example AAAAAAAA\n"...)
	if got, err := OwnSignature(with); err != nil || string(got) != string(l.checkpoint) {
		t.Errorf("%q: %v", got, err)
	}
	if _, err := OwnSignature([]byte(strings.Replace(string(l.checkpoint), "\u2014 "+testOrigin, "\u2014 x", 1))); !errors.Is(err, ErrCheckpoint) {
		t.Error(err)
	}
}
