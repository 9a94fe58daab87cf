package endurance

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	modtlog "golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestAForkOrAGapIsFound shows that whoever watches a log can find something: two trees of one size, a tree that the log does not hold, a
// log that is shorter than what was shown, and a number that is left out.
func TestAForkOrAGapIsFound(t *testing.T) {
	const origin = "sluis.example/log"
	secret, public, err := tlog.GenerateKey(origin)
	must(t, err)
	signer, err := tlog.ParseSigner(secret)
	must(t, err)
	verifier, err := tlog.ParseVerifier(public)
	must(t, err)
	root := modtlog.RecordHash([]byte("first")) // of a log with one record
	shows := func(w *witnessed, size int64, root modtlog.Hash) error {
		signed, err := tlog.SignCheckpoint(origin, size, root, signer)
		must(t, err)
		_, err = w.checkpoint(signed)
		return err
	}
	log := func(records ...string) kept {
		db, err := sql.Open("sqlite", "file:"+t.TempDir()+"/log.db")
		must(t, err)
		t.Cleanup(func() { db.Close() })
		for _, create := range []string{`CREATE TABLE record (nr INTEGER, canonical BLOB)`, `CREATE TABLE checkpoint (size INTEGER, note BLOB)`} {
			_, err = db.ExecContext(t.Context(), create)
			must(t, err)
		}
		for nr, text := range records {
			if text != "" {
				_, err = db.ExecContext(t.Context(), `INSERT INTO record VALUES (?, ?)`, nr, []byte(text))
				must(t, err)
			}
		}
		return kept{db, (&folder{}).asks()}
	}
	w := newWitnessed(origin, verifier)
	none(t, shows(w, 1, root), shows(w, 1, root), w.compare(t.Context(), log("first", "second")))
	if shows(w, 1, modtlog.RecordHash([]byte("other"))) == nil {
		t.Error("two trees of one size are not noticed")
	}
	for name, k := range map[string]kept{"another record": log("other", "second"), "a gap": log("first", "", "third"), "a loss": log()} {
		if w.compare(t.Context(), k) == nil {
			t.Errorf("%s is not noticed", name)
		}
	}
}

// TestALostWakeUpIsFound shows that the judge of the listeners can find something: a letter that one of them never heard of, or heard of twice,
// or far too late.
func TestALostWakeUpIsFound(t *testing.T) {
	r := gatewaytest.Start(t)
	l, err := newPress(r).one("one recipient", r.Person("school/vc-1"))
	must(t, err)
	p := &parcel{letter: l, leave: true, answered: now(), taken: map[string]bool{}}
	for _, c := range []struct {
		says  string
		times []time.Duration
	}{
		{"did not hear", nil},
		{"told twice", []time.Duration{0, time.Second}},
		{"after its sender", []time.Duration{heardWithin + time.Second}},
		{"", []time.Duration{time.Second}},
	} {
		e := newEar(nil, nil, &hand{name: "politie/wa-7"}, true)
		for _, after := range c.times {
			e.heard[l.id()] = append(e.heard[l.id()], p.answered.Add(after))
		}
		wrong, _ := (&crew{ears: []*ear{e}, parcels: map[string]*parcel{l.id(): p}}).heard()
		if c.says == "" && len(wrong) > 0 || c.says != "" && (len(wrong) != 1 || !strings.Contains(wrong[0].Error(), c.says)) {
			t.Errorf("heard after %v: %v", c.times, wrong)
		}
	}
}
