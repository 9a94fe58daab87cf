package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

func newCaseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "case ZAAK",
		Short:   "De tijdlijn van een zaak: wat uw organisatie verstuurde en ontving",
		Example: "  sluis case --profiel vc-1 019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b10",
		Args:    exactArgs("ZAAK"),
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		list, err := c.Case(ctx, args[0])
		if err != nil {
			return err
		}
		if len(list) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "In deze zaak zijn geen berichten.")
			return nil
		}
		showEntries(cmd.OutOrStdout(), list)
		return nil
	})
}
