package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

func newDBMigrateCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Breng de database in de vorm die deze versie nodig heeft",
		Long: "Maakt een lege database klaar, of brengt een oudere in de vorm die deze versie nodig heeft. Doe dit vóór u een nieuwe versie van sluis\n" +
			"start. Sluizen mogen blijven draaien. Wordt de opdracht afgebroken, voer haar dan nog eens uit.",
		Example: "  sluis db migrate --config sluis.yaml",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.LoadDatabase(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			before, err := gateway.ReadDatabaseStatus(cmd.Context(), config)
			if err != nil {
				return databaseError(err)
			}
			if err := gateway.MigrateDatabase(cmd.Context(), config); err != nil {
				return databaseError(err)
			}
			after, err := gateway.ReadDatabaseStatus(cmd.Context(), config)
			if err != nil {
				return databaseError(err)
			}
			for _, step := range before.Pending {
				fmt.Fprintf(cmd.OutOrStdout(), "stap %d (%s) is gedaan\n", step.Number, step.Name)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "de database staat op stap %d; deze versie kent stap %d\n", after.Have, after.Known)
			return nil
		},
	}
	dbConfigFlag(cmd, &file)
	return cmd
}
