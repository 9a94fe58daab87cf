package gateway

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// ErrForeignCheckpoint says that a checkpoint was not signed by this log.
var ErrForeignCheckpoint = errors.New("a checkpoint is not one of this log")

// Admitted is what the log says of a loss.
type Admitted struct {
	Loss    tlog.Loss
	Receipt tlog.Receipt // of the record
	LogKeys string       // vkeys, a line for each name; parties need the last one
}

// AdmitLoss records in the log that it lost its end, and lets it go on under its next name, see [audit.Admit]. It looks at the checkpoints
// given and at the one that this gateway kept itself; [audit.ErrNotLost] when the log answers for all of them. No gateway of this log may
// be going on elsewhere; those that run here stand still already, and are started again afterwards.
func AdmitLoss(ctx context.Context, cfg Config, checkpoints [][]byte) (_ []Admitted, err error) {
	store, err := OpenStore(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	names, err := knownNames(ctx, cfg, store)
	if err != nil {
		return nil, err
	}
	own, err := readShown(cfg.shownFile(), names)
	if err != nil {
		return nil, err
	}
	if own.kept != nil {
		checkpoints = append(slices.Clone(checkpoints), own.kept)
	}
	for i, c := range checkpoints {
		if !names.genuine(c) {
			return nil, fmt.Errorf("checkpoint %d of %d: %w", i+1, len(checkpoints), ErrForeignCheckpoint)
		}
	}
	// The largest first: it covers the others of its name.
	slices.SortFunc(checkpoints, func(a, b []byte) int {
		if later(a, b) {
			return -1
		}
		return 1
	})
	var all []Admitted
	for _, c := range checkpoints {
		one, err := names.admit(ctx, cfg, store, c)
		if errors.Is(err, audit.ErrNotLost) {
			continue
		}
		if err != nil {
			return all, err
		}
		all = append(all, one)
		names.current++
	}
	if len(all) == 0 {
		return nil, audit.ErrNotLost
	}
	return all, own.replace(ctx, store)
}

// knownNames reads the names of the log from its key and its head.
func knownNames(ctx context.Context, cfg Config, store Store) (logNames, error) {
	secret, err := os.ReadFile(cfg.LogKeyFile())
	if err != nil {
		return logNames{}, fmt.Errorf("reading the key of the log: %w", err)
	}
	signer, err := tlog.ParseSigner(string(secret))
	if err != nil {
		return logNames{}, fmt.Errorf("reading the key of the log: %w", err)
	}
	head, err := store.Head(ctx)
	if err != nil {
		return logNames{}, fmt.Errorf("reading the head of the log: %w", err)
	}
	return namesOf(cfg.LogKeyFile(), signer.Name(), head)
}

// admit lets the log go on under the name after the one that names says.
func (n logNames) admit(ctx context.Context, cfg Config, store audit.Store, checkpoint []byte) (Admitted, error) {
	earlier, err := n.earlier()
	if err != nil {
		return Admitted{}, err
	}
	var signers [2]note.Signer
	for i := range signers {
		if signers[i], err = n.signer(n.current + i); err != nil {
			return Admitted{}, err
		}
	}
	receipt, err := audit.Admit(ctx, store, audit.Admission{Signer: signers[0], Next: signers[1], Earlier: earlier, Lost: checkpoint, Now: cfg.Now})
	if err != nil {
		return Admitted{}, err
	}
	record, err := tlog.ParseRecord(receipt.Record)
	if err != nil {
		return Admitted{}, err
	}
	loss, err := tlog.ParseLoss(record)
	if err != nil {
		return Admitted{}, err
	}
	n.current++
	keys, err := n.public()
	return Admitted{loss, receipt, keys}, err
}

// replace writes the checkpoint under the new name over the one that was lost: the next start of this gateway goes on from there.
func (s *shownFile) replace(ctx context.Context, store audit.Store) error {
	head, err := store.Head(ctx)
	if err != nil {
		return fmt.Errorf("reading the head of the log: %w", err)
	}
	return s.keep(head.Checkpoint)
}
