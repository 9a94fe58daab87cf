package conformance

import (
	"errors"
	"testing"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func rulesReadBack(t *testing.T, h *house) {
	for _, w := range []replay.RulesWrite{
		{Digest: "d1", Bundle: []byte("{1}")}, {Digest: "d2", Bundle: []byte("{2}")}, {Digest: "d1", Bundle: []byte("{1}")}, // back to the first
	} {
		h.must(h.keep(tlog.PolicyKept, w))
	}
	if err := h.keep(tlog.PolicyKept, replay.RulesWrite{Digest: "d2", Bundle: []byte("{3}")}); !errors.Is(err, audit.ErrConflict) {
		t.Errorf("other rules under a digest that was kept: %v", err)
	}
	h.both(func() {
		order, err := h.RulesInOrder(h.ctx)
		h.must(err)
		h.same("order", []string{"d1", "d2"}, order)
		for digest, want := range map[string]string{"d1": "{1}", "d2": "{2}"} {
			got, err := h.Rules(h.ctx, digest)
			h.must(err)
			h.same(digest, want, string(got))
		}
		if _, err := h.Rules(h.ctx, "d3"); !errors.Is(err, audit.ErrNotFound) {
			t.Errorf("rules that are not kept: %v", err)
		}
		for _, party := range []string{"A", "B"} { // for whoever asks, also who joins later
			records, err := h.Search(h.ctx, audit.Query{Party: party, Limit: 10})
			h.must(err)
			if len(records) != 3 {
				t.Errorf("%s sees %d records of rules, of 3", party, len(records))
			}
		}
	})
}

// decisionsByConvenant finds decisions under a convenant, and nothing else.
func decisionsByConvenant(t *testing.T, h *house) {
	var want []string
	for i := range 7 {
		done := h.commit(audit.Change{Records: []tlog.Record{
			{Kind: tlog.Decided, Convenant: &tlog.ConvenantRef{ID: "a", Version: i}},
			{Kind: tlog.Decided, Convenant: &tlog.ConvenantRef{ID: "b", Version: 1}},
			{Kind: tlog.Offered, Convenant: &tlog.ConvenantRef{ID: "a", Version: 1}},
			{Kind: tlog.Decided},
		}})
		canonical, err := done.Records[0].Canonical()
		h.must(err)
		want = append([]string{string(canonical)}, want...)
	}
	h.both(func() {
		var got []string
		for before := int64(0); ; {
			page, err := h.DecisionsUnder(h.ctx, "a", before, 3)
			h.must(err)
			for _, canonical := range page {
				got = append(got, string(canonical))
				r, err := tlog.ParseRecord(canonical)
				h.must(err)
				before = r.Nr
			}
			if len(page) < 3 {
				break
			}
		}
		h.same("decisions under a", want, got)
		none, err := h.DecisionsUnder(h.ctx, "c", 0, 10)
		h.must(err)
		h.same("decisions under c", [][]byte(nil), none)
	})
}
