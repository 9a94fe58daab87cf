package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/changes"
)

func newConvenantDiffCommand() *cobra.Command {
	var profile string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "diff OUD NIEUW",
		Short: "Wat een nieuwe versie verandert, in zinnen",
		Long: "Zegt eerst of de nieuwe versie meer toestaat, minder, of allebei, en dan wat er verandert. OUD en NIEUW zijn bestanden, of met\n" +
			"--profiel versies die bij de sluis liggen (NAAM/VERSIE).",
		Example: "  sluis convenant diff convenant.yaml convenant-2.yaml\n" +
			"  sluis convenant diff --profiel regie denbosch-school-en-veiligheid/1 convenant-2.yaml",
		Args: exactArgs("OUD", "NIEUW"),
	}
	cmd.Flags().StringVar(&profile, profileFlag, "", "map van uw profiel, voor een versie die bij de sluis ligt")
	cmd.Flags().BoolVar(&asJSON, "json", false, "als JSON, voor een programma")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		before, err := readVersion(cmd, profile, args[0])
		if err != nil {
			return err
		}
		after, err := readVersion(cmd, profile, args[1])
		if err != nil {
			return err
		}
		found := changes.Between(before, after)
		if asJSON {
			return printJSON(cmd.OutOrStdout(), map[string]any{"convenant": after.ID, "van": before.Version, "naar": after.Version,
				"richting": found.Direction, "wijzigingen": found.List})
		}
		showChanges(cmd.OutOrStdout(), before, after, found)
		return nil
	}
	return cmd
}

// groupHeadings are what stands above each group of changes.
var groupHeadings = map[changes.Group]string{
	changes.More: "Dit mag voortaan meer", changes.Less: "Dit mag voortaan minder", changes.Parties: "Partijen",
	changes.Terms: "Termijnen", changes.Keys: "Sleutels", changes.Other: "Overig",
}

func showChanges(out io.Writer, before, after *convenant.Convenant, found changes.Changes) {
	fmt.Fprintf(out, "%s, van versie %d naar versie %d.\n", after.ID, before.Version, after.Version)
	switch {
	case len(found.List) == 0 && before.Version == after.Version:
		fmt.Fprintln(out, "Er verandert niets.")
	case len(found.List) == 0:
		fmt.Fprintln(out, "Alleen het nummer verandert.")
	default:
		fmt.Fprintln(out, map[changes.Direction]string{
			changes.Same:     "De nieuwe versie staat evenveel toe.",
			changes.OnlyMore: "De nieuwe versie staat meer toe, en verbiedt niets dat mocht.",
			changes.OnlyLess: "De nieuwe versie staat minder toe, en niets nieuws.",
			changes.Both:     "De nieuwe versie staat op sommige punten meer toe, en op andere minder.",
		}[found.Direction])
	}
	for _, group := range changes.Groups() {
		first := true
		for _, change := range found.List {
			if change.Group != group {
				continue
			}
			if first {
				fmt.Fprintf(out, "\n%s\n", groupHeadings[group])
				first = false
			}
			fmt.Fprintf(out, "  - %s\n", change.Sentence)
		}
	}
}
