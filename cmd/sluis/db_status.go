package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

func newDBStatusCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Toon hoe de database ervoor staat",
		Long: "Toont het schema, de instellingen van de server die tellen, en welke rollen erbij mogen. Er verandert niets. Is er iets te doen, dan\n" +
			"eindigt de opdracht met 1.",
		Example: "  sluis db status --config sluis.yaml",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.LoadDatabase(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			status, err := gateway.ReadDatabaseStatus(cmd.Context(), config)
			if err != nil {
				return databaseError(err)
			}
			return showStatus(cmd.OutOrStdout(), status)
		},
	}
	dbConfigFlag(cmd, &file)
	return cmd
}

// showStatus tells how a database stands. Its error says that there is something to do.
func showStatus(out io.Writer, s gateway.DatabaseStatus) error {
	var todo []string
	note := func(what string) string {
		todo = append(todo, what)
		return "  ← " + what
	}
	schema := fmt.Sprintf("stap %d van %d", s.Have, s.Known)
	switch {
	case s.Filling:
		schema += note("deze database wordt gevuld, of dat is afgebroken; maak het af met: sluis db move")
	case s.Oldest > s.Known:
		schema += note("deze versie is te oud voor deze database")
	case s.Have > s.Known:
		schema = fmt.Sprintf("stap %d; deze versie kent stap %d en werkt ermee", s.Have, s.Known)
	case len(s.Pending) > 0:
		schema += note("voer uit: sluis db migrate")
	}
	fmt.Fprintf(out, "schema                             %s\n", schema)
	for _, step := range s.Pending {
		fmt.Fprintf(out, "                                   nog te doen: %d (%s)\n", step.Number, step.Name)
	}
	for _, set := range s.Settings {
		line := set.Value
		switch {
		case set.Fault != "":
			line += note(set.Name + " moet " + set.Fault + " zijn")
		case set.Name == "synchronous_standby_names" && set.Value == "":
			line = "(leeg: valt deze server uit, dan kan verloren gaan wat al was toegezegd)"
		}
		fmt.Fprintf(out, "%-34s %s\n", set.Name, line)
	}
	for _, g := range s.Groups {
		names := make([]string, len(g.Members))
		for i, m := range g.Members {
			if names[i] = m.Name; m.Mighty {
				names[i] += note(m.Name + " mag meer dan bij deze groep hoort")
			}
		}
		line := strings.Join(names, ", ")
		switch {
		case !g.There:
			line = "(ontbreekt)"
		case len(names) == 0:
			line = "(geen rollen)"
		}
		fmt.Fprintf(out, "rollen in %-24s %s\n", g.Name, line)
	}
	fmt.Fprintf(out, "verbindingen van sluizen           %d\nstandby-servers                    %d\n", s.Sessions, s.Standbys)
	if len(todo) > 0 {
		return errors.New("er is iets te doen: " + strings.Join(todo, "; "))
	}
	return nil
}
