package policy_test

import (
	"context"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

const denBosch = "denbosch-school-en-veiligheid"

// The parties of the example convenants, by the names that the cases use.
var parties = map[string]party.OIN{
	"gemeente": "00000099000000010000", "politie": "00000099000000020000", "stadscollege": "00000099000000030000",
	"debrug": "00000099000000040000", "veilig-thuis": "00000099000000050000", "rvdk": "00000099000000060000",
	"leerplicht": "00000099000000070000", "halt": "00000099000000080000", "gi": "00000099000000090000",
	"jongerenwerk": "00000099000000100000", "veiligheidshuis": "00000099000000110000", "ggd": "00000099000000120000",
	"om":                 "00000099000000130000",
	"gemeente-rotterdam": "00000099000000210000", "politie-rotterdam": "00000099000000220000", "maascollege": "00000099000000230000",
	"havenvakschool": "00000099000000240000", "jongerenwerk-rotterdam": "00000099000000250000", "leerplicht-rotterdam": "00000099000000260000",
	"mondriaan": "00000099000000310000", "politie-den-haag": "00000099000000320000", "gemeente-den-haag": "00000099000000330000",
}

var schools = map[party.OIN]vocabulary.SchoolType{
	parties["stadscollege"]: "vo", parties["debrug"]: "mbo", parties["maascollege"]: "vo", parties["havenvakschool"]: "mbo",
	parties["mondriaan"]: "mbo",
}

// example gives the convenant of Den Bosch.
func example(t testing.TB) *convenant.Convenant {
	t.Helper()
	return readExample(t, denBosch)
}

func readExample(t testing.TB, id string) *convenant.Convenant {
	t.Helper()
	text, err := policies.FS.ReadFile("convenanten/" + id + "/convenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := convenant.ParseYAML(text)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	if c.ID != id {
		t.Fatalf("the convenant in folder %s calls itself %s", id, c.ID)
	}
	return c
}

// examples gives all example convenants.
func examples(t testing.TB) []*convenant.Convenant {
	t.Helper()
	folders, err := fs.ReadDir(policies.FS, "convenanten")
	if err != nil {
		t.Fatal(err)
	}
	var all []*convenant.Convenant
	for _, folder := range folders {
		all = append(all, readExample(t, folder.Name()))
	}
	return all
}

func engine(t testing.TB) *policy.Engine {
	t.Helper()
	e, err := policy.New(context.Background(), policies.FS, vocabulary.Default())
	if err != nil {
		t.Fatal(err)
	}
	prepareAll(t, e)
	return e
}

// prepareAll gives an engine the rules that the examples bring themselves.
func prepareAll(t testing.TB, e *policy.Engine) {
	t.Helper()
	for _, c := range examples(t) {
		if err := e.Prepare(c); err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
	}
}

// side is a party in a function.
type side struct {
	oin        party.OIN
	role       vocabulary.Role
	schoolType *vocabulary.SchoolType
	function   vocabulary.Function
}

// parseSide reads "stadscollege/zorgcoordinator".
func parseSide(t testing.TB, c *convenant.Convenant, text string) side {
	t.Helper()
	name, function, _ := strings.Cut(text, "/")
	member, ok := c.Member(parties[name])
	if !ok {
		t.Fatalf("%s is no party of the example", name)
	}
	s := side{oin: member.OIN, role: member.Role, function: vocabulary.Function(function)}
	if kind, school := schools[s.oin]; school {
		s.schoolType = &kind
	}
	return s
}

// between gives facts in which nothing is wrong: both take part, their cards are valid, the case is new. What is stated is up
// to the test.
func between(c *convenant.Convenant, from, to side, stated policy.Stated) policy.Facts {
	return policy.Facts{
		Established: policy.Established{
			Time: "2026-11-23T10:00:00Z", Office: true,
			Convenant: policy.ConvenantFacts{
				ID: c.ID, Version: c.Version, Known: true, InForce: true, Digest: c.Digest().String(), Alliance: c.Alliance, Rules: c.Rules != "",
				Purposes: slices.Sorted(maps.Keys(c.Purposes)), Flows: c.FlowsFor(stated.Kind, from.role, to.role),
			},
			Sender: policy.PersonFacts{Party: from.oin, Role: from.role, SchoolType: from.schoolType, Member: true, Pinned: true,
				CardValid: true, Signed: true, Participant: "a-1", Function: from.function, OnCard: true},
			Recipient: policy.RecipientFacts{Party: to.oin, Role: to.role, SchoolType: to.schoolType, Member: true, Pinned: true,
				CardValid: true, Signed: true, Function: to.function, People: []policy.AddresseeFacts{{ID: "b-1", OnCard: true, CardValid: true}}},
			Case:     policy.CaseFacts{ID: "0192aaaa-0000-7000-8000-000000000001", New: true},
			Subjects: 1, CoSigned: &policy.CoSignerFacts{Participant: "a-2", Other: true, CardValid: true}, Sent: noneSent(c),
		},
		Stated: stated,
	}
}

// noneSent counts nothing sent, in every period that some flow asks about.
func noneSent(c *convenant.Convenant) []policy.CountFacts {
	counts := []policy.CountFacts{}
	for _, flow := range c.Flows {
		if quota, ok := flow.Quota(); ok {
			counts = append(counts, policy.CountFacts{Per: quota.Per})
		}
	}
	return counts
}

// wpgDecision is the decision of the cases: under article 20, for everybody in the convenant.
func wpgDecision(c *convenant.Convenant) *policy.WpgFacts {
	w := policy.WpgFacts{Number: "WPG-1", Known: true, Valid: true, Basis: "wpg-20", Alliance: c.Alliance,
		Purposes:   []vocabulary.Purpose{"veilige-school"},
		Categories: []vocabulary.Category{"identiteit", "signaal", "incident", "groepsverband", "politiegegevens"}}
	for _, m := range c.Parties {
		w.Recipients = append(w.Recipients, m.OIN)
	}
	return &w
}

// signal is the signaal of case N., which is allowed.
func signal(t testing.TB, c *convenant.Convenant) policy.Facts {
	phase := 2
	return between(c, parseSide(t, c, "debrug/veiligheidscoordinator"), parseSide(t, c, "politie/schoolcontactpersoon"), policy.Stated{
		Kind: "signaal", Purpose: "veilige-school", Basis: "avg-6-1-e", Categories: []vocabulary.Category{"signaal", "incident"},
		Phase: &phase, Urgency: vocabulary.Regular,
		Statements: map[vocabulary.Statement]bool{"oudersGeinformeerd": true, "proportioneel": true},
	})
}

// request is the informatieverzoek of case P., under a Wpg decision, which is allowed.
func request(t testing.TB, c *convenant.Convenant) policy.Facts {
	questions := 3
	f := between(c, parseSide(t, c, "politie/wijkagent"), parseSide(t, c, "stadscollege/veiligheidscoordinator"), policy.Stated{
		Kind: "informatieverzoek", Purpose: "veilige-school", Basis: "wpg-20", Categories: []vocabulary.Category{"identiteit", "signaal"},
		Questions: &questions, Urgency: vocabulary.Regular, Statements: map[vocabulary.Statement]bool{"proportioneel": true},
	})
	f.Established.Wpg = wpgDecision(c)
	return f
}
