package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/convenant/tell"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func newConvenantShowCommand() *cobra.Command {
	var from, to, kind, profile string
	var asJSON, asSheet bool
	cmd := &cobra.Command{
		Use:   "show BESTAND|NAAM/VERSIE",
		Short: "Een convenant als tabel: wie mag wat aan wie geven",
		Long: "Toont van een bestand, of met --profiel van een versie bij de sluis, wie wat aan wie mag geven, onder welke voorwaarden, in welk\n" +
			"artikel dat staat en op welke grondslag. Wat niet in de tabel staat, mag niet.",
		Example: "  sluis convenant show convenant.yaml --van school --naar politie\n" +
			"  sluis convenant show --profiel regie denbosch-school-en-veiligheid/1 --csv > tabel.csv",
		Args: exactArgs("BESTAND|NAAM/VERSIE"),
	}
	cmd.Flags().StringVar(&from, "van", "", "alleen wat deze rol geeft, zoals school")
	cmd.Flags().StringVar(&to, "naar", "", "alleen wat deze rol krijgt, zoals politie")
	cmd.Flags().StringVar(&kind, "soort", "", "alleen deze soort bericht")
	cmd.Flags().StringVar(&profile, profileFlag, "", "map van uw profiel, voor een versie die bij de sluis ligt")
	cmd.Flags().BoolVar(&asJSON, "json", false, "als JSON, voor een programma")
	cmd.Flags().BoolVar(&asSheet, "csv", false, "voor een rekenblad, met puntkomma's")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := errors.Join(knownWord("--van", "rollen", from), knownWord("--naar", "rollen", to), knownWord("--soort", "soorten", kind)); err != nil {
			return usageError{err}
		}
		c, err := readVersion(cmd, profile, args[0])
		if err != nil {
			return err
		}
		flows := slices.DeleteFunc(slices.Clone(c.Flows), func(f convenant.Flow) bool {
			return from != "" && string(f.From.Role) != from || to != "" && string(f.To.Role) != to || kind != "" && string(f.Kind) != kind
		})
		out := cmd.OutOrStdout()
		switch {
		case asJSON && asSheet:
			return usageError{errors.New("kies --json of --csv")}
		case asJSON:
			return printJSON(out, map[string]any{"convenant": c.ID, "versie": c.Version, "titel": c.Title, "geldig": c.Valid, "stromen": flows})
		case asSheet:
			return tell.Sheet(out, flows)
		}
		showHead(out, c)
		if len(flows) == 0 {
			fmt.Fprintln(out, "Daarvoor is er geen stroom: dat mag niet.")
			return nil
		}
		_, err = io.WriteString(out, tell.Table(flows))
		return err
	}
	return cmd
}

func showHead(out io.Writer, c *convenant.Convenant) {
	fmt.Fprintf(out, "%s\n%s, versie %d. Geldig van %s tot en met %s. %s, %s.\n", c.Title, c.ID, c.Version, tell.Day(c.Valid.From), tell.Day(c.Valid.Until),
		plural(len(c.Parties), "partij", "partijen"), plural(len(c.Flows), "stroom", "stromen"))
	if c.Rules != "" {
		fmt.Fprintln(out, "Dit convenant heeft eigen regels, die ook kunnen weigeren wat hieronder staat.")
	}
	fmt.Fprintln(out)
}

// knownWord wants a word of a list, or nothing.
func knownWord(flag, list, word string) error {
	codes := vocabulary.Default().Codes(list)
	if word == "" || slices.Contains(codes, word) {
		return nil
	}
	if likely := vocabulary.Suggest(word, codes); likely != "" {
		return fmt.Errorf("%s: dit woord is er niet; bedoelt u %s?", flag, likely)
	}
	return fmt.Errorf("%s: kies een van: %s", flag, tell.Or(codes))
}

var versionForm = regexp.MustCompile(`^[a-z0-9-]{1,64}/[1-9][0-9]{0,3}$`)

// readVersion reads a convenant from a file; what is no file and looks like NAAM/VERSIE is asked of the gateway.
func readVersion(cmd *cobra.Command, profile, name string) (*convenant.Convenant, error) {
	if _, err := os.Stat(name); err != nil && versionForm.MatchString(name) {
		return fetchVersion(cmd.Context(), profile, name)
	}
	yaml, err := readLimited(cmd, name, maxConvenant)
	if err != nil {
		return nil, err
	}
	c, err := convenant.ParseYAML(yaml)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, listed(err))
	}
	return c, nil
}

func fetchVersion(ctx context.Context, profile, name string) (*convenant.Convenant, error) {
	if profile == "" {
		return nil, usageError{fmt.Errorf("%s is geen bestand; ligt het bij de sluis, geef dan ook --%s", name, profileFlag)}
	}
	ref, err := readConvenantRef(name)
	if err != nil {
		return nil, err
	}
	c, err := openClient(profile)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	fetched, err := c.FetchConvenant(ctx, ref)
	return fetched, withHint(listed(err))
}
