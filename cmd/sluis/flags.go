package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// required gives a usageError that names every flag that was left out, so that one try shows all.
func required(cmd *cobra.Command, names ...string) error {
	var missing []string
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); f == nil || f.Value.String() == "" || f.Value.String() == "[]" {
			missing = append(missing, "--"+name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return usageError{fmt.Errorf("%s: geef ook %s (zie: %s --help)", cmd.CommandPath(), strings.Join(missing, " "), cmd.CommandPath())}
}

// subcommandOnly is what a command does that only groups others: without one of them, it shows which there are.
func subcommandOnly(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s heeft deze opdracht niet (zie: %s --help)", cmd.CommandPath(), cmd.CommandPath())}
	}
	if err := cmd.Help(); err != nil {
		return err
	}
	return usageError{errors.New("kies een van de opdrachten hierboven")}
}

// emptyToNil gives nil for a flag that was left empty: null on a card.
func emptyToNil[T ~string](text string) *T {
	if text == "" {
		return nil
	}
	value := T(text)
	return &value
}
