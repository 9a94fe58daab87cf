package client_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// TestHandedBackAndSentOn: handing back in time is a reaction, and the case is the sender's again until it is sent on as advised.
func TestHandedBackAndSentOn(t *testing.T) {
	w := within(t, "P1D")
	sent := w.sent(signal(w.Region, aboutNoor))
	other := message.Advice{Party: w.Party("politie").OIN, Function: "schoolcontactpersoon"}
	w.says("politie/wa-7", sent.ID, message.Received, nil)
	w.says("politie/wa-7", sent.ID, message.HandedBack, &other)
	w.clock.Later(5 * day)
	p := w.alone(sent.ID)
	w.isLate(p, false)
	if p.Settled() || p.Advice == nil || *p.Advice != other || p.Advised != "Voorbeeld politie" || p.HandedBack.IsZero() {
		t.Errorf("handed back with advice is the sender's again: %+v", p)
	}
	w.says("politie/wa-7", sent.ID, message.Closed, nil)
	if p = w.alone(sent.ID); p.Settled() || p.Advice == nil {
		t.Errorf("closed after handing back is not taken over: %+v", p)
	}
	again := signal(w.Region, aboutNoor)
	again.Case = sent.Case
	unrelated := w.sent(again) // to the same function again: that is not sending it on
	if p = w.alone(sent.ID); p.FollowedBy != "" {
		t.Errorf("%s was taken for sending on", unrelated.ID)
	}
	again.Recipients[0].Function = other.Function
	on := w.sent(again)
	if p = w.alone(sent.ID); p.FollowedBy != on.ID || !p.Settled() {
		t.Errorf("sent on, and not seen: %+v", p)
	}
	file, err := w.as("school/vc-1", nil).CaseFile(t.Context(), sent.Case)
	check(t, err)
	if len(file) != 3 || file[0].Line.ID != sent.ID || file[0].Progress[0].FollowedBy != on.ID || file[2].Line.ID != on.ID {
		t.Errorf("the case shows %+v", file)
	}
}

// TestLapsedIsSentAgain: what nobody fetched lapses, stays with the sender, and is over when it was sent again.
func TestLapsedIsSentAgain(t *testing.T) {
	w := within(t, "P7D")
	sent := w.sent(signal(w.Region, aboutNoor))
	w.clock.Later(4 * day) // beyond the doorvoertermijn of 72 hours
	w.Restart()            // which sweeps at once
	p := w.lapsed(sent.ID)
	w.isLate(p, false)
	if !p.Lost() || p.Settled() {
		t.Errorf("lapsed: %+v", p)
	}
	w.clock.Later(4 * day)
	p = w.alone(sent.ID)
	w.isLate(p, true)
	again := signal(w.Region, aboutNoor)
	again.Case = sent.Case
	next := w.sent(again)
	p = w.alone(sent.ID)
	w.isLate(p, false)
	if p.Lost() || p.FollowedBy != next.ID {
		t.Errorf("sent again, and not seen: %+v", p)
	}
}

// TestUnreadableIsSentAgain: who cannot read asks for it again; that is no reaction, and what was sent again stands in its place.
func TestUnreadableIsSentAgain(t *testing.T) {
	w := within(t, "P1D")
	sent := w.sent(signal(w.Region, aboutNoor))
	_, err := w.as("politie/wa-7", nil).ConfirmUnreadable(t.Context(), sent.ID)
	check(t, err)
	w.clock.Later(2 * day)
	p := w.alone(sent.ID)
	w.isLate(p, true)
	if !p.Lost() || p.Settled() || p.By != "wa-7" || p.Status != message.Status(message.Unreadable) {
		t.Errorf("unreadable: %+v", p)
	}
	again := signal(w.Region, aboutNoor)
	again.Case = sent.Case
	next := w.sent(again)
	p = w.alone(sent.ID)
	w.isLate(p, false)
	if p.Lost() || p.FollowedBy != next.ID {
		t.Errorf("sent again, and not seen: %+v", p)
	}
}

