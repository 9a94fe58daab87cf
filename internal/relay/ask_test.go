package relay_test

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// question asks about exactly what a letter would send.
func question(l *letter) relay.Question {
	e, to := l.envelope, l.envelope.Recipients[0]
	return relay.Question{
		Caller: l.caller, Function: e.Sender.Function, Recipient: to.Party, RecipientFunction: to.Function, Convenant: e.Convenant,
		Stated: policy.Stated{
			Kind: e.Kind, Purpose: e.Purpose, Basis: e.Basis, Categories: e.Categories, Phase: e.Phase, Urgency: e.Urgency,
			Questions: e.Questions, Theme: e.Theme, AgeGroup: e.AgeGroup, Statements: e.Statements,
		},
		WpgDecision: e.WpgDecision, InReplyTo: e.InReplyTo, Subjects: len(e.Subjects),
	}
}

func TestAskKeepsNothing(t *testing.T) {
	s := newSetting(t)
	size := s.size(t)
	advice, err := s.relay.Ask(t.Context(), question(s.letter(t)))
	must(t, err)
	if !advice.Decision.Allow || advice.Decision.Flow != "signaal-school-politie" || len(advice.Decision.AllowedCategories) == 0 {
		t.Errorf("advised %+v", advice.Decision)
	}
	if s.size(t) != size {
		t.Error("asking left a record")
	}
}

func TestAskForAnyFunctionOfTheCaller(t *testing.T) {
	s := newSetting(t)
	q := question(s.letter(t))
	q.Recipient, q.RecipientFunction, q.Function = s.Parties["gi"].OIN, "medewerker", ""
	q.Stated.Kind, q.Stated.Purpose, q.Stated.Basis = "informatieantwoord", "hulp-en-zorg", "jeugdwet-7-3-11-4"
	q.Stated.Categories = []vocabulary.Category{"gedrag"}
	advice, err := s.relay.Ask(t.Context(), q)
	must(t, err)
	for _, r := range advice.Decision.Reasons {
		// vc-1 is a zorgcoordinator too, and that is the function that this flow names.
		if r.Code == "functie-niet-bevoegd" || r.Code == "stroom-niet-toegestaan" {
			t.Errorf("advised against for %s", r.Code)
		}
	}
}

func TestAskAboutAFunctionThatNobodyHolds(t *testing.T) {
	s := newSetting(t)
	q := question(s.letter(t))
	q.RecipientFunction = "jeugdcoordinator"
	advice, err := s.relay.Ask(t.Context(), q)
	must(t, err)
	if advice.Decision.Allow {
		t.Error("advised to send to nobody")
	}
}

