package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

func newTrailHoldCommand() *cobra.Command {
	return holdCommand(&cobra.Command{
		Use:   "hold ZAAK",
		Short: "Als privacyfunctionaris een zaak vasthouden: er wordt niets van opgeruimd",
		Long: `Houdt een zaak vast, in naam van uw organisatie. Zolang dat duurt ruimt de sluis niets van die zaak op, ook niet als de bewaartermijn
voorbij is: geen auditregels, geen enveloppen, geen bevestigingen. De inhoud van berichten (de lading) hoort daar niet bij: die wist de
sluis zoals altijd.

Geef één reden: ` + strings.Join(client.HoldReasons, ", ") + `. Meer hoeft de sluis niet te weten. Andere organisaties zien niet dat u
de zaak vasthoudt. Geef de zaak weer vrij zodra het kan: sluis trail release.`,
		Example: "  sluis trail hold --profiel pf-1 --reden bezwaar 0192a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
	}, "vastgehouden", (*client.Client).Hold)
}

func newTrailReleaseCommand() *cobra.Command {
	return holdCommand(&cobra.Command{
		Use:   "release ZAAK",
		Short: "Als privacyfunctionaris een zaak vrijgeven die uw organisatie vasthoudt",
		Long: `Geeft een zaak vrij die uw organisatie om deze reden vasthield. Houdt uw organisatie haar ook om een andere reden vast, of een andere
organisatie, dan blijft zij bewaard. Anders ruimt de sluis op waarvan de bewaartermijn voorbij is.`,
		Example: "  sluis trail release --profiel pf-1 --reden bezwaar 0192a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b",
	}, "vrijgegeven", (*client.Client).Release)
}

func holdCommand(cmd *cobra.Command, done string, change func(*client.Client, context.Context, string, string) (tlog.Record, error)) *cobra.Command {
	var reason string
	cmd.Args = exactArgs("ZAAK")
	cmd.Flags().StringVar(&reason, "reden", "", "waarom: "+strings.Join(client.HoldReasons, ", "))
	return withClient(cmd, []string{"reden"}, func(ctx context.Context, c *client.Client, args []string) error {
		if !slices.Contains(client.HoldReasons, reason) {
			return usageError{errors.New("--reden is een van: " + strings.Join(client.HoldReasons, ", "))}
		}
		record, err := change(c, ctx, args[0], reason)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Zaak %s is %s (%s). Dat staat in auditregel %d.\n", args[0], done, reason, record.Nr)
		return nil
	})
}

func newTrailHoldsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "holds",
		Short:   "Als privacyfunctionaris zien welke zaken uw organisatie vasthoudt",
		Long:    "Toont de zaken die uw organisatie vasthoudt, de oudste eerst, met de reden en sinds wanneer.",
		Example: "  sluis trail holds --profiel pf-1",
		Args:    noArgs,
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		out, held := cmd.OutOrStdout(), 0
		for h, err := range c.Holds(ctx) {
			if err != nil {
				return err
			}
			held++
			fmt.Fprintf(out, "%s  %s, sinds %s\n", h.Case, h.Reason, moment(h.Since))
		}
		if held == 0 {
			fmt.Fprintln(out, "Uw organisatie houdt geen zaken vast.")
		}
		return nil
	})
}
