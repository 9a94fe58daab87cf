package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/convenant/lint"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
	"github.com/sluis-gateway/sluis/policies"
)

func newConvenantLintCommand() *cobra.Command {
	var strict, asJSON bool
	cmd := &cobra.Command{
		Use:   "lint BESTAND",
		Short: "Nakijken of een convenant klopt, voordat u het neerlegt",
		Long: "Toont elke fout en elke waarschuwing met bestand, regel en kolom, en wat u kunt doen. Met een fout neemt de sluis het\n" +
			"convenant niet aan; de opdracht eindigt dan met 1. Een waarschuwing is een vraag aan u: vaak is er een goede reden, soms is\n" +
			"het een vergissing. Deze opdracht werkt zonder verbinding, en is geen juridisch advies.",
		Example: "  sluis convenant lint convenant.yaml\n  sluis convenant lint --streng convenant.yaml",
		Args:    exactArgs("BESTAND"),
	}
	cmd.Flags().BoolVar(&strict, "streng", false, "eindig ook bij een waarschuwing met 1")
	cmd.Flags().BoolVar(&asJSON, "json", false, "toon de bevindingen als JSON, voor een programma")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		yaml, err := readLimited(cmd, args[0], maxConvenant)
		if err != nil {
			return err
		}
		found, err := lookAt(cmd.Context(), yaml)
		if err != nil {
			return err
		}
		if asJSON {
			if err := printJSON(cmd.OutOrStdout(), found); err != nil {
				return err
			}
		} else {
			showFindings(cmd.OutOrStdout(), args[0], found)
		}
		faults, warnings := countFindings(found)
		switch {
		case faults > 0:
			return errors.New("dit convenant heeft fouten; de sluis neemt het zo niet aan")
		case strict && warnings > 0:
			return errors.New("er zijn waarschuwingen")
		}
		return nil
	}
	return cmd
}

// lookAt gives everything that there is to say about a convenant: what lint sees, and whether the rules that it brings itself compile.
func lookAt(ctx context.Context, yaml []byte) ([]lint.Finding, error) {
	agreed, found := lint.Read(yaml, wallClock())
	if found == nil {
		found = []lint.Finding{} // in JSON an empty list, not null
	}
	if agreed == nil || agreed.Rules == "" {
		return found, nil
	}
	engine, err := policy.New(ctx, policies.FS, vocabulary.Default())
	if err != nil {
		return nil, fmt.Errorf("de regels zijn niet te lezen: %w", err)
	}
	var faults fault.List
	if err := engine.Prepare(agreed); err != nil && !errors.As(err, &faults) {
		return nil, err
	}
	return append(lint.Faults(faults), found...), nil
}

// showFindings prints a finding on a line that editors understand, with what to do about it under it.
func showFindings(out io.Writer, file string, found []lint.Finding) {
	for _, f := range found {
		where := file
		if f.Line > 0 {
			where = fmt.Sprintf("%s:%d:%d", file, f.Line, f.Column)
		}
		said := f.Sentence
		if f.Severity == lint.Fault && f.Place != "" {
			said = fault.Fault{Place: counting.ReplaceAllStringFunc(f.Place, countFromOne), Message: f.Sentence}.String()
		}
		fmt.Fprintf(out, "%s: %s: %s\n", where, f.Severity, said)
		if f.Suggestion != "" {
			fmt.Fprintf(out, "    wat u kunt doen: %s\n", f.Suggestion)
		}
	}
	switch faults, warnings := countFindings(found); {
	case faults > 0: // what else there is to say shows when it can be read
		fmt.Fprintf(out, "%s. Los ze eerst op; daarna ziet u de waarschuwingen.\n", plural(faults, "fout", "fouten"))
	case warnings > 0:
		fmt.Fprintf(out, "Geen fouten, %s.\n", plural(warnings, "waarschuwing", "waarschuwingen"))
	default:
		fmt.Fprintln(out, "Geen fouten en geen waarschuwingen.")
	}
}

func countFindings(found []lint.Finding) (faults, warnings int) {
	for _, f := range found {
		if f.Severity == lint.Fault {
			faults++
		} else {
			warnings++
		}
	}
	return faults, warnings
}

func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}

// printJSON prints a value for another program: indented, with < and & as they are.
func printJSON(out io.Writer, value any) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(value)
}
