package conformance

import (
	"errors"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func registryReadBack(t *testing.T, h *house) {
	other := card("", 1)
	other.OIN = "00000099000000020000"
	cards := []party.CardWrite{other, card("", 3), card("vc-1", 2), card("zc-1", 1)} // party cards first
	versions := []convenant.VersionWrite{
		{ID: "a", Version: 1, Digest: "d1", YAML: []byte("convenant: a # één"), Canonical: []byte("{}")},
		{ID: "a", Version: 2, Digest: "d2", YAML: []byte("y2"), Canonical: []byte("{2}")},
		{ID: "b", Version: 1, Digest: "d3", YAML: []byte("y3"), Canonical: []byte("{3}")},
	}
	signatures := []convenant.SignatureWrite{
		{ID: "b", Version: 1, Party: "B", Verdict: convenant.Agreed, Time: now(), Compact: "s1"},
		{ID: "a", Version: 2, Party: "A", Verdict: convenant.Rejected, Time: now(), Compact: "s2"},
		{ID: "b", Version: 1, Party: "B", Verdict: convenant.Withdrawn, Time: now(), Compact: "s3"},
	}
	decisions := []convenant.WpgDecisionWrite{{Number: "2", Party: "P", Compact: "w1"}, {Number: "1", Party: "P", Compact: "w2"}}

	var writes []audit.Write
	for _, w := range append([]party.CardWrite{card("zc-1", 1), card("vc-1", 1), card("", 1)}, cards[0], cards[1], cards[2]) {
		writes = append(writes, w)
	}
	for _, w := range versions {
		writes = append(writes, w)
	}
	for _, w := range signatures {
		writes = append(writes, w)
	}
	for _, w := range decisions {
		writes = append(writes, w)
	}
	changes := []convenant.ChangeWrite{
		{ID: "a", Seq: 0, Change: convenant.Change{Version: 1, Status: convenant.StatusInForce, Parties: []party.OIN{"A", "B"}, Since: now()}},
		{ID: "a", Seq: 1, Change: convenant.Change{Version: 1, Status: convenant.StatusReplaced, By: 2, Parties: []party.OIN{"A"}, Since: now()}},
		{ID: "b", Seq: 0, Change: convenant.Change{Version: 1, Status: convenant.StatusLapsed, Parties: []party.OIN{"B"}, Since: now()}},
	}
	for _, i := range []int{2, 0, 1} {
		writes = append(writes, changes[i])
	}
	done := h.commit(audit.Change{Records: records(2), Writes: writes})
	arrived, err := time.Parse(tlog.TimeLayout, done.Records[0].Time)
	h.must(err)
	for i := range signatures {
		signatures[i].Arrived = arrived
	}
	h.both(func() {
		gotChanges, err := h.ConvenantChanges(h.ctx)
		h.must(err)
		h.same("changes", changes, gotChanges)
		gotCards, err := h.Cards(h.ctx)
		h.must(err)
		h.same("cards", cards, gotCards)
		gotVersions, err := h.Convenants(h.ctx)
		h.must(err)
		h.same("convenants", versions, gotVersions)
		gotSignatures, err := h.Signatures(h.ctx)
		h.must(err)
		h.same("signatures", signatures, gotSignatures)
		gotDecisions, err := h.WpgDecisions(h.ctx)
		h.must(err)
		h.same("Wpg decisions", decisions, gotDecisions)
	})
}

func versionsGoUp(t *testing.T, h *house) {
	convenantWrite := convenant.VersionWrite{ID: "a", Version: 1, Digest: "d", YAML: []byte("y"), Canonical: []byte("c")}
	signature := convenant.SignatureWrite{ID: "a", Version: 1, Party: "A", Verdict: convenant.Agreed, Time: now(), Compact: "s"}
	decision := convenant.WpgDecisionWrite{Number: "1", Party: "P", Compact: "w"}
	change := convenant.ChangeWrite{ID: "a", Change: convenant.Change{Version: 1, Status: convenant.StatusInForce, Parties: []party.OIN{"A"}, Since: now()}}
	for _, w := range []audit.Write{card("a", 2), convenantWrite, signature, decision, change} {
		h.must(h.keep(tlog.CardKept, w))
	}
	unsigned := signature
	unsigned.Version, unsigned.Compact = 2, "s2"
	for name, w := range map[string]audit.Write{
		"the same card":                      card("a", 2),
		"an older card":                      card("a", 1),
		"the same version of a convenant":    convenantWrite,
		"the same signature":                 signature,
		"a signature under an unknown text":  unsigned,
		"a change that was told":             change,
		"a second decision under one number": convenant.WpgDecisionWrite{Number: "1", Party: "P", Compact: "w2"},
	} {
		if err := h.keep(tlog.CardKept, w); !errors.Is(err, audit.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
