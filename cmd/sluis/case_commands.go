package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/shell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// The commands that the time line of a case gives to copy. They name a convenant without its version: what came under an old one goes on
// under the one that is in force.

func (t *timeline) confirm(id string) string {
	return "  sluis confirm" + t.profileArg() + " " + id + " "
}

// answer writes the command that answers a message. Which data to give is for whoever answers to choose.
func (t *timeline) answer(e message.Envelope, kind vocabulary.Kind) string {
	return "  sluis send" + t.profileArg() + " --soort " + string(kind) + " --naar " + string(e.Sender.Party) + "/" + string(e.Sender.Function) +
		" --convenant " + e.Convenant.ID + " --antwoord-op " + e.ID + " --gegevens GEGEVENS --lading BESTAND"
}

// sendOn writes the command that sends a message to somebody else, or again, in the same case. The content is not in it: who sends
// reads it again, and decides again what this recipient needs. Purpose and legal basis are left for the convenant to fill in; where it
// leaves a choice, send asks.
func (t *timeline) sendOn(f client.Followed, to message.Recipient) string {
	e := f.Envelope.Envelope()
	args := []string{"sluis send" + t.profileArg(), "--soort", string(e.Kind), "--naar", string(to.Party) + "/" + string(to.Function),
		"--convenant", e.Convenant.ID, "--gegevens", strings.Join(texts(e.Categories), ",")}
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
		args = append(args, "--wpg-besluit", shell.Quote(*e.WpgDecision))
	}
	if e.Sender.Function != t.own.Function {
		args = append(args, "--functie", string(e.Sender.Function))
	}
	return "  " + strings.Join(append(args, "--zaak", e.Case, "--lading", "BESTAND"), " ")
}

func (t *timeline) profileArg() string { return " --profiel " + shell.Quote(t.profile) }
