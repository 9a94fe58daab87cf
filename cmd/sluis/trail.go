package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

func newTrailCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "trail", Short: "Het auditspoor van een sluis", RunE: subcommandOnly}
	var dir, key string
	verify := &cobra.Command{
		Use:   "verify",
		Short: "Controleer het hele auditspoor",
		Long: `Controleert het hele auditspoor in de map van een sluis, zonder de programmadelen die het schrijven: elke regel, elke hash,
elk controlepunt, en of wat gewist moest zijn ook weg is. De sluis mag intussen gewoon doorwerken.

Eindigt met 0 als alles klopt, en met 1 bij het eerste dat niet klopt.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := required(cmd, "dir"); err != nil {
				return err
			}
			names, from, err := logNames(filepath.Join(dir, "log.key"), key)
			if err != nil {
				return err
			}
			report, err := verified(cmd, trailcheck.Trail{Dir: dir, Names: names})
			if err != nil {
				return trailError(err)
			}
			printTrail(cmd.OutOrStdout(), names[0], from, report, goneErased)
			return printLosses(cmd.OutOrStdout(), nil, report)
		},
	}
	verify.Flags().StringVar(&dir, "dir", "", "map van de sluis")
	verify.Flags().StringVar(&key, "sleutel", "", "openbare sleutel van het auditspoor (vkey), of een bestand daarmee")
	cmd.AddCommand(newTrailReplayCommand(), newTrailSearchCommand(), newTrailHoldCommand(), newTrailReleaseCommand(), newTrailHoldsCommand(), verify)
	return cmd
}

// trailKey gives the key to verify with, and says where it came from. Without --sleutel it is derived from the gateway's own key, which
// shows that the trail is consistent, and not that nobody made another one with that key.
func trailKey(secret, given string) (note.Verifier, string, error) {
	if given == "" {
		text, err := os.ReadFile(secret)
		if _, missing := os.Stat(filepath.Dir(secret)); missing != nil {
			return nil, "", missing
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil, "", usageError{errors.New("in deze map staat geen log.key; is dit wel de map van een sluis? Geef anders de sleutel van het auditspoor met --sleutel")}
		}
		if err != nil {
			return nil, "", fmt.Errorf("de sleutel van het auditspoor is niet te lezen: %w", err)
		}
		verifier, err := tlog.VerifierOf(string(text))
		return verifier, "afgeleid uit de geheime sleutel van de sluis (" + filepath.Base(secret) + "); controleer ook eens met een sleutel die u apart bewaart (--sleutel)", err
	}
	if verifier, err := tlog.ParseVerifier(given); err == nil {
		return verifier, "zoals opgegeven", nil
	}
	text, err := os.ReadFile(given)
	if err != nil {
		return nil, "", usageError{errors.New("--sleutel is geen sleutel van een auditspoor, en ook geen bestand dat te lezen is")}
	}
	verifier, err := tlog.ParseVerifier(string(text))
	if err != nil {
		return nil, "", fmt.Errorf("in het bestand van --sleutel staat niet één sleutel van een auditspoor: %w", err)
	}
	return verifier, "uit " + given, nil
}

func trailError(err error) error {
	var untrue *trailcheck.False
	switch {
	case errors.Is(err, gateway.ErrDatabaseAway), errors.Is(err, gateway.ErrDatabaseRefused), errors.Is(err, gateway.ErrDatabaseUnproven):
		return fmt.Errorf("er is niets gecontroleerd: %w", databaseError(err))
	case errors.Is(err, trailcheck.ErrPruned):
		return err
	case errors.As(err, &untrue):
		return fmt.Errorf("het auditspoor klopt NIET: %w", untrue)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("in deze map staat geen auditspoor (%s/%s)", trailcheck.FolderName, trailcheck.FileName)
	}
	return fmt.Errorf("het auditspoor is niet te controleren: %w", err)
}

// What may be said of payloads that are not there: a copy without ciphertext holds none, erased or not.
const (
	goneErased = "is zij gewist"
	goneInCopy = "staat zij niet in deze kopie"
)

func printTrail(out io.Writer, verifier note.Verifier, from string, r trailcheck.Report, gone string) {
	fmt.Fprintf(out, "Het auditspoor %s klopt.\n\n", verifier.Name())
	line := func(what, format string, args ...any) {
		fmt.Fprintf(out, "  %-15s %s\n", what, fmt.Sprintf(format, args...))
	}
	if r.Records == 0 {
		line("regels", "nog geen")
	} else {
		line("regels", "%d, zonder gaten, van %s tot %s", r.Records, r.First.Format(time.RFC3339), r.Last.Format(time.RFC3339))
		if r.Pruned > 0 {
			line("opgeschoond", "van %d regels is de inhoud weg, zoals het auditspoor zegt; hun hashes kloppen", r.Pruned)
		}
		line("controlepunten", "%d, elk met een geldige handtekening", r.Checkpoints)
		line("wortel", "%s", r.Root)
		line("berichten", "%d: van %d wacht de lading nog, van %d %s", r.Messages, r.Held, r.Erased, gone)
		var kinds []string
		for kind, n := range r.Kinds {
			kinds = append(kinds, fmt.Sprintf("%s %d", kind, n))
		}
		slices.Sort(kinds)
		line("soorten", "%s", strings.Join(kinds, ", "))
	}
	line("sleutel", "%s", from)
}
