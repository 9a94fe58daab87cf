package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/store/move"
)

func newDBMoveCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "move",
		Short: "Verplaats alles van een sluis van haar eigen bestand (SQLite) naar PostgreSQL",
		Long: `Brengt alles wat een sluis in haar map bewaart over naar een LEGE database op PostgreSQL die met sluis db migrate is klaargemaakt: het
auditspoor, de berichten die onderweg zijn met hun lading, kaarten, convenanten en al het andere. Hetzelfde auditspoor gaat daar verder,
onder dezelfde naam en met dezelfde sleutel; geen deelnemer merkt er iets van.

Stop eerst de sluis. Wat is overgebracht wordt rij voor rij vergeleken, en het hele auditspoor wordt in de database gecontroleerd. Pas dan
wordt het oude bestand verlaten: daarna start er geen sluis meer op. Lukt het niet, dan blijft het oude bestand goed en de database leeg.
Wordt de opdracht afgebroken, voer haar dan nog eens uit: zij begint opnieuw of maakt het af.

De sleutel van het auditspoor en de dagsleutels staan niet in de database, en blijven waar zij zijn. Zet na afloop store.postgres in de
instellingen, en start de sluis in dezelfde map.`,
		Example: "  sluis db move --config sluis.yaml",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.LoadMove(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			began := time.Now()
			report, err := gateway.MoveStore(cmd.Context(), config, moveTeller(cmd.ErrOrStderr()))
			if err != nil {
				return moveError(err)
			}
			printMove(cmd.OutOrStdout(), report, time.Since(began))
			return nil
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "bestand met instellingen van de sluis (sluis.yaml); hiervan tellen dir, log.keyFile en store.owner")
	return cmd
}

// moveTeller tells a person what a move is doing.
func moveTeller(out io.Writer) func(move.Progress) {
	words := map[move.Step]string{
		move.Keeping: "vastleggen", move.Verifying: "het auditspoor in de database controleren",
		move.Leaving: "het oude bestand verlaten", move.Opening: "de database openen",
	}
	return func(p move.Progress) {
		switch {
		case p.Step == move.Copying && p.Rows > 0:
			fmt.Fprintf(out, "overbrengen: %s, %d rijen\n", p.Table, p.Rows)
		case p.Step == move.Comparing && p.Rows > 0:
			fmt.Fprintf(out, "vergelijken: %s, %d rijen\n", p.Table, p.Rows)
		case words[p.Step] != "":
			fmt.Fprintln(out, words[p.Step])
		}
	}
}

func printMove(out io.Writer, r move.Report, took time.Duration) {
	switch r.Before {
	case move.Finished:
		fmt.Fprintln(out, "Alles was al verplaatst; er is niets gedaan.")
	case move.Left:
		fmt.Fprintln(out, "Alles was al overgebracht en gecontroleerd; de database is nu geopend.")
	case move.Nothing:
		fmt.Fprintf(out, "Verplaatst: %d auditregels, %d berichten waarvan %d met lading; %d rijen in %s. Elke rij is vergeleken, en het auditspoor klopt.\n",
			r.Trail.Records, r.Trail.Messages, r.Trail.Held, r.Rows, took.Round(time.Second/10))
	}
	fmt.Fprintln(out, "Zet nu store.postgres in de instellingen en start de sluis in dezelfde map. Gooi de map database daarin weg zodra dat werkt.")
}
