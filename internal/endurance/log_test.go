package endurance

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"
	modtlog "golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// witnessed is what was seen of a log from outside: every checkpoint that was shown to anybody, and every record that was proved. A log
// that forks shows two trees of one size, or a tree that its end does not hold; however long it takes.
type witnessed struct {
	origin   string
	verifier note.Verifier

	mu      sync.Mutex
	roots   map[int64]modtlog.Hash // by size
	records map[int64]modtlog.Hash // leaves, by nr
}

func newWitnessed(origin string, verifier note.Verifier) *witnessed {
	return &witnessed{origin: origin, verifier: verifier, roots: map[int64]modtlog.Hash{}, records: map[int64]modtlog.Hash{}}
}

// receipt verifies a receipt, remembers it, and gives its record.
func (w *witnessed) receipt(receipt tlog.Receipt) (tlog.Record, error) {
	record, err := tlog.VerifyReceipt(receipt, w.origin, w.verifier)
	if err != nil {
		return record, fmt.Errorf("verifying the receipt: %w", err)
	}
	leaf := tlog.Leaf(receipt.Record)
	w.mu.Lock()
	defer w.mu.Unlock()
	if before, seen := w.records[record.Nr]; seen && before != leaf {
		return record, fmt.Errorf("two records were proved to be number %d", record.Nr)
	}
	w.records[record.Nr] = leaf
	_, _, err = w.tree(checkpointIn(receipt.Proof))
	return record, err
}

// checkpoint verifies a checkpoint, remembers it, and gives the tree of which it speaks.
func (w *witnessed) checkpoint(signed []byte) (modtlog.Tree, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	size, root, err := w.tree(signed)
	return modtlog.Tree{N: size, Hash: root}, err
}

func (w *witnessed) tree(signed []byte) (int64, modtlog.Hash, error) {
	size, root, err := tlog.VerifyCheckpoint(signed, w.origin, w.verifier)
	if err != nil {
		return 0, root, fmt.Errorf("verifying a checkpoint: %w", err)
	}
	if before, seen := w.roots[size]; seen && before != root {
		return 0, root, fmt.Errorf("two trees were signed of size %d", size)
	}
	w.roots[size] = root
	return size, root, nil
}

// checkpointIn gives the signed checkpoint at the end of a proof (C2SP tlog-proof: an empty line comes before it).
func checkpointIn(proof string) []byte {
	_, signed, _ := strings.Cut(proof, "\n\n")
	return []byte(signed)
}

// compare reads the whole log from the database and gives what is not there as it was seen: each number once and none left out, each
// record that was proved, and each tree of which a checkpoint was shown or is kept.
func (w *witnessed) compare(ctx context.Context, k kept) error {
	var hashes []modtlog.Hash // as stored, of the tree that the records make
	read := modtlog.HashReaderFunc(func(indexes []int64) ([]modtlog.Hash, error) {
		list := make([]modtlog.Hash, len(indexes))
		for i, ix := range indexes {
			list[i] = hashes[ix]
		}
		return list, nil
	})
	var nr, size int64
	var canonical []byte
	var wrong error
	err := k.each(ctx, k.tree, nil, []any{&nr, &canonical}, func() {
		leaf := tlog.Leaf(canonical)
		proved, seen := w.records[size]
		if wrong == nil && (nr != size || seen && proved != leaf) {
			wrong = fmt.Errorf("record %d stands where %d should, or is not the one that was proved", nr, size)
		}
		more, err := modtlog.StoredHashesForRecordHash(size, leaf, read)
		if err != nil && wrong == nil {
			wrong = fmt.Errorf("hashing record %d: %w", nr, err)
		}
		hashes, size = append(hashes, more...), size+1
	})
	if err != nil {
		return fmt.Errorf("reading the log: %w", err)
	}
	var signed []byte
	err = k.each(ctx, k.notes, nil, []any{&signed}, func() {
		if _, err := w.checkpoint(signed); err != nil && wrong == nil {
			wrong = fmt.Errorf("a kept checkpoint: %w", err)
		}
	})
	if err != nil {
		return fmt.Errorf("reading the checkpoints: %w", err)
	}
	for n, root := range w.roots {
		if n > size {
			return fmt.Errorf("a checkpoint of size %d was shown, and the log has %d records: it lost some", n, size)
		}
		if now, err := modtlog.TreeHash(n, read); err != nil || now != root {
			return fmt.Errorf("the tree of size %d that was shown is not in the log: it forked (%v)", n, err)
		}
	}
	return wrong
}

// trail reads the whole log from the database, compares it with everything that was seen of it, and has the independent verifier read it.
func (s *served) trail(t testing.TB, w *witnessed) error {
	t.Helper()
	k := openKept(t, s.place)
	defer k.db.Close()
	if err := w.compare(t.Context(), k); err != nil {
		return err
	}
	_, err := s.place.verify(s.Config.Dir)
	return err
}
