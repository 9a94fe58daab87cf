package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

func newConfirmCommand() *cobra.Command {
	var advice string
	cmd := &cobra.Command{
		Use:   "confirm BERICHT overgenomen|teruggegeven|afgesloten|onleesbaar",
		Short: "Zeggen wat u met een bericht doet",
		Long: "Overgenomen: u doet er iets mee. Teruggegeven: u doet er niets mee; zeg met --advies wie wel. Afgesloten: het is klaar.\n" +
			"De ontvangst bevestigt u met: sluis receive.",
		Example: "  sluis confirm --profiel wa-7 019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11 overgenomen",
		Args:    exactArgs("BERICHT", "overgenomen|teruggegeven|afgesloten|onleesbaar"),
	}
	cmd.Flags().StringVar(&advice, "advies", "", "bij teruggegeven: wie het wel kan doen, als OIN/functie")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		id, kind := args[0], message.ConfirmationKind(args[1])
		var who *message.Advice
		if advice != "" {
			to, err := readTo(advice)
			if err != nil {
				return err
			}
			who = &message.Advice{Party: to.Party, Function: to.Function}
		}
		var done client.Confirmed
		var err error
		switch kind {
		case message.TakenOver, message.HandedBack, message.Closed:
			if who != nil && kind != message.HandedBack {
				return usageError{errors.New("--advies hoort bij teruggegeven")}
			}
			done, err = c.Confirm(ctx, id, kind, who)
		case message.Unreadable:
			done, err = c.ConfirmUnreadable(ctx, id)
		default:
			return usageError{errors.New("kies overgenomen, teruggegeven, afgesloten of onleesbaar")}
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Bevestigd: %s. Auditregel %d, gecontroleerd. Status van het bericht: %s.\n", kind, done.Record.Nr, done.Status)
		return nil
	})
}
