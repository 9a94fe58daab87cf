package main

import (
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/demo"
)

func newDemoCommand() *cobra.Command {
	var o demo.Options
	var verbose bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Maak een voorbeeldregio, speel twee zaken en vier weigeringen, en blijf bereikbaar",
		Long: `Maakt in een eigen map een voorbeeldregio van tien organisaties met een echte sluis, en speelt twee zaken uit de handreiking
Onderwijs en veiligheid. Daarna blijft de sluis bereikbaar, met opdrachten om zelf te proberen.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Out, o.Command = cmd.OutOrStdout(), os.Args[0]
			level := slog.LevelWarn
			if verbose {
				level = slog.LevelInfo
			}
			o.Log = slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), &slog.HandlerOptions{Level: level}))
			return demo.Run(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVar(&o.Dir, "dir", "sluis-demo", "map voor de voorbeeldregio")
	cmd.Flags().BoolVar(&o.Once, "once", false, "speel en stop, op vrije poorten; eindigt met 0 als alles liep zoals het hoort")
	cmd.Flags().BoolVar(&verbose, "verbose", false, "toon ook het logboek van de sluis")
	return cmd
}
