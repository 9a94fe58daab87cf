package policy_test

import (
	"slices"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// drawFacts begins with a message that a flow of the convenant allows, and then turns some of its facts into something else.
func drawFacts(t *rapid.T, c *convenant.Convenant) policy.Facts {
	flow := rapid.SampledFrom(c.Flows).Draw(t, "flow")
	pick := func(role vocabulary.Role, functions []vocabulary.Function) side {
		members := slices.DeleteFunc(slices.Clone(c.Parties), func(m convenant.Member) bool { return m.Role != role })
		s := side{oin: rapid.SampledFrom(members).Draw(t, "party").OIN, role: role, function: rapid.SampledFrom(functions).Draw(t, "function")}
		if kind, ok := schools[s.oin]; ok {
			s.schoolType = &kind
		}
		return s
	}
	f := throughFlow(c, flow, rapid.SampledFrom(flow.Bases).Draw(t, "basis"), pick(flow.From.Role, flow.From.Functions),
		pick(flow.To.Role, flow.To.Functions))
	f.Stated.Purpose = rapid.SampledFrom(flow.Purposes).Draw(t, "purpose")
	for range rapid.IntRange(0, 3).Draw(t, "turns") {
		turn := rapid.SampledFrom(turns).Draw(t, "turn")
		turn(t, &f)
	}
	return f
}

func oneOf[T ~string](t *rapid.T, list string) T {
	codes := append([]string{"", "onzin"}, vocabulary.Default().Codes(list)...)
	return T(rapid.SampledFrom(codes).Draw(t, list))
}

func flip(t *rapid.T, places ...*bool) {
	place := rapid.SampledFrom(places).Draw(t, "flip")
	*place = !*place
}

// turns are the ways to spoil facts, or not: some leave them allowed.
var turns = []func(*rapid.T, *policy.Facts){
	func(t *rapid.T, f *policy.Facts) {
		e := &f.Established
		flip(t, &e.Convenant.Known, &e.Convenant.InForce, &e.Sender.Member, &e.Sender.Pinned, &e.Sender.CardValid, &e.Sender.OnCard,
			&e.Recipient.Member, &e.Recipient.Pinned, &e.Recipient.CardValid, &e.Case.New, &e.Case.Member, &e.Case.Checked, &e.Motivated)
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.Sender.Role = oneOf[vocabulary.Role](t, "rollen") },
	func(t *rapid.T, f *policy.Facts) { f.Established.Recipient.Role = oneOf[vocabulary.Role](t, "rollen") },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Sender.Function = oneOf[vocabulary.Function](t, "functies")
	},
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Recipient.Function = oneOf[vocabulary.Function](t, "functies")
	},
	func(t *rapid.T, f *policy.Facts) {
		people := rapid.SliceOfN(rapid.SampledFrom([]policy.AddresseeFacts{{OnCard: true, CardValid: true}, {OnCard: true, CardValid: true}, {OnCard: true}, {CardValid: true}}), 0, 5)
		f.Established.Recipient.People = people.Draw(t, "people")
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.Convenant.ReplacedBy = number(t, 1, 9) },
	func(t *rapid.T, f *policy.Facts) { f.Established.Wpg = nil },
	func(t *rapid.T, f *policy.Facts) {
		w := wpgOf(f)
		flip(t, &w.Known, &w.Valid)
		f.Established.Wpg = &w
	},
	func(t *rapid.T, f *policy.Facts) {
		w := wpgOf(f)
		w.Recipients = []party.OIN{parties["halt"]}
		f.Established.Wpg = &w
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.CoSigned = nil },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.CoSigned = &policy.CoSignerFacts{Participant: "a-2", Other: rapid.Bool().Draw(t, "other"), CardValid: rapid.Bool().Draw(t, "valid")}
	},
	func(t *rapid.T, f *policy.Facts) {
		for i := range f.Established.Sent {
			f.Established.Sent[i].Count = rapid.IntRange(0, 20).Draw(t, "sent")
		}
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.InReplyTo = nil },
	func(t *rapid.T, f *policy.Facts) { f.Established.Subjects = rapid.IntRange(0, 2).Draw(t, "subjects") },
	func(t *rapid.T, f *policy.Facts) { f.Stated.Kind = oneOf[vocabulary.Kind](t, "soorten") },
	func(t *rapid.T, f *policy.Facts) { f.Stated.Purpose = oneOf[vocabulary.Purpose](t, "doelen") },
	func(t *rapid.T, f *policy.Facts) { f.Stated.Basis = oneOf[vocabulary.Basis](t, "grondslagen") },
	func(t *rapid.T, f *policy.Facts) {
		f.Stated.Categories = append(slices.Clone(f.Stated.Categories), oneOf[vocabulary.Category](t, "gegevens"))
	},
	func(t *rapid.T, f *policy.Facts) { f.Stated.Urgency = oneOf[vocabulary.Urgency](t, "urgenties") },
	func(t *rapid.T, f *policy.Facts) {
		group := oneOf[vocabulary.AgeGroup](t, "leeftijdsgroepen")
		f.Stated.AgeGroup = &group
	},
	func(t *rapid.T, f *policy.Facts) { f.Stated.AgeGroup = nil },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Case.Sent = []vocabulary.Kind{oneOf[vocabulary.Kind](t, "soorten")}
	},
	func(t *rapid.T, f *policy.Facts) { f.Established.Case.Sent = nil },
	func(t *rapid.T, f *policy.Facts) {
		f.Established.Case.SentCategories = []vocabulary.Category{oneOf[vocabulary.Category](t, "gegevens")}
	},
	func(t *rapid.T, f *policy.Facts) {
		if f.Established.InReplyTo != nil {
			reply := *f.Established.InReplyTo
			reply.Convenant = "een-ander"
			f.Established.InReplyTo = &reply
		}
	},
	func(t *rapid.T, f *policy.Facts) {
		theme := oneOf[vocabulary.Theme](t, "themas")
		f.Stated.Theme = &theme
	},
	func(t *rapid.T, f *policy.Facts) {
		f.Stated.Statements[oneOf[vocabulary.Statement](t, "verklaringen")] = rapid.Bool().Draw(t, "said")
	},
	func(t *rapid.T, f *policy.Facts) { f.Stated.Phase = number(t, 0, 3) },
	func(t *rapid.T, f *policy.Facts) { f.Stated.Questions = number(t, 0, 9) },
	func(t *rapid.T, f *policy.Facts) {
		f.Stated.Statements = map[vocabulary.Statement]bool{oneOf[vocabulary.Statement](t, "verklaringen"): rapid.Bool().Draw(t, "said")}
	},
}

// wpgOf gives a copy of the Wpg decision, or an empty one.
func wpgOf(f *policy.Facts) policy.WpgFacts {
	if f.Established.Wpg == nil {
		return policy.WpgFacts{}
	}
	return *f.Established.Wpg
}

func number(t *rapid.T, from, to int) *int {
	if rapid.Bool().Draw(t, "null") {
		return nil
	}
	n := rapid.IntRange(from, to).Draw(t, "number")
	return &n
}
