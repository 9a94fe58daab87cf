package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// wordFlags are the flags whose value is a word of a closed list, by that list.
var wordFlags = []struct{ list, flag string }{
	{"doelen", "--doel"},
	{"functies", "--functie"},
	{"gegevens", "--gegevens"},
	{"grondslagen", "--grondslag"},
	{"leeftijdsgroepen", "--leeftijdsgroep"},
	{"soorten", "--soort"},
	{"themas", "--thema"},
	{"urgenties", "--urgentie"},
	{"verklaringen", "--verklaring"},
}

// convenantLists are the lists of words that only somebody needs who writes a convenant.
var convenantLists = []string{"logdoelen", "onderwijssoorten", "rollen", "verzuimdrempels", "voorwaarden"}

// reasonList is what somebody needs who writes cases: the words for why the rules refuse.
const reasonList = "redenen"

func newWordsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "words [LIJST]",
		Short: "De woorden die u in een opdracht gebruikt, met wat ze betekenen",
		Long: "Toont alle lijsten, of van één lijst de woorden. Links staat het woord dat u typt, rechts wat het betekent. Welke woorden bij\n" +
			"uw bericht mogen, zegt het convenant: vraag het met sluis check.",
		Example: "  sluis words\n  sluis words verklaringen",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{errors.New("sluis words toont één lijst tegelijk (zie: sluis words --help)")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var names []string
			for _, w := range wordFlags {
				names = append(names, w.list)
				if len(args) == 0 {
					fmt.Fprintf(cmd.OutOrStdout(), "%-17s %s\n", w.list, w.flag)
				}
			}
			for _, name := range convenantLists {
				names = append(names, name)
				if len(args) == 0 {
					fmt.Fprintf(cmd.OutOrStdout(), "%-17s in een convenant\n", name)
				}
			}
			if names = append(names, reasonList); len(args) == 0 {
				fmt.Fprintf(cmd.OutOrStdout(), "%-17s in een gevallenbestand\n", reasonList)
			}
			switch {
			case len(args) == 0:
			case !slices.Contains(names, args[0]):
				return usageError{errors.New("kies een van: " + strings.Join(names, ", "))}
			default:
				showWords(cmd.OutOrStdout(), args[0])
			}
			return nil
		},
	}
}

func showWords(out io.Writer, list string) {
	codes, width := vocabulary.Default().Codes(list), 0
	for _, code := range codes {
		width = max(width, len(code))
	}
	if list == "verklaringen" {
		fmt.Fprintln(out, "U verklaart dat:")
	}
	for _, code := range codes {
		fmt.Fprintf(out, "%-*s  %s\n", width, code, meaning(list, code))
	}
}

// meaning says what a word stands for. Some words stand in two lists.
func meaning(list, code string) string {
	words := vocabulary.Default()
	switch list {
	case "verklaringen":
		return words.StatementPhrase(vocabulary.Statement(code)).NL
	case "grondslagen":
		basis, _ := words.Basis(vocabulary.Basis(code))
		return basis.Text.NL
	case "voorwaarden":
		condition, _ := words.Condition(vocabulary.Condition(code))
		return condition.Text.NL + parameterForm(condition)
	case reasonList:
		reason, _ := words.Reason(vocabulary.Reason(code))
		return vocabulary.Fill(reason.Sentence.NL, nil)
	}
	return words.Label(code)
}

// parameterForm says what somebody writes behind a condition.
func parameterForm(c vocabulary.ConditionInfo) string {
	switch c.Parameter {
	case vocabulary.NumberParameter:
		return fmt.Sprintf(" (met een getal van %d tot en met %d)", c.Min, c.Max)
	case vocabulary.ListParameter:
		return " (met een lijst: sluis words " + c.List + ")"
	case vocabulary.ObjectParameter:
		return " (met {aantal: 3, per: P7D})"
	default:
		return ""
	}
}

// checkWords finds every word that is in no list, before anything is asked of the gateway. What was typed is not repeated: people type
// names in the wrong place.
func (f *draftFlags) checkWords() error {
	var faults fault.List
	given := map[string][]string{
		"doelen": {f.purpose}, "functies": {f.function}, "gegevens": f.categories, "grondslagen": {f.basis}, "leeftijdsgroepen": {f.ageGroup},
		"soorten": {f.kind}, "themas": {f.theme}, "urgenties": {f.urgency}, "verklaringen": strings.Split(strings.Join(f.statements, ","), ","),
	}
	for _, w := range wordFlags {
		codes := vocabulary.Default().Codes(w.list)
		for i, word := range given[w.list] {
			if word = strings.TrimSpace(word); word == "" && len(given[w.list]) == 1 || slices.Contains(codes, word) {
				continue
			}
			place := w.flag
			if len(given[w.list]) > 1 {
				place = fmt.Sprintf("%s nummer %d", w.flag, i+1)
			}
			if likely := vocabulary.Suggest(word, codes); likely != "" {
				faults.Add(place, "dit woord is er niet; bedoelt u %s? Alle woorden: sluis words %s", likely, w.list)
				continue
			}
			faults.Add(place, "dit woord is er niet; kies er een uit: sluis words %s", w.list)
		}
	}
	return faults.Err()
}

// aboutStatements are the reasons that somebody takes away by stating more.
var aboutStatements = []string{"grondslag-niet-onderbouwd", "meldcode-onvolledig", "niet-afgewogen", "ouders-niet-geinformeerd", "verzuim-onder-drempel"}

// howToCosign says how a colleague signs too.
const howToCosign = "maak het bericht met sluis send --voor-akkoord BESTAND en vraag een collega om sluis cosign BESTAND"

// howToState says how to do what a refusal asks for, when that is to state something or to have a colleague sign; else "".
func howToState(reasons []client.Reason) string {
	for _, r := range reasons {
		if r.Code == "tweede-akkoord-ontbreekt" {
			return "Zo tekent een collega mee: " + howToCosign
		}
		if slices.Contains(aboutStatements, r.Code) {
			return "Verklaren doet u met --verklaring en het woord dat erbij hoort; zoek het op met: sluis words verklaringen"
		}
	}
	return ""
}

// withHint adds to a refusal how to do what it asks for.
func withHint(err error) error {
	var no *client.Problem
	if !errors.As(err, &no) || howToState(no.Reasons) == "" {
		return err
	}
	return fmt.Errorf("%w\n%s", err, howToState(no.Reasons))
}
