package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/term"
)

func newCheckCommand() *cobra.Command {
	var f draftFlags
	var body, search string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Vragen of u iets mag delen, voordat u het doet",
		Long: "De sluis antwoordt volgens dezelfde regels als bij het versturen. Er wordt niets gedeeld. Mag het niet, dan eindigt de opdracht met 1.\n\n" +
			"Met --zoek vraagt u wat er kan: met wie u dit mag delen (met-wie), welke soorten berichten u iemand mag sturen en wat daarin\n" +
			"mag staan (soorten), of wie van uw organisatie dit mag sturen (wie-van-ons). Wat u dan niet noemt, staat open.",
		Example: "  sluis check --profiel vc-1 --soort signaal --naar 00000099000000020000/wijkagent \\\n" +
			"    --convenant denbosch-school-en-veiligheid/1 --gegevens verzuim --fase 2 --verklaring oudersGeinformeerd\n" +
			"  sluis check --profiel vc-1 --zoek met-wie --soort signaal --gegevens signaal --fase 2\n" +
			"  sluis check --profiel vc-1 --zoek soorten --naar 00000099000000020000/wijkagent",
		Args: noArgs,
	}
	f.register(cmd)
	cmd.Flags().StringVar(&search, "zoek", "", "met-wie, soorten of wie-van-ons")
	cmd.Flags().StringVar(&body, "lading", "", "bestand met de inhoud (JSON): alleen het aantal personen en vragen telt; de inhoud blijft hier")
	needs := func() []string {
		if search != "" {
			return searchNeeds(search)
		}
		return append(f.required(), "gegevens")
	}
	return withClientWhen(cmd, needs, func(ctx context.Context, c *client.Client, _ []string) error {
		if search != "" {
			return checkSearch(ctx, cmd, c, &f, search)
		}
		d, err := f.draft()
		if err != nil {
			return err
		}
		if body != "" {
			if d.Body, err = readBody(cmd, body); err != nil {
				return err
			}
		}
		if err := errors.Join(newest(ctx, c, &d), answer(ctx, c, &d), corrected(ctx, c, &d, body)); err != nil {
			return err
		}
		allowed := true
		for _, to := range d.Recipients {
			one := d
			one.Recipients = []client.To{to}
			advice, err := c.Check(ctx, one)
			if err != nil {
				return err
			}
			showAdvice(cmd.OutOrStdout(), to, advice)
			allowed = allowed && advice.Allowed
		}
		if !allowed {
			return errNotAllowed
		}
		return nil
	})
}

// errNotAllowed makes a no count for scripts; why stands on standard output.
var errNotAllowed = errors.New("het convenant laat dit niet toe")

func showAdvice(out io.Writer, to client.To, a client.Advice) {
	if a.Allowed {
		fmt.Fprintf(out, "Ja, dat mag: naar %s/%s", to.Party, to.Function)
		if len(a.Articles) > 0 {
			fmt.Fprintf(out, " (%s)", strings.Join(a.Articles, "; "))
		}
		fmt.Fprintln(out, ".")
		for _, o := range a.Obligations {
			fmt.Fprintf(out, "  - %s\n", obligation(o))
		}
		return
	}
	fmt.Fprintf(out, "Nee, dat mag niet naar %s/%s, want:\n", to.Party, to.Function)
	for _, r := range a.Reasons {
		fmt.Fprintf(out, "  - %s\n", r)
	}
	if how := howToState(a.Reasons); how != "" {
		fmt.Fprintln(out, how)
	}
	if len(a.AllowedCategories) > 0 {
		fmt.Fprintf(out, "Wel toegestaan voor dit doel: %s.\n", strings.Join(texts(a.AllowedCategories), ", "))
	}
}

// obligation says in a sentence what comes with a permission. A code that this version does not know is shown as it is: an
// obligation must not be lost because nobody had words for it.
func obligation(o client.Obligation) string {
	switch o.Code {
	case "reactietermijn":
		return "De ontvanger hoort binnen " + inWords(o.Value) + " te reageren."
	case "doorvoertermijn":
		return "Is het bericht na " + inWords(o.Value) + " niet opgehaald, dan wist de sluis de inhoud."
	case "beoordeling":
		return "De privacyfunctionarissen van de betrokken organisaties lezen de motivering binnen " + inWords(o.Value) + "."
	case "vier-ogen":
		return "Een collega moet meetekenen: " + howToCosign
	default:
		return strings.TrimSpace("Hierbij hoort: " + o.Code + " " + o.Value)
	}
}

// inWords says a term of a convenant in words.
func inWords(text string) string {
	t, err := term.Parse(text)
	if err != nil {
		return text
	}
	return t.Words()
}