// TestWhatIsAdvisedIsWhatHappens, for messages of all sorts.
func TestWhatIsAdvisedIsWhatHappens(t *testing.T) {
	s := newSetting(t)
	people := map[string]string{"school": "vc-1", "mbo": "vc-1", "politie": "wa-7", "halt": "hm-1", "jongerenwerk": "jw-1", "gi": "gm-1", "leerplicht": "la-1"}
	parties := []string{"school", "mbo", "politie", "halt", "jongerenwerk", "gi", "leerplicht"}
	yes, no := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		l := s.letter(t)
		e := &l.envelope
		// Mostly the letter that is allowed, so that both answers come: each thing about it is another one now and then.
		now := func(what string) bool { return rapid.IntRange(0, 4).Draw(rt, what+" differs") == 0 }
		from, to := "school", "politie"
		if now("parties") {
			from = rapid.SampledFrom(parties).Draw(rt, "from")
			to = rapid.SampledFrom(slices.DeleteFunc(slices.Clone(parties), func(p string) bool { return p == from })).Draw(rt, "to")
		}
		receiver := s.Parties[to].Person(people[to])
		l.caller, l.key = s.caller(t, from, people[from]), s.Parties[from].Person(people[from])
		e.Sender = message.Sender{Party: s.Parties[from].OIN, Participant: people[from], Function: l.key.Card.Functions[0]}
		e.Recipients = []message.Recipient{{Party: receiver.Card.OIN, Function: receiver.Card.Functions[0], Participants: []message.Addressee{{ID: receiver.Card.ID, Card: 1}}}}
		if now("function") {
			e.Sender.Function = "schoolleiding"
		}
		if now("kind") {
			e.Kind = rapid.SampledFrom([]vocabulary.Kind{"informatieverzoek", "terugkoppeling", "verzuimmelding"}).Draw(rt, "kind")
		}
		if now("purpose") {
			e.Purpose = rapid.SampledFrom([]vocabulary.Purpose{"hulp-en-zorg", "opsporing"}).Draw(rt, "purpose")
		}
		if now("basis") {
			e.Basis = "wpg-20"
		}
		if now("categories") {
			e.Categories = rapid.SampledFrom([][]vocabulary.Category{{"signaal"}, {"identiteit", "verzuim"}}).Draw(rt, "categories")
		}
		if now("phase") {
			e.Phase = rapid.Ptr(rapid.IntRange(1, 3), true).Draw(rt, "phase")
		}
		if now("informed") {
			delete(e.Statements, "oudersGeinformeerd")
		}
		l.payload = ageFile(t, []byte("x"), receiver.Age.Recipient())
		advice, err := s.relay.Ask(t.Context(), question(l))
		if err != nil {
			rt.Fatal(err)
		}
		_, err = s.relay.Accept(t.Context(), l.caller, l.sign(t).upload())
		var denied *relay.Denied
		if err != nil && !errors.As(err, &denied) {
			rt.Fatal(err)
		}
		if advice.Decision.Allow != (err == nil) {
			rt.Fatalf("advised %v (%v), happened: %v", advice.Decision.Allow, advice.Decision.Reasons, err)
		}
		if denied != nil {
			no++
			for i, r := range denied.Reasons {
				if r.Reason != advice.Decision.Reasons[i] {
					rt.Fatalf("advised %v, happened %v", advice.Decision.Reasons, denied.Reasons)
				}
			}
		} else {
			yes++
		}
	})
	if yes == 0 || no == 0 {
		t.Errorf("%d allowed and %d refused: this proves nothing", yes, no)
	}
}

func TestAskInAFunctionThatTheCallerLacks(t *testing.T) {
	s := newSetting(t)
	q := question(s.letter(t))
	q.Caller = s.caller(t, "school", "fg-1") // a privacy officer who asks as veiligheidscoordinator
	advice, err := s.relay.Ask(t.Context(), q)
	must(t, err)
	if advice.Decision.Allow || !slices.ContainsFunc(advice.Decision.Reasons, func(r policy.Reason) bool {
		return r.Code == "functie-niet-bevoegd" || r.Code == "afzender-niet-op-kaart"
	}) {
		t.Errorf("advised %v: %+v", advice.Decision.Allow, advice.Decision.Reasons)
	}
}

// TestAskAboutWhatNeedsAMotivation: who asks about a youngster whose parents must not know is not told to inform them first.
func TestAskAboutWhatNeedsAMotivation(t *testing.T) {
	s := newSetting(t)
	for name, change := range map[string]func(*policy.Stated){
		"parents must not know": func(f *policy.Stated) {
			f.Statements = map[vocabulary.Statement]bool{"proportioneel": true, "oudersNietInformerenVeiligheid": true}
		},
		"a crisis report": func(f *policy.Stated) { f.Kind, f.Phase = "crisismelding", nil },
		"a crisis":        func(f *policy.Stated) { f.Urgency, f.Phase = vocabulary.Crisis, nil },
	} {
		q := question(s.letter(t))
		change(&q.Stated)
		advice, err := s.relay.Ask(t.Context(), q)
		must(t, err)
		reviewed := slices.ContainsFunc(advice.Decision.Obligations, func(o policy.Obligation) bool { return o.Code == "beoordeling" })
		if !advice.Decision.Allow || !reviewed {
			t.Errorf("%s: advised %v, reviewed %v: %+v", name, advice.Decision.Allow, reviewed, advice.Decision.Reasons)
		}
	}
}
