package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// showAccount says in plain words what a colleague is asked to sign: everything of the envelope that a decision hangs on.
func showAccount(out io.Writer, a client.Account) {
	e, words := a.Envelope.Envelope(), vocabulary.Default()
	line := func(what, text string) { fmt.Fprintf(out, "  %-12s %s\n", what+":", text) }
	fmt.Fprintf(out, "Uw collega %s vraagt u om mee te tekenen voor bericht %s.\n", e.Sender.Participant, e.ID)
	line("soort", labelled(string(e.Kind)))
	line("van", who(e.Sender.Function, a.Names[e.Sender.Party], e.Sender.Party))
	for _, r := range e.Recipients {
		line("aan", who(r.Function, a.Names[r.Party], r.Party)+": "+addressees(r))
	}
	line("convenant", fmt.Sprintf("%s (%s/%d)", a.Convenant, e.Convenant.ID, e.Convenant.Version))
	line("doel", labelled(string(e.Purpose)))
	line("grondslag", basis(e.Basis))
	line("gegevens", strings.Join(each(e.Categories, words.Label), ", "))
	line("over", counted(len(e.Subjects), "verborgen kenmerk", "verborgen kenmerken")+" van jongeren, een of twee per jongere")
	if e.Phase != nil {
		line("fase", fmt.Sprint(*e.Phase))
	}
	line("urgentie", labelled(string(e.Urgency)))
	optional := func(what string, value *string) {
		if value != nil {
			line(what, labelled(*value))
		}
	}
	optional("thema", (*string)(e.Theme))
	optional("leeftijd", (*string)(e.AgeGroup))
	optional("antwoord op", e.InReplyTo)
	optional("Wpg-besluit", e.WpgDecision)
	line("zaak", e.Case)
	line("gemaakt", moment(e.Time.Time)+"; versturen kan tot "+moment(e.Time.Add(message.CoSignedFor)))
	if e.Motivation != nil {
		line("motivering", "zit erbij, verzegeld voor de privacyfunctionarissen")
	}
	fmt.Fprintln(out, "Uw collega verklaart dat:")
	stated := statements(e.Statements)
	if len(stated) == 0 {
		stated = []string{"(niets)"}
	}
	for _, text := range stated {
		fmt.Fprintln(out, "  - "+text)
	}
	fmt.Fprintln(out, "De inhoud van het bericht ziet u hier niet. Laat uw collega die zien voordat u ondertekent.")
}

// statements gives what is declared to be so, and what is declared not to be.
func statements(all map[vocabulary.Statement]bool) []string {
	var list []string
	for code, holds := range all {
		text := vocabulary.Default().StatementPhrase(code).NL
		if !holds {
			text = "NIET: " + text
		}
		list = append(list, text)
	}
	slices.Sort(list)
	return list
}

// basis names a legal basis with the article it rests on.
func basis(b vocabulary.Basis) string {
	info, _ := vocabulary.Default().Basis(b)
	if info.Article == "" {
		return labelled(string(b))
	}
	return labelled(string(b)) + ", " + info.Article
}

// labelled gives a code with what it stands for.
func labelled(code string) string {
	if label := vocabulary.Default().Label(code); label != "" && label != code {
		return label + " (" + code + ")"
	}
	return code
}

func addressees(r message.Recipient) string {
	ids := make([]string, len(r.Participants))
	for i, p := range r.Participants {
		ids[i] = p.ID
	}
	return strings.Join(ids, ", ")
}

func each[T ~string](codes []T, label func(string) string) []string {
	list := make([]string, len(codes))
	for i, code := range codes {
		list[i] = label(string(code))
	}
	return list
}
