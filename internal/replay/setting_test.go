package replay_test

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/strictjson"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

const school, police, city = "00000099000000030000", "00000099000000020000", "00000099000000010000"

// example gives the convenant of Den Bosch, its text changed.
func example(t testing.TB, change func(string) string) *convenant.Convenant {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/denbosch-school-en-veiligheid/convenant.yaml")
	must(t, err)
	c, err := convenant.ParseYAML([]byte(change(string(text))))
	must(t, err)
	return c
}

func same(text string) string { return text }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// engineOf compiles the rules of the binary, one file changed.
func engineOf(t testing.TB, words *vocabulary.Vocabulary, file, text string) *policy.Engine {
	t.Helper()
	tree := fstest.MapFS{}
	must(t, fs.WalkDir(policies.FS, "sluis", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := policies.FS.ReadFile(path)
		tree[path] = &fstest.MapFile{Data: data}
		return err
	}))
	if file != "" {
		tree[file] = &fstest.MapFile{Data: []byte(text)}
	}
	e, err := policy.New(context.Background(), tree, words)
	must(t, err)
	return e
}

// signal gives the facts of a signaal from the school to the police in some phase; phase 2 is allowed, 1 is too low.
func signal(c *convenant.Convenant, phase int) policy.Facts {
	kind := vocabulary.SchoolType("vo")
	return policy.Facts{
		Established: policy.Established{
			Time: "2026-11-22T10:00:00Z", Office: true,
			Convenant: policy.ConvenantFacts{ID: c.ID, Version: c.Version, Known: true, InForce: true, Digest: c.Digest().String(), Alliance: c.Alliance,
				Rules: c.Rules != "", Purposes: slices.Sorted(maps.Keys(c.Purposes)), Flows: c.FlowsFor("signaal", "school", "politie")},
			Sender: policy.PersonFacts{Party: party.OIN(school), Role: "school", SchoolType: &kind, Member: true, Pinned: true, CardValid: true, Signed: true,
				Participant: "vc-1", Function: "veiligheidscoordinator", OnCard: true},
			Recipient: policy.RecipientFacts{Party: party.OIN(police), Role: "politie", Member: true, Pinned: true, CardValid: true, Signed: true,
				Function: "wijkagent", People: []policy.AddresseeFacts{{ID: "wa-7", OnCard: true, CardValid: true}}},
			Case:     policy.CaseFacts{ID: "0192aaaa-0000-7000-8000-000000000001", New: true, Sent: []vocabulary.Kind{}, SentCategories: []vocabulary.Category{}},
			Subjects: 1, Sent: []policy.CountFacts{},
		},
		Stated: policy.Stated{Kind: "signaal", Purpose: "veilige-school", Basis: "avg-6-1-e", Categories: []vocabulary.Category{"signaal", "incident"},
			Phase: &phase, Urgency: vocabulary.Regular, Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true}},
	}
}

// recorded decides and gives the record that a gateway keeps of it.
func recorded(t testing.TB, e *policy.Engine, nr int64, f policy.Facts) tlog.Record {
	t.Helper()
	d, err := e.Decide(context.Background(), f)
	must(t, err)
	facts, err := strictjson.MarshalCanonical(f)
	must(t, err)
	word := "geweigerd"
	if d.Allow {
		word = audit.Allowed
	}
	r := tlog.Record{
		Nr: nr, Time: fmt.Sprintf("2026-11-22T10:00:%02d.000Z", nr%60), Kind: tlog.Decided, Salt: fmt.Sprintf("zout-%d", nr),
		Sender:     &tlog.Actor{Party: string(f.Established.Sender.Party), Participant: "vc-1", Function: "veiligheidscoordinator"},
		Recipients: []tlog.Target{{Party: string(f.Established.Recipient.Party), Function: "wijkagent"}},
		Convenant:  &tlog.ConvenantRef{ID: f.Established.Convenant.ID, Version: f.Established.Convenant.Version},
		Decision:   &word, Facts: facts, Policy: &d.Policy,
	}
	for _, reason := range d.Reasons {
		r.Reasons = append(r.Reasons, string(reason.Code))
	}
	return r
}
