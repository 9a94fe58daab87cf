package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

func newPKICommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pki",
		Short: "Certificaten maken om mee te ontwikkelen (niet voor productie)",
		Long: "Maakt een eigen certificaatautoriteit en certificaten, in dezelfde vorm als PKIoverheid.\n" +
			"Alleen om mee te ontwikkelen en te proberen. In productie gebruikt elke partij haar eigen certificaat.",
		RunE: subcommandOnly,
	}
	cmd.AddCommand(newPKIInitCommand(), newPKIPartyCommand(), newPKIServerCommand())
	return cmd
}

func newPKIInitCommand() *cobra.Command {
	var dir, name string
	cmd := &cobra.Command{
		Use:     "init",
		Short:   "Een certificaatautoriteit maken",
		Example: "  sluis pki init --dir ca",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "dir", "naam"); err != nil {
				return err
			}
			ca, err := pki.NewCA(name)
			if err != nil {
				return err
			}
			if err := ca.Write(dir); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Certificaatautoriteit gemaakt in %s.\nVertrouwd anker voor de andere partijen: %s\n",
				dir, filepath.Join(dir, pki.RootCertFile))
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "map voor de certificaatautoriteit")
	cmd.Flags().StringVar(&name, "naam", "Sluis ontwikkeling", "naam in de certificaten")
	return cmd
}

func newPKIPartyCommand() *cobra.Command {
	var dir, oin, name, out string
	cmd := &cobra.Command{
		Use:     "party",
		Short:   "De certificaten van een partij maken: om kaarten te ondertekenen en om verbinding te maken",
		Example: "  sluis pki party --dir ca --oin 00000099000000030000 --naam 'Voorbeeldcollege' --out partij",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "dir", "oin", "naam", "out"); err != nil {
				return err
			}
			id, err := party.ParseOIN(oin)
			if err != nil {
				return fmt.Errorf("--oin %w", err)
			}
			ca, err := pki.ReadCA(dir)
			if err != nil {
				return err
			}
			if err := ca.WriteParty(out, id, name); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Certificaten van %s gemaakt in %s:\n"+
				"  kaart.crt, kaart.key  om kaarten en convenanten te ondertekenen; houd deze sleutel bij de partijbeheerder\n"+
				"  tls.crt, tls.key      voor de software van de partij\n", name, out)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "map van de certificaatautoriteit")
	cmd.Flags().StringVar(&oin, "oin", "", "OIN van de partij (om te proberen: begint met 00000099)")
	cmd.Flags().StringVar(&name, "naam", "", "naam van de organisatie")
	cmd.Flags().StringVar(&out, "out", "", "map voor de certificaten")
	return cmd
}

func newPKIServerCommand() *cobra.Command {
	var dir, out string
	var hosts []string
	cmd := &cobra.Command{
		Use:     "server",
		Short:   "Het certificaat van een server maken",
		Example: "  sluis pki server --dir ca --host localhost --host 127.0.0.1 --out server",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "dir", "host", "out"); err != nil {
				return err
			}
			ca, err := pki.ReadCA(dir)
			if err != nil {
				return err
			}
			id, err := ca.IssueServer(hosts...)
			if err != nil {
				return err
			}
			if err := pki.WriteIdentity(out, "server", id); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Servercertificaat gemaakt: %s en %s\n",
				filepath.Join(out, "server.crt"), filepath.Join(out, "server.key"))
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "map van de certificaatautoriteit")
	cmd.Flags().StringArrayVar(&hosts, "host", nil, "naam of IP-adres van de server; mag vaker")
	cmd.Flags().StringVar(&out, "out", "", "map voor het certificaat")
	return cmd
}
