package gateway

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/registry"
	"github.com/sluis-gateway/sluis/internal/replay"
)

// broughtName is the file with the digest of the rules that this process offered last: its own, in the binary or in `policy.dir`.
const broughtName = "regels"

// offer brings the rules of this process when they are other ones than it offered before: a person changed them here. When they are the
// same, it follows what was brought since, by whichever process. So a process that starts again, or gets a SIGHUP that was meant for
// another, does not put back what others have left; and who wants the former rules back puts them in the folder (docs/decisions/0023).
func (g *Gateway) offer(ctx context.Context, own *policy.Engine) error {
	order, err := g.store.RulesInOrder(ctx)
	if err != nil {
		return fmt.Errorf("looking which rules decided: %w", err)
	}
	file := filepath.Join(g.config.Dir, broughtName)
	before, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading which rules were brought before: %w", err)
	}
	last, digest := strings.TrimSpace(string(before)), own.Digest()
	known := slices.Contains(order, digest) // a process with a new folder brings no rules of before
	if known && (last == digest || last == "") {
		err = g.registry.FollowNow(ctx)
	} else {
		err = g.bring(ctx, own)
	}
	if err != nil || last == digest {
		return err
	}
	if err := writeDurably(file, []byte(digest+"\n"), 0o644, false); err != nil {
		return fmt.Errorf("writing which rules were brought: %w", err)
	}
	return nil
}

// follow takes over the rules that were brought last of those for the form of facts that this version establishes. Others decide at
// processes of another version, and only there. Rules that cannot be made to work here change nothing: this process goes on with those that
// it has, as each of its decisions tells, and /readyz warns. An error is the store's.
func (g *Gateway) follow(ctx context.Context, s *registry.Snapshot) (put func(), err error) {
	order, err := g.store.RulesInOrder(ctx)
	if err != nil {
		return nil, fmt.Errorf("looking which rules decided: %w", err)
	}
	for _, digest := range order {
		if g.rules.Load().Digest() == digest {
			g.notFollowed.Store(nil) // what could not be followed is over
			return nil, nil
		}
		bundle, err := replay.Kept(ctx, g.store, digest)
		if errors.Is(err, replay.ErrOtherRules) || err == nil && bundle.Form() != policy.Form {
			continue // of a version that writes them otherwise
		}
		if err != nil {
			return nil, err
		}
		if failed := g.notFollowed.Load(); failed != nil && failed.digest == digest {
			return nil, nil // it was tried, and told
		}
		engine, err := policy.NewFromBundle(ctx, bundle)
		if err == nil {
			err = prepareAll(s, engine)
		}
		if err != nil {
			g.notFollowed.Store(&failedFollow{digest, g.now()})
			g.logger.Error("rules that another gateway brought do not work here: those of before stay", "error", err.Error(), "policy", digest)
			return nil, nil
		}
		return func() {
			g.put(engine)
			g.logger.Info("rules of another gateway decide here too", "policy", digest)
		}, nil
	}
	return nil, nil
}
