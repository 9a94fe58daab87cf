package audit_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// under gives the house's key under another name.
func (h *house) under(origin string) note.Signer {
	h.t.Helper()
	secret, err := tlog.SecretUnder(origin, h.secret)
	h.must(err)
	signer, err := tlog.ParseSigner(secret)
	h.must(err)
	return signer
}

func (h *house) admit(store audit.Store, n int, lost []byte) (tlog.Receipt, error) {
	h.t.Helper()
	a := audit.Admission{Signer: h.under(tlog.NameOf(origin, n)), Next: h.under(tlog.NameOf(origin, n+1)), Lost: lost, Now: h.clock.now}
	for i := 1; i < n; i++ {
		a.Earlier = append(a.Earlier, h.under(tlog.NameOf(origin, i)))
	}
	return audit.Admit(context.Background(), store, a)
}

// named starts a sequencer under the n-th name.
func (h *house) named(store audit.Store, n int, shown []byte) (*audit.Sequencer, error) {
	o := audit.Options{Origin: tlog.NameOf(origin, n), Signer: h.under(tlog.NameOf(origin, n)), Now: h.clock.now, Shown: shown}
	for i := 1; i < n; i++ {
		o.Earlier = append(o.Earlier, h.under(tlog.NameOf(origin, i)))
	}
	s, err := audit.NewSequencer(context.Background(), store, o)
	if err == nil {
		h.t.Cleanup(func() { h.must(s.Close()) })
	}
	return s, err
}

// A loss that is admitted stands in the log, and the log goes on under its next name; what was signed before stays what it was.
func TestALossIsAdmitted(t *testing.T) {
	h := newHouse(t)
	s := h.sequencer(h.store)
	h.grow(s, 4)
	before, err := s.Receipt(t.Context(), 2)
	h.must(err)
	kept := s.Shown()
	behind, dir := h.replica()
	h.grow(s, 2)
	lost := s.Shown()
	h.grow(s, 1)
	lostToo := s.Shown()

	if _, err := h.admit(behind, 1, kept); !errors.Is(err, audit.ErrNotLost) {
		t.Errorf("nothing was lost: %v", err)
	}
	receipt, err := h.admit(behind, 1, lost)
	h.must(err)
	record, err := tlog.VerifyReceipt(receipt, origin+"/2", verifierOf(h, origin+"/2"))
	h.must(err)
	said, err := tlog.ParseLoss(record)
	if err != nil || said.Kept != 4 || said.Checkpoint != string(lost) {
		t.Errorf("%+v, %v", said, err)
	}
	if _, err := h.named(behind, 1, nil); !errors.Is(err, audit.ErrLost) {
		t.Errorf("a gateway under the old name: %v", err)
	}
	for _, shown := range [][]byte{nil, kept, lost} {
		next, err := h.named(behind, 2, shown)
		h.must(err)
		if again, err := next.Receipt(t.Context(), 2); err != nil || again.Proof != before.Proof {
			t.Errorf("an earlier receipt is another one: %v", err)
		}
		if list, err := next.Losses(t.Context()); err != nil || len(list) != 1 || string(list[0].Record) != string(receipt.Record) {
			t.Errorf("%d losses: %v", len(list), err)
		}
	}
	if _, err := h.named(behind, 2, lostToo); !errors.Is(err, audit.ErrLost) {
		t.Errorf("more was shown than was admitted: %v", err)
	}
	if _, err := h.admit(behind, 2, lost); !errors.Is(err, audit.ErrNotLost) {
		t.Errorf("admitted once more: %v", err)
	}
	_, err = h.admit(behind, 2, lostToo) // of the first name, by a gateway that was found later
	h.must(err)
	last, err := h.named(behind, 3, lostToo)
	h.must(err)
	h.grow(last, 2)
	if list, err := last.Losses(t.Context()); err != nil || len(list) != 2 {
		t.Errorf("%d losses: %v", len(list), err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, sqlite.FileName))
	h.must(err)
	defer db.Close()
	var seen int
	h.must(db.QueryRow(`SELECT count(*) FROM record_party JOIN record USING (nr) WHERE party = ? AND kind = 'verlies'`, audit.Everyone).Scan(&seen))
	if seen != 2 {
		t.Errorf("every party sees %d losses", seen)
	}
}

func verifierOf(h *house, origin string) note.Verifier {
	h.t.Helper()
	secret, err := tlog.SecretUnder(origin, h.secret)
	h.must(err)
	v, err := tlog.VerifierOf(secret)
	h.must(err)
	return v
}
