package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

func newProfileRenewCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "renew",
		Short: "Een nieuwe leessleutel maken; de oude blijft voor wat al onderweg is",
		Long: "Zet een nieuwe leessleutel bovenaan in age.txt. Anderen gebruiken hem zodra de beheerder van uw organisatie er een nieuwe\n" +
			"versie van uw kaart mee maakt. De oude sleutel blijft staan, omdat er nog berichten mee verzegeld kunnen zijn. Is de nieuwe\n" +
			"kaart er, en hebt u alles ontvangen wat er nog lag, haal de oude dan uit age.txt.",
		Example: "  sluis profile renew --profiel vc-1",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, profileFlag); err != nil {
				return err
			}
			public, err := client.RenewReadingKey(dir)
			if err != nil {
				return listed(err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), `De nieuwe leessleutel staat in %[1]s. Geef hem aan niemand.

Laat de beheerder van uw organisatie hiermee een nieuwe versie van uw deelnemerkaart maken:
  sluis party participant --beheerder beheerder.jwk --oin %[2]s --id %[3]s --naam 'UW NAAM' --functie UW-FUNCTIE \
    --jwk %[4]s --age %[5]s \
    --versie VOLGENDE --van jjjj-mm-dd --tot jjjj-mm-dd --uit %[3]s.jws
`, filepath.Join(dir, "age.txt"), public.OIN, public.Participant, filepath.Join(dir, "ondertekening.pub.jwk"), filepath.Join(dir, "age.pub.txt"))
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, profileFlag, "", "map van uw profiel")
	return cmd
}
