package gateway

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// logNames are the names of the log, from its first to the one that it has now, and the key that signs under each. A log gets another
// name only when it lost its end and a person said so (docs/decisions/0025): the log itself tells how many it had.
type logNames struct {
	first   string
	secret  string // of the first name; never printed
	current int    // the how-manieth name is in use, from 1
}

// namesOf reads the key of the log, and from the head which name is in use.
func namesOf(keyFile, first string, head audit.Head) (logNames, error) {
	secret, err := logKey(keyFile, first, head.Size == 0)
	if err != nil {
		return logNames{}, err
	}
	n := logNames{first: first, secret: secret, current: 1}
	if origin, _, _, err := tlog.Claimed(head.Checkpoint); err == nil {
		// A name that is not ours stays 1: the sequencer finds that this is another log.
		if of, current := tlog.Succession(origin); of == first {
			n.current = current
		}
	}
	return n, nil
}

// origin gives the name in use.
func (n logNames) origin() string { return tlog.NameOf(n.first, n.current) }

// signer gives the signer of the nr-th name.
func (n logNames) signer(nr int) (note.Signer, error) {
	secret, err := tlog.SecretUnder(tlog.NameOf(n.first, nr), n.secret)
	if err != nil {
		return nil, fmt.Errorf("reading the key of the log: %w", err)
	}
	return tlog.ParseSigner(secret)
}

// earlier gives the signers of the names before the one in use.
func (n logNames) earlier() ([]note.Signer, error) {
	var list []note.Signer
	for nr := 1; nr < n.current; nr++ {
		signer, err := n.signer(nr)
		if err != nil {
			return nil, err
		}
		list = append(list, signer)
	}
	return list, nil
}

// public gives the vkeys, a line for each name, the first one first: an older receipt is checked with the name of its time.
func (n logNames) public() (string, error) {
	var lines []string
	for nr := 1; nr <= n.current; nr++ {
		secret, err := tlog.SecretUnder(tlog.NameOf(n.first, nr), n.secret)
		if err != nil {
			return "", fmt.Errorf("reading the key of the log: %w", err)
		}
		vkey, err := tlog.PublicOf(secret)
		if err != nil {
			return "", fmt.Errorf("reading the key of the log: %w", err)
		}
		lines = append(lines, vkey)
	}
	return strings.Join(lines, "\n"), nil
}

// genuine reports whether a checkpoint was signed by this log, under whatever name it had, has or will have.
func (n logNames) genuine(checkpoint []byte) bool {
	origin, _, _, err := tlog.Claimed(checkpoint)
	if err != nil {
		return false
	}
	if of, _ := tlog.Succession(origin); of != n.first {
		return false
	}
	secret, err := tlog.SecretUnder(origin, n.secret)
	if err != nil {
		return false
	}
	verifier, err := tlog.VerifierOf(secret)
	if err != nil {
		return false
	}
	_, _, err = tlog.VerifyCheckpoint(checkpoint, origin, verifier)
	return err == nil
}

// openLog starts the sequencer with the key of this log, under the name that it has, going on from what was shown before.
func (g *Gateway) openLog(ctx context.Context) error {
	head, err := g.store.Head(ctx)
	if err != nil {
		return fmt.Errorf("reading the head of the log: %w", err)
	}
	names, err := namesOf(g.config.LogKeyFile(), tlog.Origin(strings.TrimPrefix(g.origin, "https://")), head)
	if err != nil {
		return err
	}
	signer, err := names.signer(names.current)
	if err != nil {
		return err
	}
	earlier, err := names.earlier()
	if err != nil {
		return err
	}
	if g.logKey, err = names.public(); err != nil {
		return err
	}
	if err := g.openDayKeys(names.first, head.Size > 0); err != nil {
		return err
	}
	if g.shown, err = readShown(g.config.shownFile(), names); err != nil {
		return err
	}
	if g.shown.kept == nil && head.Size > 0 {
		g.logger.Warn("no checkpoint was kept here: what the database may have lost before this start cannot be seen; compare it with what other gateways and parties hold (sluis db verify)", "file", shownName)
	}
	g.log, err = audit.NewSequencer(ctx, g.store, audit.Options{
		Origin: names.origin(), Signer: signer, Earlier: earlier, Shown: g.shown.kept,
		Linger: g.config.linger(), Queue: g.config.Log.Queue, Now: g.now,
	})
	return err
}
