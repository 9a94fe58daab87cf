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
		Short: "Maak een voorbeeldregio, speel haar zaken en weigeringen, en blijf bereikbaar",
		Long: `Maakt in een eigen map een voorbeeldregio van zeventien organisaties in twee steden, met zes convenanten en een echte sluis.
Speelt de casussen van de handreiking Onderwijs en veiligheid: vragen en signalen, een crisis, zorgmeldingen, een verzoek aan de
Raad, verzuim, een opschaling over twee scholen, een consult zonder naam, een correctie, wat teruggegeven wordt, wat verloopt en wat
niet mag. Daarna blijft de sluis bereikbaar, met opdrachten om zelf te proberen.`,
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
