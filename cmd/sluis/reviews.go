package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/shell"
)

// causes says why there is something to judge.
var causes = map[string]string{
	"motivering":   "er kwam een verzegelde motivering mee; lees die met:\n    sluis motivation --profiel %s %s",
	"niet-conform": "er stond meer in dan de afzender had aangegeven; de ontvanger meldde dat",
}

func newReviewsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "reviews",
		Short: "Als privacyfunctionaris zien wat er nog te beoordelen is",
		Long: "Toont de open beoordelingen van uw organisatie, de oudste eerst: berichten waarbij een motivering meekwam, en berichten\n" +
			"waarin meer stond dan de afzender had aangegeven. Na de termijn wordt een motivering gewist.",
		Example: "  sluis reviews --profiel pf-1",
		Args:    noArgs,
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		out, open := cmd.OutOrStdout(), 0
		for r, err := range c.Reviews(ctx) {
			if err != nil {
				return err
			}
			open++
			fmt.Fprintf(out, "%s  %s, zaak %s, vóór %s\n", r.Message, r.Kind, r.Case, moment(r.Due))
			if why, known := causes[r.Cause]; known {
				if r.Cause == "motivering" {
					why = fmt.Sprintf(why, shell.Quote(c.Profile().Dir), r.Message)
				}
				fmt.Fprintln(out, "  "+why)
			}
		}
		if open == 0 {
			fmt.Fprintln(out, "Er is niets te beoordelen.")
		}
		return nil
	})
}
