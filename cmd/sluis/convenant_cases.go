package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/casefile"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

func newConvenantTestCommand() *cobra.Command {
	var rules string
	cmd := &cobra.Command{
		Use:   "test CONVENANT GEVALLEN…",
		Short: "Nagaan of een convenant in uw gevallen het besluit geeft dat u verwacht",
		Long: "Speelt elk geval uit de bestanden GEVALLEN na met het convenant, zoals de sluis zou beslissen. Wat anders uitkomt dan u verwacht,\n" +
			"staat er met regelnummer bij; de opdracht eindigt dan met 1. Aan het eind staat welke stromen en voorwaarden geen enkel geval\n" +
			"raakt. Deze opdracht werkt zonder verbinding.",
		Example: "  sluis convenant test convenant.yaml cases.yaml",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usageError{errors.New("geef het bestand van het convenant, en één of meer bestanden met gevallen (zie: sluis convenant test --help)")}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&rules, "regels", "", "map met de regels van uw sluis, als die andere regels heeft dan dit programma")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		agreed, err := readVersion(cmd, "", args[0])
		if err != nil {
			return err
		}
		engine, err := preparedEngine(cmd.Context(), rules, agreed)
		if err != nil {
			return err
		}
		var whole casefile.File
		failed := 0
		for _, name := range args[1:] {
			file, results, err := playFile(cmd, engine, agreed, name)
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			whole.Cases = append(whole.Cases, file.Cases...)
			failed += showFailures(cmd.OutOrStdout(), name, results)
		}
		all := len(whole.Cases)
		fmt.Fprintf(cmd.OutOrStdout(), "%s nagespeeld: %d zoals verwacht, %d anders.\n", plural(all, "geval", "gevallen"), all-failed, failed)
		showCoverage(cmd.OutOrStdout(), casefile.Covered(agreed, whole))
		if failed > 0 {
			return errors.New("niet elk geval geeft het besluit dat u verwacht")
		}
		return nil
	}
	return cmd
}

// preparedEngine takes the rules in a folder, or those of this program, and the convenant's own.
func preparedEngine(ctx context.Context, dir string, agreed *convenant.Convenant) (*policy.Engine, error) {
	var rules fs.FS = policies.FS
	if dir != "" {
		rules = os.DirFS(dir)
	}
	engine, err := policy.New(ctx, rules, vocabulary.Default())
	if err != nil {
		return nil, fmt.Errorf("de regels zijn niet te lezen: %w", err)
	}
	if err := engine.Prepare(agreed); err != nil {
		return nil, listed(err)
	}
	return engine, nil
}

func playFile(cmd *cobra.Command, e *policy.Engine, agreed *convenant.Convenant, name string) (casefile.File, []casefile.Result, error) {
	text, err := readLimited(cmd, name, casefile.MaxSource)
	if err != nil {
		return casefile.File{}, nil, err
	}
	file, err := casefile.Parse(text)
	if err != nil {
		return casefile.File{}, nil, listed(err)
	}
	for _, c := range file.Cases {
		if _, err := c.Facts(agreed); err != nil {
			return casefile.File{}, nil, fmt.Errorf("het geval op regel %d past niet bij dit convenant: kijk of van en naar partijen van het\n"+
				"convenant zijn, en of de plaatsen onder anders bestaan", c.Line)
		}
	}
	results, err := casefile.Play(cmd.Context(), e, agreed, file)
	return file, results, err
}

// showFailures prints each case that went otherwise, and gives how many there were.
func showFailures(out io.Writer, name string, results []casefile.Result) (failed int) {
	for _, r := range results {
		if len(r.Differences) == 0 {
			continue
		}
		failed++
		fmt.Fprintf(out, "%s:%d: %s\n", name, r.Case.Line, r.Case.Name)
		for _, d := range r.Differences {
			fmt.Fprintln(out, "    "+d)
		}
		for _, reason := range r.Decision.Reasons {
			fmt.Fprintf(out, "    de sluis zegt: %s\n", reason.Text)
		}
	}
	return failed
}

func showCoverage(out io.Writer, c casefile.Coverage) {
	for _, id := range c.Flows {
		fmt.Fprintf(out, "Geen geval laat zien wat mag langs stroom %s.\n", id)
	}
	for _, code := range c.NeverMet {
		fmt.Fprintf(out, "Geen geval voldoet aan voorwaarde %s.\n", code)
	}
	for _, code := range c.NeverUnmet {
		fmt.Fprintf(out, "Geen geval wordt geweigerd om voorwaarde %s.\n", code)
	}
	if len(c.Flows)+len(c.NeverMet)+len(c.NeverUnmet) == 0 {
		fmt.Fprintln(out, "Elke stroom laat in een geval iets door, en elke voorwaarde heeft een geval dat voldoet en een dat niet voldoet.")
	}
}
