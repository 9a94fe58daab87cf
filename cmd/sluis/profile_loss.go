package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

func newProfileLossCommand() *cobra.Command {
	var accept bool
	cmd := &cobra.Command{
		Use:   "loss",
		Short: "Wat de sluis van haar auditspoor kwijt is, en of u haar weer gebruikt",
		Long: `Laat zien wat de sluis zegt dat zij van haar auditspoor verloor, nadat dit profiel elk bewijs heeft gecontroleerd. Ook staat er welke van
uw eigen berichten in dat deel stonden: die heeft de ontvanger misschien nooit gekregen. Verstuur ze opnieuw.

Met --akkoord gebruikt dit profiel de sluis weer, onder haar nieuwe naam. Doe dat pas als uw privacyfunctionaris en de beheerder van de
sluis u hebben gezegd dat het klopt.`,
		Example: "  sluis profile loss --profiel vc-1\n  sluis profile loss --profiel vc-1 --akkoord",
		Args:    noArgs,
	}
	cmd.Flags().BoolVar(&accept, "akkoord", false, "gebruik de sluis weer, onder haar nieuwe naam")
	return withClientWhen(cmd, func() []string { return nil }, func(ctx context.Context, c *client.Client, _ []string) error {
		look := c.Losses
		if accept {
			look = c.AcceptLosses
		}
		list, err := look(ctx)
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if len(list) == 0 {
			fmt.Fprintln(out, "De sluis is niets van haar auditspoor kwijt.")
			return nil
		}
		for _, l := range list {
			fmt.Fprintf(out, "%s: er waren minstens %d auditregels, en %d zijn er bewaard. Het spoor heet daarna %s.\n", l.Time.Format(time.RFC3339), l.Lost, l.Nr, l.Name)
			for _, id := range l.Sent {
				fmt.Fprintf(out, "  uw bericht %s stond in wat verloren is; verstuur het opnieuw\n", id)
			}
		}
		if accept {
			fmt.Fprintln(out, "Dit profiel gebruikt de sluis weer.")
		} else {
			fmt.Fprintln(out, "Gebruik de sluis pas weer als uw privacyfunctionaris ervan weet: zet er dan --akkoord bij.")
		}
		return nil
	})
}
