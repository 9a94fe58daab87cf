package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/tlog"

	trail "github.com/sluis-gateway/sluis/internal/tlog"
)

// Receipt gives the receipt of a record again: the same bytes as when it was committed, because the checkpoint of its batch was
// kept. [ErrNotFound] when there is no such record; [ErrPruned] when its content is gone; [ErrTree] when the store no longer holds what was
// signed.
func (s *Sequencer) Receipt(ctx context.Context, nr int64) (trail.Receipt, error) {
	checkpoint, err := s.store.CheckpointFor(ctx, nr)
	if err != nil {
		return trail.Receipt{}, fmt.Errorf("reading the checkpoint of record %d: %w", nr, s.missing(ctx, nr, err))
	}
	return s.prove(ctx, nr, checkpoint)
}

// Latest gives the proof of a record under the newest checkpoint. Errors as of Receipt; but a record that was pruned is proven too, and
// has no Record then: who kept it can show that it stood here.
func (s *Sequencer) Latest(ctx context.Context, nr int64) (trail.Receipt, error) {
	head, err := s.head(ctx)
	if err != nil {
		return trail.Receipt{}, err
	}
	if nr < 0 || nr >= head.Size {
		return trail.Receipt{}, fmt.Errorf("proving record %d: %w", nr, ErrNotFound)
	}
	receipt, err := s.prove(ctx, nr, head.Checkpoint)
	if errors.Is(err, ErrPruned) {
		receipt.Proof, err = s.proof(ctx, nr, head.Checkpoint)
	}
	return receipt, err
}

// prove makes a receipt from the store.
func (s *Sequencer) prove(ctx context.Context, nr int64, checkpoint []byte) (trail.Receipt, error) {
	record, err := s.store.Record(ctx, nr)
	if err != nil {
		return trail.Receipt{}, fmt.Errorf("reading record %d: %w", nr, s.missing(ctx, nr, err))
	}
	proof, err := s.proof(ctx, nr, checkpoint)
	if err != nil {
		return trail.Receipt{}, err
	}
	return trail.Receipt{Record: record, Proof: proof}, nil
}

// proof never gives one that does not hold: the checkpoint is compared with the kept tree first.
func (s *Sequencer) proof(ctx context.Context, nr int64, checkpoint []byte) (string, error) {
	origin, size, _, err := trail.Claimed(checkpoint)
	if err != nil {
		return "", fmt.Errorf("reading the checkpoint of record %d: %w", nr, err)
	}
	read := s.hashes(ctx)
	if want, err := s.signAs(origin, size, read); err != nil {
		return "", err
	} else if !bytes.Equal(want, checkpoint) {
		return "", fmt.Errorf("proving record %d: %w", nr, ErrTree)
	}
	proof, err := tlog.ProveRecord(size, nr, read)
	if err != nil {
		return "", fmt.Errorf("proving record %d: %w", nr, err)
	}
	return trail.FormatProof(nr, proof, checkpoint), nil
}

// missing tells what is not there from what should be: below the head of the log nothing is missing, so that a hole there is never
// answered as if the caller had asked for something that never was.
func (s *Sequencer) missing(ctx context.Context, nr int64, err error) error {
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	head, headErr := s.store.Head(ctx)
	switch {
	case headErr != nil:
		return fmt.Errorf("reading the head of the log: %w", headErr)
	case nr >= 0 && nr < head.Size:
		return ErrTree
	}
	return err
}

// hashes reads kept hashes of the tree as it was signed: one that is not there is a hole in it.
func (s *Sequencer) hashes(ctx context.Context) tlog.HashReaderFunc {
	return func(indexes []int64) ([]hash, error) {
		list, err := s.store.Hashes(ctx, indexes)
		if errors.Is(err, ErrNotFound) {
			return nil, fmt.Errorf("reading hashes of the log: %w", ErrTree)
		}
		return list, err
	}
}

// Checkpoint gives the newest checkpoint; of an empty log that of a tree of size 0.
func (s *Sequencer) Checkpoint(ctx context.Context) ([]byte, error) {
	head, err := s.head(ctx)
	if err != nil {
		return nil, err
	}
	if head.Size == 0 {
		return s.sign(0, s.hashes(ctx))
	}
	return head.Checkpoint, nil
}

// Tile gives a hash tile by its path as of C2SP tlog-tiles, "tile/<L>/<N>" with ".p/<W>" for a partial one. [ErrNotFound] for
// what is not there: a path of another form, a tile that is not full yet, and entry bundles, which hold the records themselves and are
// withheld ("entry bundles are withheld, a written deviation", WIRE).
func (s *Sequencer) Tile(ctx context.Context, path string) ([]byte, error) {
	tile, err := torchwood.ParseTilePath(path)
	if err != nil || tile.L < 0 {
		return nil, fmt.Errorf("reading a tile: %w", ErrNotFound)
	}
	head, err := s.head(ctx)
	if err != nil {
		return nil, err
	}
	shift := uint(tile.L) * torchwood.TileHeight
	if shift >= 63 || tile.N > head.Size>>torchwood.TileHeight || tile.N<<torchwood.TileHeight+int64(tile.W) > head.Size>>shift {
		return nil, fmt.Errorf("reading a tile: %w", ErrNotFound)
	}
	data, err := tlog.ReadTileData(tile, s.hashes(ctx))
	if err != nil {
		return nil, fmt.Errorf("reading a tile: %w", err)
	}
	return data, nil
}
