package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
)

func newReceiveCommand() *cobra.Command {
	var out, folder string
	var silent, oldest bool
	cmd := &cobra.Command{
		Use:   "receive BERICHT | --oudste",
		Short: "Een bericht controleren, openen en de ontvangst bevestigen",
		Long: "Haalt een bericht op, controleert van wie het is en opent het. De inhoud komt op het scherm, of in een bestand dat\n" +
			"alleen u kunt lezen. Daarna wordt de ontvangst bevestigd: de sluis wist de inhoud als iedereen die heeft.",
		Example: "  sluis receive --profiel wa-7 019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11 --uit bericht.json",
		Args: func(cmd *cobra.Command, args []string) error {
			if oldest {
				return noArgs(cmd, args)
			}
			return exactArgs("BERICHT (of --oudste)")(cmd, args)
		},
	}
	cmd.Flags().StringVar(&out, "uit", "", "bestand voor de inhoud (standaard: tonen)")
	cmd.Flags().StringVar(&folder, "bijlagen", "", "nieuwe of lege map om de bijlagen in te bewaren")
	cmd.Flags().BoolVar(&oldest, "oudste", false, "het oudste bericht dat nog wacht, in plaats van een nummer")
	cmd.Flags().BoolVar(&silent, "niet-bevestigen", false, "alleen kijken; niets bevestigen")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		if folder != "" {
			if err := emptyFolder(folder); err != nil {
				return err
			}
		}
		id, open := "", c.Receive
		if oldest {
			line, err := oldestWaiting(ctx, c)
			if err != nil {
				return err
			}
			id, open = line.ID, func(ctx context.Context, _ string) (client.Received, error) { return c.ReceiveEntry(ctx, line) }
		} else {
			id = args[0]
		}
		r, err := open(ctx, id)
		if err != nil {
			return unreadable(ctx, c, id, err, silent)
		}
		// The content is safe before the gateway may erase it.
		attached, err := message.Attachments(r.Body)
		if err != nil {
			return err // cannot be: the schema of its kind was held against it
		}
		if err := keepBody(cmd, out, r.Body, attached); err != nil {
			return err
		}
		if folder != "" {
			if err := keepAttachments(folder, attached); err != nil {
				return err
			}
		}
		say := cmd.ErrOrStderr() // the content alone goes to standard output
		e := r.Envelope.Envelope()
		fmt.Fprintf(say, "Van %s/%s (%s), %s, zaak %s. Afzender en inhoud zijn gecontroleerd.\n", e.Sender.Party, e.Sender.Participant, e.Sender.Function, e.Kind, e.Case)
		showDoubts(say, r)
		if silent {
			fmt.Fprintln(say, "De ontvangst is niet bevestigd.")
			return nil
		}
		if len(attached) > 0 && folder == "" && out == "" {
			return fmt.Errorf("bij dit bericht horen bijlagen (%d), en die zijn nog nergens bewaard. De ontvangst is daarom niet bevestigd.\n"+
				"Bewaar ze met: sluis receive %s --bijlagen MAP", len(attached), e.ID)
		}
		done, err := c.ConfirmReceived(ctx, r)
		if err != nil {
			return fmt.Errorf("het bericht is geopend, maar de ontvangst is niet bevestigd: %w", err)
		}
		fmt.Fprintf(say, "De ontvangst is bevestigd: auditregel %d, gecontroleerd. Status: %s.\n", done.Record.Nr, done.Status)
		return nil
	})
}

// oldestWaiting finds the message that has waited longest for this participant.
func oldestWaiting(ctx context.Context, c *client.Client) (client.Entry, error) {
	page, err := c.List(ctx, client.Query{Status: message.Offered})
	if err != nil {
		return client.Entry{}, err
	}
	if len(page.Entries) == 0 {
		return client.Entry{}, errors.New("er wacht geen bericht op u")
	}
	return page.Entries[0], nil
}

// unreadable asks the sender to send again when a genuine message cannot be read.
func unreadable(ctx context.Context, c *client.Client, id string, err error, silent bool) error {
	var cannot *client.UnreadableError
	if !errors.As(err, &cannot) {
		return err
	}
	text := cannot.Error()
	var faults fault.List
	if errors.As(err, &faults) {
		text += "\n  - " + strings.ReplaceAll(faults.Error(), "; ", "\n  - ")
	}
	if silent {
		return errors.New(text)
	}
	if _, failed := c.ConfirmUnreadable(ctx, id); failed != nil {
		return fmt.Errorf("%s\nDat is niet aan de afzender gemeld: %w", text, failed)
	}
	return fmt.Errorf("%s\nde afzender is gevraagd het opnieuw te sturen", text)
}

func texts[T ~string](codes []T) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c)
	}
	return out
}
