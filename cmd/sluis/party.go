package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/jose"
)

func newPartyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "party",
		Short: "De kaarten van een partij en haar deelnemers: maken, ondertekenen, bekijken, publiceren",
		RunE:  subcommandOnly,
	}
	cmd.AddCommand(newPartyKeyCommand(), newPartyCardCommand(), newPartyParticipantCommand(), newPartyShowCommand(), newPartyPublishCommand())
	return cmd
}

func newPartyKeyCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "key",
		Short: "Een sleutel maken voor een beheerder",
		Long: "Maakt een nieuwe sleutel. De geheime sleutel komt in het bestand, alleen leesbaar voor u.\n" +
			"De publieke sleutel wordt getoond: die komt op de partijkaart.",
		Example: "  sluis party key --uit beheerder.jwk > beheerder.pub.jwk",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "uit"); err != nil {
				return err
			}
			key, err := jose.GenerateKey()
			if err != nil {
				return err
			}
			private, err := jose.MarshalPrivateJWK(key)
			if err != nil {
				return err
			}
			public, err := jose.MarshalPublicJWK(&key.PublicKey)
			if err != nil {
				return err
			}
			if err := createFile(out, append(private, '\n'), 0o600); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%s\n", public)
			return nil
		},
	}
	cmd.Flags().StringVar(&out, "uit", "", "bestand voor de geheime sleutel")
	return cmd
}

// maxCardFile is the longest file of a card or key that is read, in bytes.
const maxCardFile = 64 << 10

// readSmall reads a card or key from a file, or standard input for "-".
func readSmall(cmd *cobra.Command, path string) ([]byte, error) {
	return readLimited(cmd, path, maxCardFile)
}

// giveCard writes a signed card to a new file, or to standard output when no file is named.
func giveCard(cmd *cobra.Command, out, compact string) error {
	if out == "" {
		_, err := fmt.Fprintln(cmd.OutOrStdout(), compact)
		return err
	}
	return createFile(out, []byte(compact+"\n"), 0o644)
}
