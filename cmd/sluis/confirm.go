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
		Long: "Overgenomen: u neemt de zaak over en de afzender mag loslaten. Teruggegeven: u doet er niets mee; zeg met --advies wie wel.\n" +
			"Afgesloten: het is klaar. Onleesbaar: u kunt het niet lezen; de afzender wordt gevraagd het opnieuw te sturen.\n" +
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
			if err != nil || to.People != nil {
				return usageError{errors.New("schrijf --advies als OIN/functie, zoals 00000099000000020000/wijkagent")}
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
			if kind == message.TakenOver {
				if err := opened(ctx, c, id); err != nil {
					return err
				}
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
		out := cmd.OutOrStdout()
		fmt.Fprintf(out, "Bevestigd: %s. Auditregel %d, gecontroleerd. Status van het bericht: %s.\n", kind, done.Record.Nr, done.Status)
		if done.Status != message.Status(kind) { // the least advanced of its recipients
			fmt.Fprintln(out, "Dat is de status voor alle ontvangers samen: een ander is nog niet zover.")
		}
		return nil
	})
}

// opened refuses to take over what nobody at the own party has opened: the gateway erases the content with this confirmation, and
// then nobody could read what they took over.
func opened(ctx context.Context, c *client.Client, id string) error {
	s, err := c.Message(ctx, id)
	if err != nil {
		return err
	}
	if c.Unopened(s) {
		return fmt.Errorf("dit bericht is bij u nog niet geopend, en daarna wist de sluis de inhoud; open het eerst met: sluis receive %s", id)
	}
	return nil
}
