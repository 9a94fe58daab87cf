package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

func newPartyPublishCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "publish BESTAND…",
		Short: "Kaarten van de eigen partij bij de sluis publiceren",
		Long: "Stuurt kaarten naar de sluis, in de volgorde waarin u ze noemt: eerst de partijkaart, dan de deelnemerkaarten.\n" +
			"De sluis geeft van elke kaart een bewijs dat zij in het auditspoor staat; dat wordt gecontroleerd.",
		Example: "  sluis party publish --profiel profiel partijkaart.jws vc-1.jws",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{errors.New("geef een of meer bestanden met een kaart")}
			}
			return nil
		},
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		cards := make([]string, len(args))
		for i, path := range args { // all are read before the first is sent
			card, err := readCard(cmd, path)
			if err != nil {
				return err
			}
			cards[i] = card
		}
		for i, card := range cards {
			record, err := c.PublishCard(ctx, card)
			if err != nil {
				return fmt.Errorf("%s is niet gepubliceerd: %w", args[i], listed(err))
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s is gepubliceerd: auditregel %d, bewijs gecontroleerd\n", args[i], record.Nr)
		}
		return nil
	})
}
