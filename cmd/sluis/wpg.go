package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
)

func newWpgCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "wpg", Short: "Besluiten van de politie op grond van Wpg 19 en 20", RunE: subcommandOnly}
	cmd.AddCommand(newWpgPublishCommand())
	return cmd
}

func newWpgPublishCommand() *cobra.Command {
	var partyDir string
	cmd := &cobra.Command{
		Use:   "publish BESTAND",
		Short: "Een Wpg-besluit ondertekenen en registreren",
		Long: "BESTAND is JSON met nummer, grondslag (wpg-19 of wpg-20), samenwerkingsverband, zaak, convenant, belang, doelen,\n" +
			"gegevens, ontvangers, voorwaarden, bevoegdGezag en geldig.",
		Example: "  sluis wpg publish --profiel wa-7 --partij partij besluit.json",
		Args:    exactArgs("BESTAND"),
	}
	cmd.Flags().StringVar(&partyDir, "partij", "", "map met het certificaat en de sleutel van de politie")
	return withClient(cmd, []string{"partij"}, func(ctx context.Context, c *client.Client, args []string) error {
		data, err := readLimited(cmd, args[0], maxCardFile)
		if err != nil {
			return err
		}
		var d convenant.WpgDecision
		dec := json.NewDecoder(bytes.NewReader(data))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&d); err != nil {
			return errors.New("het besluit is geen JSON met de bekende velden; zie: sluis wpg publish --help")
		}
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			return errors.New("na het besluit staat nog iets in het bestand; haal dat weg")
		}
		signer, err := partySigner(partyDir)
		if err != nil {
			return err
		}
		record, err := c.PublishWpgDecision(ctx, d, signer.Key, signer.Chain)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Wpg-besluit %s is geregistreerd: auditregel %d, gecontroleerd.\n", d.Number, record.Nr)
		return nil
	})
}
