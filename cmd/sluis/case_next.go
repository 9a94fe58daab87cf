package main

import (
	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// next says what the own party can do now about a message at one recipient: in a sentence, and with the command where there is one.
func (t *timeline) next(f client.Followed, p client.Progress) []string {
	if p.Party == t.own.OIN {
		return t.counted(t.asRecipient(f, p))
	}
	if !f.Sent {
		return nil
	}
	return t.counted(t.asSender(f, p))
}

func (t *timeline) counted(lines []string) []string {
	if len(lines) > 0 {
		t.ours++
	}
	return lines
}

func (t *timeline) asRecipient(f client.Followed, p client.Progress) []string {
	e := f.Envelope.Envelope()
	switch p.Status {
	case message.Offered:
		return []string{"Wat nu: open het bericht.", "  sluis receive" + t.profileArg() + " " + e.ID}
	case message.Status(message.Received):
		if p.Answer != "" || isAnswer(e.Kind) && p.Term.IsZero() {
			return nil // an answer is for reading; there is nothing to take over
		}
		if kinds := client.AnswersTo(e.Kind); len(kinds) > 0 {
			return []string{"Wat nu: beantwoord het, of geef het terug. Deel niet meer dan gevraagd is.", t.answer(e, kinds[0]), t.confirm(e.ID) + "teruggegeven --advies OIN/functie"}
		}
		return []string{"Wat nu: zeg of u het overneemt of teruggeeft. Geeft u het terug, zeg dan wie het wel kan doen.",
			t.confirm(e.ID) + "overgenomen", t.confirm(e.ID) + "teruggegeven --advies OIN/functie"}
	}
	return nil
}

func isAnswer(k vocabulary.Kind) bool {
	info, _ := vocabulary.Default().Kind(k)
	return len(info.Answers) > 0
}

func (t *timeline) asSender(f client.Followed, p client.Progress) []string {
	again := message.Recipient{Party: p.Party, Function: p.Function}
	switch {
	case p.FollowedBy != "":
		return nil
	case p.Lost() && p.Status == message.Lapsed:
		return []string{"Wat nu: bel " + reach(p) + " en stuur het opnieuw, of stuur het naar iemand anders.", t.sendOn(f, again)}
	case p.Lost():
		return []string{"Wat nu: de ontvanger kan het niet lezen. Stuur het opnieuw.", t.sendOn(f, again)}
	case !p.HandedBack.IsZero() && !p.Settled() && p.Advice != nil:
		return []string{"Wat nu: de zaak is weer van u. Volgt u het advies, stuur het dan door (kijk eerst met sluis check of het mag).",
			t.sendOn(f, message.Recipient{Party: p.Advice.Party, Function: p.Advice.Function})}
	case !p.HandedBack.IsZero() && !p.Settled():
		return []string{"Wat nu: de zaak is weer van u. Zoek iemand die het wel kan doen, en stuur het door."}
	case p.Late(t.now):
		return []string{"Wat nu: bel " + reach(p) + ". Komt er geen reactie, stuur het dan naar iemand anders. Laat de zaak niet los."}
	}
	return nil
}
