package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// maxSimulated is how many days a gateway looks back at most.
const maxSimulated = 366

func newConvenantSimulateCommand() *cobra.Command {
	var days int
	cmd := &cobra.Command{
		Use:   "simulate BESTAND",
		Short: "Uitproberen wat een concept zou hebben veranderd",
		Long: "De sluis neemt de besluiten van de laatste dagen onder dit convenant opnieuw, alsof het concept gold. Er verandert niets. U ziet\n" +
			"alleen aantallen: wat uw eigen organisatie verstuurde of ontving precies, wat anderen deden afgerond op een veelvoud van 5, en minder\n" +
			"dan 5 nooit. Alleen een convenantbeheerder van de organisatie met de regie kan dit vragen, en alle partijen zien in het\n" +
			"auditspoor dat het is gevraagd.",
		Example: "  sluis convenant simulate --profiel regie --dagen 30 convenant.yaml",
		Args:    exactArgs("BESTAND"),
	}
	cmd.Flags().IntVar(&days, "dagen", 30, "over hoeveel dagen, 1 tot en met 366")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		if days < 1 || days > maxSimulated {
			return usageError{errors.New("--dagen is 1 tot en met " + strconv.Itoa(maxSimulated))}
		}
		yaml, err := readLimited(cmd, args[0], maxConvenant)
		if err != nil {
			return err
		}
		s, err := c.Simulate(ctx, yaml, days)
		if err != nil {
			return err
		}
		return showSimulation(cmd.OutOrStdout(), s)
	})
}

func showSimulation(out io.Writer, s client.Simulation) error {
	fmt.Fprintf(out, "Concept %s versie %d, op de besluiten van de laatste %d dagen (vanaf %s).\n\n", s.Convenant, s.Version, s.Days, s.Since.Format(time.DateOnly))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\teigen\tvan anderen")
	for _, line := range []struct {
		what string
		n    client.Count
	}{
		{"bekeken", s.Decisions}, {"mocht, en mag dan niet meer", s.ToNo}, {"mocht niet, en mag dan wel", s.ToYes},
		{"verandert al door nieuwere regels van de sluis", s.ByRules}, {"niet te zeggen (oude vastlegging)", s.Unsaid},
	} {
		fmt.Fprintf(w, "%s\t%d\t%s\n", line.what, line.n.Own, ofOthers(line.n))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	words := vocabulary.Default()
	for _, g := range s.Groups {
		verb, why := "mag dan niet meer", "Reden dan: "
		if g.Turn == "van-nee-naar-ja" {
			verb, why = "mag dan wel", "Reden nu: "
		}
		fmt.Fprintf(out, "\n- %s van %s naar %s (stroom %s) %s: eigen %d, van anderen %s. %s%s.\n", words.Label(g.Kind), words.Label(g.From),
			words.Label(g.To), g.Flow, verb, g.Own, ofOthers(g.Count), why, g.Reason)
	}
	fmt.Fprintln(out, "\nAantallen van anderen zijn afgerond op een veelvoud van 5. Minder dan 5 (ook nul) blijft verborgen, en zulke groepen staan er niet bij.")
	if s.Cut {
		fmt.Fprintln(out, "Er waren meer besluiten dan de sluis in één keer bekijkt: dit gaat over de nieuwste.")
	}
	return nil
}

// ofOthers says a count of others.
func ofOthers(n client.Count) string {
	if n.Others == nil {
		return "<5"
	}
	return "ongeveer " + strconv.Itoa(*n.Others)
}
