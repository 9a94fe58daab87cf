package main

import (
	"slices"
	"strconv"
	"strings"

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
	id := f.Envelope.Envelope().ID
	confirm := "  sluis confirm" + t.profileArg() + " " + id + " "
	switch p.Status {
	case message.Offered:
		return []string{"Wat nu: open het bericht.", "  sluis receive" + t.profileArg() + " " + id}
	case message.Status(message.Received):
		if p.Answer != "" {
			return nil
		}
		return []string{"Wat nu: zeg of u het overneemt of teruggeeft. Geeft u het terug, zeg dan wie het wel kan doen.",
			confirm + "overgenomen", confirm + "teruggegeven --advies OIN/functie"}
	}
	return nil
}

func (t *timeline) asSender(f client.Followed, p client.Progress) []string {
	again := message.Recipient{Party: p.Party, Function: p.Function}
	switch {
	case p.FollowedBy != "":
		return nil
	case p.Lost() && p.Status == message.Lapsed:
		return []string{"Wat nu: bel de ontvanger en stuur het opnieuw, of stuur het naar iemand anders.", t.sendOn(f, again)}
	case p.Lost():
		return []string{"Wat nu: de ontvanger kan het niet lezen. Stuur het opnieuw.", t.sendOn(f, again)}
	case !p.HandedBack.IsZero() && !p.Settled() && p.Advice != nil:
		return []string{"Wat nu: de zaak is weer van u. Volgt u het advies, stuur het dan door (kijk eerst met sluis check of het mag).",
			t.sendOn(f, message.Recipient{Party: p.Advice.Party, Function: p.Advice.Function})}
	case !p.HandedBack.IsZero() && !p.Settled():
		return []string{"Wat nu: de zaak is weer van u. Zoek iemand die het wel kan doen, en stuur het door."}
	case p.Late(t.now):
		return []string{"Wat nu: bel de ontvanger. Pakt die het niet op, stuur het dan naar iemand anders. Laat de zaak niet los."}
	}
	return nil
}

// sendOn writes the command that sends a message to somebody else, or again, in the same case. The content is not in it: who sends
// reads it again, and decides again what this recipient needs. Purpose and legal basis are left for the convenant to fill in; where it
// leaves a choice, send asks.
func (t *timeline) sendOn(f client.Followed, to message.Recipient) string {
	e := f.Envelope.Envelope()
	args := []string{"sluis send" + t.profileArg(), "--soort", string(e.Kind), "--naar", string(to.Party) + "/" + string(to.Function),
		"--convenant", e.Convenant.ID + "/" + strconv.Itoa(e.Convenant.Version), "--gegevens", strings.Join(texts(e.Categories), ",")}
	if e.Phase != nil {
		args = append(args, "--fase", strconv.Itoa(*e.Phase))
	}
	if e.Urgency != vocabulary.Regular {
		args = append(args, "--urgentie", string(e.Urgency))
	}
	var said []vocabulary.Statement
	for statement, yes := range e.Statements {
		if yes {
			said = append(said, statement)
		}
	}
	if slices.Sort(said); len(said) > 0 {
		args = append(args, "--verklaring", strings.Join(texts(said), ","))
	}
	if e.InReplyTo != nil {
		args = append(args, "--antwoord-op", *e.InReplyTo)
	}
	if e.WpgDecision != nil {
		args = append(args, "--wpg-besluit", quoted(*e.WpgDecision))
	}
	if e.Sender.Function != t.own.Function {
		args = append(args, "--functie", string(e.Sender.Function))
	}
	return "  " + strings.Join(append(args, "--zaak", e.Case, "--lading", "BESTAND"), " ")
}

func (t *timeline) profileArg() string { return " --profiel " + quoted(t.profile) }

// quoted puts a word between quotes when a shell would read more in it than there is.
func quoted(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:", r)
	}
	if word != "" && strings.IndexFunc(word, func(r rune) bool { return !plain(r) }) < 0 {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
