package advice_test

import (
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// fewInProcessOnly is how many cases may say that they cannot be played over HTTP.
const fewInProcessOnly = 3

// cases plays every case of every example, over HTTPS: asking gives what sending gives, both give what the file says, and the trail holds the
// records that the file says, with in them what was decided.
func cases(t *testing.T, w *world) {
	files, only, played := exampleFiles(t), 0, 0
	play := func(now func(policy.Established) bool) {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			for _, c := range files[name].Cases {
				agreed := w.agreed[convenantOf(name)]
				f, err := c.Facts(agreed)
				must(t, err)
				switch {
				case !now(f.Established):
				case c.InProcessOnly != "":
					only++
				default:
					played++
					t.Run(convenantOf(name)+"/"+c.Name, func(t *testing.T) { w.within(t).play(c, f) })
				}
			}
		}
	}
	play(func(e policy.Established) bool { return e.Office })
	for term.InOfficeHours(w.clock.Now()) {
		w.clock.Later(time.Hour)
	}
	play(func(e policy.Established) bool { return !e.Office })
	if only > fewInProcessOnly || played == 0 {
		t.Errorf("%d cases played, and %d only in process", played, only)
	}
	t.Logf("%d cases over HTTPS, %d only in process", played, only)
}

// within is the same world, whose failures are those of one case.
func (w *world) within(t *testing.T) *world {
	one := *w
	one.t = t
	return &one
}

func (w *world) play(c casefile.Case, f policy.Facts) {
	l, err := w.enact(f)
	if errors.Is(err, errCannotBe) {
		w.t.Fatalf("line %d: %v; if no honest gateway has such facts, say so with alleenInProces", c.Line, err)
	}
	must(w.t, err)
	want := outcome{c.Allowed(), c.Reasons}
	advised := w.ask(l)
	if sent := w.send(l); !sent.equal(want) {
		w.t.Errorf("line %d: sending gave %v, want %v", c.Line, sent, want)
	}
	if as := w.asAsked(f, want); !advised.equal(as) {
		w.t.Errorf("line %d: asking gave %v, want %v", c.Line, advised, as)
	}
	w.holdsTrail(c, f, l)
}

// asAsked is what asking must give. Whether a sealed motivation and a second signature come along can only be seen when a message is
// sent: who asks is told as if they did. Who is addressed is nobody in particular, but somebody who stands in the function.
func (w *world) asAsked(f policy.Facts, sent outcome) outcome {
	seen := f
	st := f.Stated
	seen.Established.Motivated = st.Urgency == vocabulary.Crisis || st.Kind == "crisismelding" || st.Statements["oudersNietInformerenVeiligheid"]
	seen.Established.CoSigned = &policy.CoSignerFacts{Participant: "a-2", Other: true, CardValid: true}
	seen.Established.Recipient.People = []policy.AddresseeFacts{{ID: "b-1", OnCard: true, CardValid: true}}
	alike := seen.Established.Motivated == f.Established.Motivated && f.Established.CoSigned != nil && f.Established.CoSigned.Other &&
		len(f.Established.Recipient.People) == 1 && f.Established.Recipient.People[0].OnCard
	if alike {
		return sent
	}
	d, err := w.engine.Decide(w.t.Context(), seen)
	must(w.t, err)
	return outcomeOf(d)
}

// holdsTrail compares the records of a message with what the case says of them.
func (w *world) holdsTrail(c casefile.Case, f policy.Facts, l letter) {
	w.t.Helper()
	records := w.records(l)
	var kinds []string
	for _, r := range records {
		kinds = append(kinds, string(r.Kind))
		if r.Kind == tlog.CoSigned && !l.proves(r) {
			w.t.Errorf("line %d: the second signature in the trail is not the colleague's", c.Line)
		}
	}
	if !slices.Equal(kinds, c.Trail) {
		w.t.Errorf("line %d: the trail holds %v, want %v", c.Line, kinds, c.Trail)
	}
	if len(records) == 0 || records[0].Kind != tlog.Decided {
		return
	}
	r, said := records[0], "geweigerd"
	if c.Allowed() {
		said = "toegestaan"
	}
	codes := slices.Sorted(slices.Values(r.Reasons))
	switch {
	case *r.Decision != said, *r.Purpose != string(c.Purpose), *r.Basis != string(c.Basis), r.Convenant.ID != f.Established.Convenant.ID,
		r.Convenant.Version != l.envelope.Convenant.Version, !equalTexts(r.Categories, c.Categories), !equalTexts(codes, c.Reasons),
		(r.Phase == nil) != (c.Phase == nil), r.Phase != nil && *r.Phase != *c.Phase:
		w.t.Errorf("line %d: the record of the decision says %+v", c.Line, r)
	}
}

func equalTexts[T ~string](got []string, want []T) bool {
	return slices.EqualFunc(got, want, func(g string, w T) bool { return g == string(w) })
}
