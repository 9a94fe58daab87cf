package advice_test

import (
	"errors"
	"os"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// random draws messages that somebody can send, asks about them and sends them: asking, sending and deciding in process give the same.
// SLUIS_CASES is how many.
func random(t *testing.T, w *world) {
	want, allowed, denied := 500, 0, 0
	if text := os.Getenv("SLUIS_CASES"); text != "" {
		var err error
		want, err = strconv.Atoi(text)
		must(t, err)
	}
	for allowed+denied < want {
		rapid.Check(t, func(rt *rapid.T) {
			if allowed+denied >= want {
				return
			}
			f := w.draw(rt)
			l, err := w.within(t).enact(f)
			if errors.Is(err, errCannotBe) || err == nil && !w.sendable(l) {
				return
			}
			must(t, err)
			d, err := w.engine.Decide(t.Context(), f)
			must(t, err)
			inProcess := outcomeOf(d)
			advised := w.within(t).ask(l)
			if sent := w.within(t).send(l); !sent.equal(inProcess) {
				rt.Fatalf("sending gave %v, in process %v, for %+v", sent, inProcess, f)
			}
			if as := w.within(t).asAsked(f, inProcess); !advised.equal(as) {
				rt.Fatalf("asking gave %v, want %v, for %+v", advised, as, f)
			}
			if inProcess.allow {
				allowed++
			} else {
				denied++
			}
		})
		if t.Failed() {
			return
		}
	}
	if allowed < want/20 || denied < want/20 {
		t.Errorf("%d allowed, %d denied: too few of one to say anything", allowed, denied)
	}
	t.Logf("%d allowed, %d denied", allowed, denied)
}

// sendable reports whether a client can sign it: some odd envelopes are refused for their form, before anybody decides.
func (w *world) sendable(l letter) bool {
	l.envelope.Payload = message.Content{Digest: digest.Of(w.one), Length: int64(len(w.one))}
	_, err := message.SignEnvelope(l.envelope, l.sender.Key)
	return err == nil
}

// draw begins with a message that a flow lets through, and turns some of it into something else.
func (w *world) draw(t *rapid.T) policy.Facts {
	ids := exampleIDs(w.t)
	agreed := w.agreed[rapid.SampledFrom(ids).Draw(t, "convenant")]
	flow := rapid.SampledFrom(agreed.Flows).Draw(t, "flow")
	from := rapid.SampledFrom(agreed.Parties).Filter(func(m convenant.Member) bool { return m.Role == flow.From.Role }).Draw(t, "from")
	others := slices.DeleteFunc(slices.Clone(agreed.Parties), func(m convenant.Member) bool { return m.Role != flow.To.Role || m.OIN == from.OIN })
	if len(others) == 0 {
		return w.draw(t)
	}
	to := rapid.SampledFrom(others).Draw(t, "to")
	c := through(flow, rapid.SampledFrom(flow.Bases).Draw(t, "basis"), w.parties[from.OIN], w.parties[to.OIN], nil)
	c.InReplyTo = w.answered(agreed, c.Kind, w.parties[from.OIN], w.parties[to.OIN])
	turned := func(*policy.Facts) {}
	for range rapid.IntRange(0, 3).Draw(t, "turns") {
		if rapid.Bool().Draw(t, "a fact") {
			turned = rapid.SampledFrom(worldTurns).Draw(t, "turn")
		} else {
			rapid.SampledFrom(caseTurns).Draw(t, "turn")(t, &c)
		}
	}
	if kind, _ := vocabulary.Default().Kind(c.Kind); kind.Corrects {
		c.InReplyTo, c.Checked = "", false // what was sent before would be something to correct
	}
	if c.To.Function == officer {
		c.People = 1 // a second officer would be one more for whom each motivation must be sealed
	}
	c.SentCategories = []vocabulary.Category{}
	f, err := c.Facts(agreed)
	must(w.t, err)
	turned(&f)
	f.Established.Sender.OnCard = f.Established.Sender.OnCard || c.From.Function == officer // who is that, and nothing else
	if !f.Established.Recipient.Member && agreed.PerParty {
		f.Established.Convenant.InForce = false // for one who never signed
	}
	if w := f.Established.Wpg; w != nil && !f.Established.Recipient.Member {
		// A decision that names parties of a convenant names no stranger.
		w.Recipients = slices.DeleteFunc(slices.Clone(w.Recipients), func(oin party.OIN) bool { return oin == f.Established.Recipient.Party })
	}
	return f
}

// worldTurns change what the gateway establishes.
var worldTurns = []func(*policy.Facts){
	func(f *policy.Facts) { f.Established.Convenant.Known, f.Established.Convenant.InForce = false, false },
	func(f *policy.Facts) { f.Established.Convenant.InForce = false },
	func(f *policy.Facts) { f.Established.Sender.OnCard = false },
	func(f *policy.Facts) {
		if r := &f.Established.Recipient; r.Role != "school" { // of a stranger the kind of school is another
			r.Member, r.Pinned, r.Signed = false, false, false
		}
	},
	func(f *policy.Facts) {
		if f.Established.InReplyTo == nil && !f.Established.Case.Checked {
			f.Established.Case.New = false
		}
	},
	func(f *policy.Facts) {
		if w := f.Established.Wpg; w != nil {
			w.Known = false
		}
	},
	func(f *policy.Facts) {
		if w := f.Established.Wpg; w != nil {
			w.Valid = false
		}
	},
	func(f *policy.Facts) {
		if by := f.Established.CoSigned; by != nil { // the sender, a second time
			by.Other = false
		}
	},
}

func oneOf[T ~string](t *rapid.T, list string) T {
	return T(rapid.SampledFrom(vocabulary.Default().Codes(list)).Draw(t, list))
}

// caseTurns change what is stated, and what comes along.
var caseTurns = []func(*rapid.T, *casefile.Case){
	func(t *rapid.T, c *casefile.Case) { c.Kind = oneOf[vocabulary.Kind](t, "soorten") },
	func(t *rapid.T, c *casefile.Case) { c.Purpose = oneOf[vocabulary.Purpose](t, "doelen") },
	func(t *rapid.T, c *casefile.Case) { c.Basis = oneOf[vocabulary.Basis](t, "grondslagen") },
	func(t *rapid.T, c *casefile.Case) {
		if more := oneOf[vocabulary.Category](t, "gegevens"); !slices.Contains(c.Categories, more) {
			c.Categories = append(slices.Clone(c.Categories), more)
		}
	},
	func(t *rapid.T, c *casefile.Case) { c.Urgency = oneOf[vocabulary.Urgency](t, "urgenties") },
	func(t *rapid.T, c *casefile.Case) {
		c.Statements = slices.Clone(c.Statements)[:rapid.IntRange(0, len(c.Statements)).Draw(t, "statements")]
	},
	func(t *rapid.T, c *casefile.Case) {
		c.Statements = append(slices.Clone(c.Statements), oneOf[vocabulary.Statement](t, "verklaringen"))
	},
	func(t *rapid.T, c *casefile.Case) { c.Phase = number(t, 1, 3) },
	func(t *rapid.T, c *casefile.Case) { c.Questions = number(t, 0, 9) },
	func(t *rapid.T, c *casefile.Case) { c.Subjects = number(t, 0, 2) },
	func(t *rapid.T, c *casefile.Case) { c.AgeGroup = nil },
	func(t *rapid.T, c *casefile.Case) {
		group := oneOf[vocabulary.AgeGroup](t, "leeftijdsgroepen")
		c.AgeGroup = &group
	},
	func(t *rapid.T, c *casefile.Case) {
		theme := oneOf[vocabulary.Theme](t, "themas")
		c.Theme = &theme
	},
	func(t *rapid.T, c *casefile.Case) { c.Motivated = !c.Motivated },
	func(t *rapid.T, c *casefile.Case) { c.InReplyTo = "" },
	func(t *rapid.T, c *casefile.Case) { c.Wpg = false },
	func(t *rapid.T, c *casefile.Case) { c.People = rapid.IntRange(1, 2).Draw(t, "people") },
	func(t *rapid.T, c *casefile.Case) { c.From.Function = officer },
	func(t *rapid.T, c *casefile.Case) { c.To.Function = officer },
	func(t *rapid.T, c *casefile.Case) { c.Alone = true },
}

func number(t *rapid.T, from, to int) *int {
	if rapid.Bool().Draw(t, "null") {
		return nil
	}
	n := rapid.IntRange(from, to).Draw(t, "number")
	return &n
}
