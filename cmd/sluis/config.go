package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/gateway"
)

func newConfigCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "De instellingen van een sluis", RunE: subcommandOnly}
	var file string
	show := &cobra.Command{
		Use:   "print",
		Short: "Toon de instellingen die gelden, en waar ze vandaan komen",
		Long:  "Toont de instellingen die gelden en waar ze vandaan komen. Van geheimen staat er alleen in welk bestand ze staan.",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.Load(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			return config.Print(cmd.OutOrStdout())
		},
	}
	show.Flags().StringVar(&file, "config", "", "bestand met instellingen (sluis.yaml)")
	cmd.AddCommand(show)
	return cmd
}

// configError shows every fault of a configuration on a line of its own.
func configError(err error) error {
	var faults fault.List
	if !errors.As(err, &faults) {
		return err
	}
	lines := make([]string, len(faults))
	for i, f := range faults {
		lines[i] = "\n  - " + f.String()
	}
	return fmt.Errorf("de instellingen kloppen niet:%s", strings.Join(lines, ""))
}
