package trailcheck_test

import (
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// lossy makes a trail that lost its end, admitted it at record 3, and went on; with the verifiers of its two names.
func lossy(t *testing.T) (dir string, names [2]note.Verifier) {
	t.Helper()
	secret, _, err := tlog.GenerateKey(origin)
	must(t, err)
	var signers [2]note.Signer
	for i := range signers {
		under, err := tlog.SecretUnder(tlog.NameOf(origin, i+1), secret)
		must(t, err)
		signers[i], err = tlog.ParseSigner(under)
		must(t, err)
		names[i], err = tlog.VerifierOf(under)
		must(t, err)
	}
	fill := func(dir string, signer note.Signer, n int) []byte {
		store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
		must(t, err)
		defer store.Close()
		log, err := audit.NewSequencer(t.Context(), store, audit.Options{Origin: signer.Name(), Signer: signer})
		must(t, err)
		for range n {
			_, err := log.Commit(t.Context(), audit.Change{Records: []tlog.Record{{Kind: tlog.Consulted}}})
			must(t, err)
		}
		must(t, log.Close())
		return log.Shown()
	}
	lost := fill(t.TempDir(), signers[0], 9)
	dir = t.TempDir()
	fill(dir, signers[0], 3)
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, sqlite.FileName))
	must(t, err)
	_, err = audit.Admit(t.Context(), store, audit.Admission{Signer: signers[0], Next: signers[1], Lost: lost})
	must(t, errors.Join(err, store.Close()))
	fill(dir, signers[1], 2)
	return dir, names
}

// A loss that the log admits is told, and the trail under both names is sound.
func TestAnAdmittedLoss(t *testing.T) {
	dir, names := lossy(t)
	report, err := trailcheck.Verify(t.Context(), dir, names[0], names[1])
	must(t, err)
	if report.Records != 6 || report.Name != origin+"/2" || len(report.Losses) != 1 || report.Losses[0].Nr != 3 {
		t.Errorf("%+v", report)
	}
	var untrue *trailcheck.False
	if _, err := trailcheck.Verify(t.Context(), dir, names[0]); !errors.As(err, &untrue) || untrue.Nr != 3 {
		t.Errorf("without the key of its later name: %v", err)
	}
	if _, err := trailcheck.Verify(t.Context(), dir, names[1]); !errors.As(err, &untrue) || untrue.Nr != 0 {
		t.Errorf("without the key of its first name: %v", err)
	}
}

// A log that takes another name in silence, or admits a loss and goes on under the same one, is false.
func TestANameIsNotChangedInSilence(t *testing.T) {
	dir, names := lossy(t)
	other, _ := lossy(t)
	for name, statements := range map[string][]string{
		"another kind":             {`UPDATE record SET kind = 'raadpleging' WHERE nr = 3`},
		"the admission of another": {`ATTACH '` + filepath.Join(other, trailcheck.FileName) + `' AS o`, `UPDATE record SET canonical = (SELECT canonical FROM o.record WHERE nr = 3) WHERE nr = 3`},
		"the new name taken back":  {`UPDATE checkpoint SET note = (SELECT note FROM checkpoint WHERE size = 3) WHERE size = 4`},
	} {
		var untrue *trailcheck.False
		if err := tamperedUnder(t, dir, names[:], statements...); !errors.As(err, &untrue) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tamperedUnder(t, dir, names[:]); err != nil {
		t.Errorf("an honest copy: %v", err)
	}
}
