package trailcheck_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// Whatever somebody with full access to the file changes, the trail contradicts it.
func TestTamperingIsFound(t *testing.T) {
	dir, verifier := trail(t)
	for name, statements := range map[string][]string{
		"a record removed":           {`PRAGMA foreign_keys = 0`, `DELETE FROM record WHERE nr = 5`},
		"the last record removed":    {`DELETE FROM record_party WHERE nr = 20`, `DELETE FROM record WHERE nr = 20`},
		"a record added":             {`INSERT INTO record (nr, kind, time, message, jws_digest, canonical) SELECT 21, kind, time, message, jws_digest, canonical FROM record WHERE nr = 20`},
		"two records exchanged":      {`UPDATE record SET canonical = (SELECT canonical FROM record r WHERE r.nr = 9 - record.nr + 2) WHERE nr IN (5, 6)`},
		"the log cut short":          {`UPDATE head SET size = 4, note = (SELECT note FROM checkpoint WHERE size = 4)`},
		"an older checkpoint on top": {`UPDATE head SET note = (SELECT note FROM checkpoint WHERE size = 4)`},
		"the last time changed":      {`UPDATE head SET time_ms = time_ms + 1`},
		"a hash removed":             {`DELETE FROM hash WHERE ix = 3`},
		"the last hash removed":      {`DELETE FROM hash WHERE ix = (SELECT max(ix) FROM hash)`},
		"a hash added":               {`INSERT INTO hash SELECT max(ix) + 1, hash FROM hash`},
		"the last checkpoint gone":   {`DELETE FROM checkpoint WHERE size = 21`},
		"a checkpoint moved":         {`UPDATE checkpoint SET size = 7 WHERE size = 6`},
		"a record of another kind":   {`UPDATE record SET kind = 'opgehaald' WHERE nr = 6`},
		"a record at another time":   {`UPDATE record SET time = '2026-01-01T00:00:00.000Z' WHERE nr = 6`},
		"a record of another case":   {`UPDATE record SET message = NULL WHERE nr = 6`},
		"a record found elsewhere":   {`UPDATE record SET jws_digest = zeroblob(32) WHERE nr = 5`},
		"an envelope changed":        {`UPDATE message SET envelope = 'e9' WHERE id = 'm1'`},
		"a message removed": {`DELETE FROM chunk WHERE content = 2`, `DELETE FROM content WHERE id = 2`,
			`DELETE FROM recipient WHERE message = (SELECT nr FROM message WHERE id = 'm1')`, `DELETE FROM message WHERE id = 'm1'`},
		"ciphertext gone":            {`DELETE FROM chunk WHERE content = 2`, `DELETE FROM content WHERE id = 2`},
		"ciphertext come back":       {`INSERT INTO content (message, part, day) SELECT nr, 'lading', '2026-11-21' FROM message WHERE id = 'm0'`},
		"a confirmation added":       {`INSERT INTO confirmation (message, party, function, kind, compact) SELECT nr, 'B', 'f', 'ontvangen', 'x' FROM message WHERE id = 'm1'`},
		"a confirmation changed":     {`UPDATE confirmation SET compact = 'x'`},
		"a card changed":             {`UPDATE card SET compact = 'x'`},
		"a card replaced":            {`UPDATE card SET compact = 'sig', digest = '` + digest("sig") + `'`},
		"a convenant changed":        {`UPDATE convenant SET canonical = x'78'`},
		"a signature added":          {`INSERT INTO signature (id, version, party, verdict, time_ms, compact) VALUES ('c', 1, 'B', 'akkoord', 0, 'x')`},
		"a Wpg decision changed":     {`UPDATE wpg_decision SET compact = 'x'`},
		"a reader added":             {`INSERT INTO record_party VALUES ('C', 19)`},
		"a refusal shown":            {`INSERT INTO record_party VALUES ('B', 20)`},
		"a reader of a record out":   {`DELETE FROM record_party WHERE party = 'A' AND nr = 20`},
		"found on what is not in it": {`INSERT INTO record_term VALUES (0, 1, 7)`},
		"hidden from a search":       {`DELETE FROM record_term WHERE (term, nr) = (SELECT term, nr FROM record_term WHERE nr = 7 LIMIT 1)`},
		"put where no search looks":  {`UPDATE record_term SET segment = 1 WHERE (term, nr) = (SELECT term, nr FROM record_term WHERE nr = 7 LIMIT 1)`},
		"ciphertext of nobody":       {`PRAGMA foreign_keys = 0`, `INSERT INTO chunk VALUES (99, 0, x'78')`},
	} {
		var false_ *trailcheck.False
		if err := tampered(t, dir, verifier, statements...); !errors.As(err, &false_) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tampered(t, dir, verifier); err != nil {
		t.Errorf("an honest copy: %v", err)
	}
}

func TestAnotherKey(t *testing.T) {
	dir, _ := trail(t)
	_, public, err := tlog.GenerateKey(origin)
	must(t, err)
	other, err := tlog.ParseVerifier(public)
	must(t, err)
	var false_ *trailcheck.False
	if _, err := trailcheck.Verify(t.Context(), dir, other); !errors.As(err, &false_) {
		t.Error(err)
	}
}

// A damaged file and none are no sound trail either, and nothing is made where there was nothing.
func TestNoTrail(t *testing.T) {
	dir, verifier := trail(t)
	empty := t.TempDir()
	if _, err := trailcheck.Verify(t.Context(), empty, verifier); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty folder: %v", err)
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) != 0 {
		t.Errorf("it left %v, %v", left, err)
	}
	path := filepath.Join(dir, trailcheck.FileName)
	data, err := os.ReadFile(path)
	must(t, err)
	for name, damaged := range map[string][]byte{
		"half a file": data[:len(data)/2], "no database": []byte("geen database, wel een bestand"), "nothing in it": nil,
	} {
		must(t, os.WriteFile(path, damaged, 0o600))
		if _, err := trailcheck.Verify(t.Context(), dir, verifier); err == nil {
			t.Errorf("%s was called sound", name)
		}
	}
}
