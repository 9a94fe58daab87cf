package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func newProfileCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "profile", Short: "Uw eigen sleutels en instellingen, in een map", RunE: subcommandOnly}
	cmd.AddCommand(newProfileLossCommand(), newProfileNewCommand(), newProfileRenewCommand(), newProfileShowCommand())
	return cmd
}

// profileFiles are files that somebody handed out, to be copied into a profile.
type profileFiles struct{ party, anchors, cardAnchors, tlsAnchors, logKeys, searchKey string }

func newProfileNewCommand() *cobra.Command {
	var dir, oin, id, function, url string
	var files profileFiles
	cmd := &cobra.Command{
		Use:   "new",
		Short: "Een profiel maken, met nieuwe sleutels",
		Example: "  sluis profile new --profiel vc-1 --oin 00000099000000030000 --deelnemer vc-1 --functie veiligheidscoordinator \\\n" +
			"    --url https://localhost:8443 --partij partij --ankers ca/root.crt --log-sleutel log.vkey --zoeksleutel zoeksleutel",
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, profileFlag, "oin", "deelnemer", "functie", "url"); err != nil {
				return err
			}
			n := client.NewProfile{OIN: party.OIN(oin), Participant: id, Function: vocabulary.Function(function), URL: url}
			if err := files.read(cmd, &n); err != nil {
				return listed(err)
			}
			public, err := client.CreateProfile(dir, n)
			if err != nil {
				return listed(err)
			}
			showPublic(cmd, dir, function, public)
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&dir, profileFlag, "", "map voor het profiel; wordt gemaakt")
	flags.StringVar(&oin, "oin", "", "OIN van uw organisatie")
	flags.StringVar(&id, "deelnemer", "", "uw kenmerk: kleine letters, cijfers, streepjes")
	flags.StringVar(&function, "functie", "", "uw functie")
	flags.StringVar(&url, "url", "", "adres van de sluis")
	flags.StringVar(&files.party, "partij", "", "map met tls.crt, tls.key en kaart.crt van uw organisatie")
	flags.StringVar(&files.anchors, "ankers", "", "bestand met vertrouwde certificaten, voor kaarten en voor de sluis")
	flags.StringVar(&files.cardAnchors, "ankers-kaarten", "", "bestand met certificaten die kaarten mogen uitgeven")
	flags.StringVar(&files.tlsAnchors, "ankers-tls", "", "bestand met certificaten waaronder de sluis zich meldt")
	flags.StringVar(&files.logKeys, "log-sleutel", "", "bestand met de sleutel van het auditspoor (vkey)")
	flags.StringVar(&files.searchKey, "zoeksleutel", "", "bestand met de zoeksleutel van uw organisatie; zonder dit komt er een nieuwe")
	return cmd
}

// read fills in what was handed out; what is not there yet may be put in the folder later.
func (f profileFiles) read(cmd *cobra.Command, n *client.NewProfile) error {
	take := func(path string, into *[]byte) error {
		if path == "" {
			return nil
		}
		data, err := readSmall(cmd, path)
		*into = data
		return err
	}
	if f.party != "" {
		if err := take(filepath.Join(f.party, "tls.crt"), &n.TLSCert); err != nil {
			return err
		}
		if err := take(filepath.Join(f.party, "tls.key"), &n.TLSKey); err != nil {
			return err
		}
		key, ok, err := pki.ReadCardKey(f.party)
		if err != nil {
			return err
		}
		if ok {
			n.CardKeys = []digest.SHA256{key}
		}
	}
	var search []byte
	for _, file := range []struct {
		path string
		into *[]byte
	}{{f.anchors, &n.CardAnchors}, {f.anchors, &n.TLSAnchors}, {f.cardAnchors, &n.CardAnchors}, {f.tlsAnchors, &n.TLSAnchors}, {f.logKeys, &n.LogKeys}, {f.searchKey, &search}} {
		if err := take(file.path, file.into); err != nil {
			return err
		}
	}
	if f.searchKey == "" {
		return nil
	}
	key, err := message.ParseSearchKey(trimmed(search))
	n.SearchKey = &key
	return err
}

// showPublic tells what has to happen next: nobody can write to this participant before the party signed a card.
func showPublic(cmd *cobra.Command, dir, function string, public client.Public) {
	fmt.Fprintf(cmd.OutOrStdout(), `Het profiel staat in %[1]s. De sleutels erin zijn van u alleen: geef ze aan niemand.
Sleutelkenmerk: %[2]s

Laat de beheerder van uw organisatie hiermee uw deelnemerkaart maken:
  sluis party participant --beheerder beheerder.jwk --oin %[3]s --id %[4]s --naam 'UW NAAM' --functie %[5]s \
    --jwk %[6]s --age %[7]s \
    --versie 1 --van jjjj-mm-dd --tot jjjj-mm-dd --uit %[4]s.jws
`, dir, public.Thumbprint, public.OIN, public.Participant, function,
		filepath.Join(dir, "ondertekening.pub.jwk"), filepath.Join(dir, "age.pub.txt"))
}

func newProfileShowCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "show",
		Short: "Een profiel controleren en tonen, zonder de sleutels",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, profileFlag); err != nil {
				return err
			}
			p, err := client.LoadProfile(dir)
			if err != nil {
				return listed(err)
			}
			search := "ja"
			if !p.HasSearchKey() {
				search = "nee: u kunt geen berichten over een persoon versturen"
			}
			fmt.Fprintf(cmd.OutOrStdout(), "Organisatie:     %s\nDeelnemer:       %s\nFunctie:         %s\nSluis:           %s\nSleutelkenmerk:  %s\nCertificaat tot: %s\nZoeksleutel:     %s\n",
				p.OIN, p.Participant, p.Function, p.URL, p.Public().Thumbprint, p.Certificate().NotAfter.Local().Format("2006-01-02"), search)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, profileFlag, "", "map van het profiel")
	return cmd
}