// lapsed waits until the gateway swept.
func (w *waiting) lapsed(id string) (p client.Progress) {
	w.t.Helper()
	w.until(func() bool {
		p = w.alone(id)
		return p.Status == message.Lapsed
	})
	return p
}

// TestMovesThatCannotBe are told in Dutch before anything is signed.
func TestMovesThatCannotBe(t *testing.T) {
	w := within(t, "P1D")
	sent := w.sent(signal(w.Region, aboutNoor))
	advise := func(party, function string) *message.Advice {
		return &message.Advice{Party: w.Party(party).OIN, Function: vocabulary.Function(function)}
	}
	stranger := &message.Advice{Party: "00000099000000990000", Function: "medewerker"}
	for name, c := range map[string]struct {
		who    string
		kind   message.ConfirmationKind
		advice *message.Advice
		want   string
	}{
		"close what nobody took over":  {"politie/wa-7", message.Closed, nil, "neem het eerst over"},
		"the sender takes over":        {"school/vc-1", message.TakenOver, nil, "niet aan uw organisatie gericht"},
		"advice to a stranger":         {"politie/wa-7", message.HandedBack, stranger, "doet niet mee aan convenant"},
		"advice to no function":        {"politie/wa-7", message.HandedBack, advise("halt", "wijkagent"), "bestaat niet bij die organisatie; kies uit: "},
		"advice to who has it already": {"politie/wa-7", message.HandedBack, advise("politie", "wijkagent"), "al aan wijkagent"},
	} {
		t.Run(name, func(t *testing.T) {
			b := &between{}
			_, err := w.as(c.who, b).Confirm(t.Context(), sent.ID, c.kind, c.advice)
			var faults fault.List
			if !errors.As(err, &faults) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want %q, got %v", c.want, err)
			}
			b.nothingPosted(t)
		})
	}
	w.says("politie/wa-7", sent.ID, message.TakenOver, nil)
	w.says("politie/wa-7", sent.ID, message.Closed, nil)
	for _, kind := range []message.ConfirmationKind{message.TakenOver, message.HandedBack, message.Closed} {
		if _, err := w.as("politie/wa-7", nil).Confirm(t.Context(), sent.ID, kind, nil); err == nil || !strings.Contains(err.Error(), "afgesloten") {
			t.Errorf("%s after closing: %v", kind, err)
		}
	}
}

// asks sends a question of the police to the school.
func (w *waiting) asks() client.Sent {
	w.t.Helper()
	number := gatewaytest.WpgNumber
	asked, err := w.as("politie/wa-7", nil).Send(w.t.Context(), client.Draft{
		Kind: "informatieverzoek", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: w.Party("school").OIN, Function: "veiligheidscoordinator"}},
		Body:       []byte(`{` + onlyNoor + `,"vragen":["Hoe gaat het op school?"],"redenVanDeVraag":"Er zijn zorgen."}`),
		Categories: []vocabulary.Category{"identiteit", "signaal"}, WpgDecision: &number,
		Statements: map[vocabulary.Statement]bool{"proportioneel": true},
	})
	check(w.t, err)
	return asked
}

func (w *waiting) answer(asked client.Sent) client.Draft {
	return client.Draft{
		Kind: "informatieantwoord", Convenant: message.ConvenantRef{ID: gatewaytest.ConvenantID, Version: 1},
		Recipients: []client.To{{Party: w.Party("politie").OIN, Function: "wijkagent"}},
		Body:       []byte(`{` + onlyNoor + `,"antwoorden":[{"gedrag":"Goed."}]}`),
		Categories: []vocabulary.Category{"identiteit", "gedrag"},
		Statements: map[vocabulary.Statement]bool{"proportioneel": true}, Case: asked.Case, InReplyTo: &asked.ID,
	}
}

const onlyNoor = `"betrokkenen":[{"naam":"Noor Voorbeeld","geboortedatum":"2010-05-31"}]`
