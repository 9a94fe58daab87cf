package client

import (
	"context"

	"golang.org/x/mod/sumdb/note"
	modtlog "golang.org/x/mod/sumdb/tlog"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

// A log that lost its end goes on under another name, signed with the same key (tlog.Successor). A profile trusts such a name only when
// it stands in log.vkey, where a person put it: see [Client.AcceptLosses].

// verifiers gives the keys of the profile that are for the log of this gateway, under each name that the profile trusts.
func (c *Client) verifiers() []note.Verifier {
	var list []note.Verifier
	for _, v := range c.profile.logKeys {
		if first, _ := tlog.Succession(v.Name()); first == c.origin {
			list = append(list, v)
		}
	}
	return list
}

// checkpoint is a checkpoint that was verified.
type checkpoint struct {
	name string // of the log, when it was signed
	nr   int    // the how-manieth name that is
	tree modtlog.Tree
}

// before reports whether a checkpoint came before another, or is the same.
func (p checkpoint) before(q checkpoint) bool {
	return p.nr < q.nr || p.nr == q.nr && p.tree.N <= q.tree.N
}

// openCheckpoint verifies a checkpoint of this log.
func (c *Client) openCheckpoint(signed []byte) (checkpoint, error) {
	return openUnder(signed, c.verifiers())
}

func openUnder(signed []byte, verifiers []note.Verifier) (checkpoint, error) {
	for _, v := range verifiers {
		if size, root, err := tlog.VerifyCheckpoint(signed, v.Name(), v); err == nil {
			_, nr := tlog.Succession(v.Name())
			return checkpoint{v.Name(), nr, modtlog.Tree{N: size, Hash: root}}, nil
		}
	}
	return checkpoint{}, tlog.ErrCheckpoint
}

// goesOn checks that the later of two trees begins with the earlier one. Under another name it may not: then something was lost, and it was
// in the part of which the earlier tree speaks.
func (c *Client) goesOn(ctx context.Context, earlier, later checkpoint) error {
	if earlier.nr == later.nr {
		return c.contains(ctx, later.tree, earlier.tree)
	}
	if earlier.tree.N > later.tree.N {
		return lost(nil)
	}
	err := c.contains(ctx, later.tree, earlier.tree)
	if err != nil && !cannotTell(err) {
		return lost(err)
	}
	return err
}

// underLaterName reports whether a checkpoint was signed by a log of this profile, under a name that the profile does not know yet.
func (c *Client) underLaterName(signed []byte) bool {
	origin, _, _, err := tlog.Claimed(signed)
	if err != nil {
		return false
	}
	if first, nr := tlog.Succession(origin); first != c.origin || nr == 1 {
		return false
	}
	_, err = openUnder(signed, c.profile.under(c.origin, origin))
	return err == nil
}

// under gives the keys of a log of the profile as they are under another name.
func (p *Profile) under(first, name string) []note.Verifier {
	var list []note.Verifier
	for i, v := range p.logKeys {
		if of, _ := tlog.Succession(v.Name()); of != first {
			continue
		}
		text, err := tlog.PublicUnder(name, p.logVkeys[i])
		if err != nil {
			continue // read as a key when the profile was
		}
		if verifier, err := tlog.ParseVerifier(text); err == nil {
			list = append(list, verifier)
		}
	}
	return list
}

func lost(err error) *Refusal {
	return refuse(LogLost, err, "De sluis is een deel van haar auditspoor kwijt, en gaat verder onder een andere naam. Wat in dat deel stond, kan verloren zijn. ",
		"Dit profiel gebruikt haar pas weer als u dat hebt bekeken: sluis profile loss")
}
