package audit

import (
	"bytes"
	"fmt"
	"maps"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

type hash = trail.Hash

// position is where the log stands: a head that was verified, and the right edge of its tree, which is all that is needed to
// append and to prove what is appended.
type position struct {
	head Head
	edge map[int64]hash // by stored hash index
}

// verify checks that a head is the one that this signer signs for the kept hashes. Ed25519 is deterministic (RFC 8032,
// section 5.1.6), so the checkpoint of a log is always the same bytes: signing again checks key, origin, size and root at once.
func (s *Sequencer) verify(head Head, read tlog.HashReaderFunc) (*position, error) {
	p := &position{head: head, edge: map[int64]hash{}}
	if head.Size == 0 {
		if head.Checkpoint != nil {
			return nil, fmt.Errorf("an empty log with a checkpoint: %w", ErrTree)
		}
		return p, nil
	}
	indexes := torchwood.RightEdge(head.Size)
	hashes, err := read(indexes)
	if err != nil {
		return nil, fmt.Errorf("reading the right edge of the log at size %d: %w", head.Size, err)
	}
	for i, ix := range indexes {
		p.edge[ix] = hashes[i]
	}
	want, err := s.sign(head.Size, lookup(p.edge))
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(want, head.Checkpoint) {
		return nil, fmt.Errorf("checkpoint of size %d: %w", head.Size, ErrTree)
	}
	return p, nil
}

// sign gives the checkpoint of the tree of this size.
func (s *Sequencer) sign(size int64, read tlog.HashReader) ([]byte, error) {
	root, err := rootAt(size, read)
	if err != nil {
		return nil, err
	}
	return trail.SignCheckpoint(s.o.Origin, size, root, s.o.Signer)
}

// signAs gives the checkpoint of a tree of this size as it was signed under a name that this log has or had: what was signed then is
// the same bytes. [ErrTree] for a name of which this log has no signer.
func (s *Sequencer) signAs(origin string, size int64, read tlog.HashReader) ([]byte, error) {
	if origin == s.o.Origin {
		return s.sign(size, read)
	}
	for _, signer := range s.o.Earlier {
		if signer.Name() != origin {
			continue
		}
		root, err := rootAt(size, read)
		if err != nil {
			return nil, err
		}
		return trail.SignCheckpoint(origin, size, root, signer)
	}
	return nil, fmt.Errorf("checkpoint of size %d under another name: %w", size, ErrTree)
}

// growth is a tree that grows by one batch. It is not changed after the batch was committed.
type growth struct {
	old        int64
	registry   int64 // see Head.Registry
	size       int64
	fresh      []hash // to be kept, from stored hash index StoredHashCount(old) on
	hashes     map[int64]hash
	checkpoint []byte
}

func (p *position) grow() *growth {
	return &growth{old: p.head.Size, size: p.head.Size, registry: p.head.Registry, hashes: maps.Clone(p.edge)}
}

// first is the stored hash index of the first fresh hash.
func (g *growth) first() int64 { return tlog.StoredHashCount(g.old) }

// add appends a leaf.
func (g *growth) add(canonical []byte) error {
	hashes, err := tlog.StoredHashesForRecordHash(g.size, trail.Leaf(canonical), lookup(g.hashes))
	if err != nil {
		return fmt.Errorf("hashing record %d: %w", g.size, err)
	}
	at := g.first() + int64(len(g.fresh))
	for i, h := range hashes {
		g.hashes[at+int64(i)] = h
	}
	g.fresh = append(g.fresh, hashes...)
	g.size++
	return nil
}

// position gives the right edge of the grown tree, under its head.
func (g *growth) position(head Head) *position {
	p := &position{head: head, edge: map[int64]hash{}}
	for _, ix := range torchwood.RightEdge(g.size) {
		p.edge[ix] = g.hashes[ix]
	}
	return p
}

// receipt proves a record of the batch under the batch's checkpoint.
func (g *growth) receipt(e entry) (trail.Receipt, error) {
	proof, err := tlog.ProveRecord(g.size, e.record.Nr, lookup(g.hashes))
	if err != nil {
		return trail.Receipt{}, err
	}
	return trail.Receipt{Record: e.canonical, Proof: trail.FormatProof(e.record.Nr, proof, g.checkpoint)}, nil
}

// lookup reads hashes from memory. One that is not there is a fault in the arithmetic, and never taken for zero.
func lookup(known map[int64]hash) tlog.HashReaderFunc {
	return func(indexes []int64) ([]hash, error) {
		out := make([]hash, len(indexes))
		for i, ix := range indexes {
			h, ok := known[ix]
			if !ok {
				return nil, fmt.Errorf("hash %d: %w", ix, ErrNotFound)
			}
			out[i] = h
		}
		return out, nil
	}
}
