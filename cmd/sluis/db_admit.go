package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

func newDBAdmitLossCommand() *cobra.Command {
	var file string
	var held []string
	var sure bool
	cmd := &cobra.Command{
		Use:   "admit-loss",
		Short: "Geef toe dat het einde van het auditspoor verloren is, zodat de sluis verder kan",
		Long: `Na het verlies van een primaire database, of na het terugzetten van een oudere kopie, mist het auditspoor regels die de sluis al had laten
zien. Zij neemt dan niets meer aan. Probeer eerst de goede database terug te krijgen: wat nu verloren is, komt anders nooit terug.

Kan dat niet, dan legt deze opdracht in het spoor zelf vast dat er regels verloren zijn, met het grootste controlepunt dat daarvan bekend
is. Iedereen kan die regel voor altijd lezen. Het spoor gaat verder onder een andere naam; elke deelnemer moet die eerst goedkeuren
(sluis profile loss). Er is geen weg terug.

Stop eerst alle sluizen, en zorg dat de oude database niet meer bereikbaar is. Geef met --controlepunt het bestand controlepunt van elke
andere sluis, en van deelnemers die meer zagen dan deze sluis.`,
		Example: "  sluis db admit-loss --config sluis.yaml --controlepunt andere-sluis/controlepunt --akkoord",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !sure {
				return usageError{errors.New("dit kan niet ongedaan worden gemaakt; lees sluis db admit-loss --help, en zet dan --akkoord erbij")}
			}
			config, err := gateway.Load(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			checkpoints, err := readAll(held)
			if err != nil {
				return err
			}
			list, err := gateway.AdmitLoss(cmd.Context(), config, checkpoints)
			if errors.Is(err, audit.ErrNotLost) {
				return errors.New("er is niets verloren: het auditspoor gaat verder op alle controlepunten die bekend zijn; er is niets vastgelegd")
			}
			if errors.Is(err, gateway.ErrForeignCheckpoint) {
				return errors.New("een van de controlepunten is niet door dit auditspoor ondertekend; er is niets vastgelegd")
			}
			out := cmd.OutOrStdout()
			for _, one := range list {
				_, lost, _ := one.Loss.Lost()
				fmt.Fprintf(out, "Vastgelegd in auditregel %d: er waren minstens %d regels, en %d zijn er nog.\nHet spoor heet nu %s.\n", one.Loss.Kept, lost, one.Loss.Kept, one.Loss.Next)
			}
			if err != nil {
				return databaseError(err)
			}
			fmt.Fprintf(out, "\nStart de sluizen weer. De sleutels voor log.vkey van iedereen, onder elke naam:\n%s\n", list[len(list)-1].LogKeys)
			return nil
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "bestand met instellingen van de sluis (sluis.yaml)")
	cmd.Flags().StringArrayVar(&held, "controlepunt", nil, "bestand met een controlepunt dat iemand anders bewaart; mag vaker")
	cmd.Flags().BoolVar(&sure, "akkoord", false, "ja, het einde van het auditspoor is verloren")
	return cmd
}
