package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/jackc/pgx/v5"
	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/store/postgres"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

func newDBBackupCheckCommand() *cobra.Command {
	var key, trial, passwordFile string
	cmd := &cobra.Command{
		Use:   "backup-check DUMP",
		Short: "Controleer een reservekopie (pg_dump) van de database",
		Long: `Leest de inhoudsopgave van een dump (pg_dump --format=custom, directory of tar): er mag geen versleutelde lading in staan, het hele
auditspoor wel, en naast de dump mogen geen dagsleutels liggen. Daarvoor is pg_restore nodig; de sluis en haar database niet.

Met --proef VERBINDING wordt de dump ook teruggezet, in een LEGE database die u daarna weggooit, en wordt daar het hele auditspoor
gecontroleerd. Geef dan ook --sleutel. Wie teruglegt moet daar tabellen mogen maken; de groepsrollen van de sluis hoeven er niet te zijn.

Eindigt met 0 als de kopie goed is, en anders met 1.`,
		Example: "  sluis db backup-check sluis.dump\n  sluis db backup-check sluis.dump --proef 'postgres://beheer@/proef?host=/run/postgresql' --sleutel log.vkey",
		Args:    exactArgs("DUMP"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if (trial == "") != (key == "") {
				return usageError{errors.New("--proef en --sleutel horen bij elkaar")}
			}
			out := cmd.OutOrStdout()
			if err := checkArchive(cmd.Context(), args[0]); err != nil {
				return err
			}
			if err := noDayKeysBeside(args[0]); err != nil {
				return err
			}
			fmt.Fprintln(out, "In de dump staat het hele auditspoor en geen lading; er liggen geen dagsleutels naast.")
			if trial == "" {
				fmt.Fprintln(out, "Of het auditspoor erin klopt is niet gecontroleerd: daarvoor is --proef nodig.")
				return nil
			}
			return tryDump(cmd, args[0], trial, passwordFile, key)
		},
	}
	cmd.Flags().StringVar(&trial, "proef", "", "verbinding met een lege database, om de dump in terug te zetten en te controleren")
	cmd.Flags().StringVar(&passwordFile, "wachtwoordbestand", "", "bestand met het wachtwoord van die verbinding, zoals PostgreSQL het kent (passfile)")
	cmd.Flags().StringVar(&key, "sleutel", "", "openbare sleutel van het auditspoor (vkey), of een bestand daarmee")
	return cmd
}

// dayKey is the name of the file of a day key: the day that it is for.
var dayKey = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\.key$`)

// noDayKeysBeside looks in the folder of the dump, and one folder deep: whoever copies a gateway's folder along copies the keys with it.
func noDayKeysBeside(dump string) error {
	dir := filepath.Dir(dump)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("de map van de dump is niet te lezen: %w", err)
	}
	look := [][]fs.DirEntry{entries}
	for _, e := range entries {
		if e.IsDir() && e.Name() == "dagsleutels" {
			inside, err := os.ReadDir(filepath.Join(dir, e.Name()))
			if err != nil {
				return fmt.Errorf("de map dagsleutels naast de dump is niet te lezen: %w", err)
			}
			look = append(look, inside)
		}
	}
	for _, list := range look {
		for _, e := range list {
			if !e.IsDir() && dayKey.MatchString(e.Name()) {
				return errors.New("naast de dump liggen dagsleutels; met een sleutel in een kopie is wat gewist is niet gewist. Bewaar ze nooit samen")
			}
		}
	}
	return nil
}

// tryDump puts a dump into an empty database and verifies the trail there.
func tryDump(cmd *cobra.Command, dump, trial, passwordFile, key string) error {
	if err := postgres.CheckURL(trial); err != nil {
		return usageError{errors.New("--proef is geen verbinding, bevat een wachtwoord, of is niet versleuteld; zet een wachtwoord in het bestand van --wachtwoordbestand")}
	}
	connection, err := pgx.ParseConfig(withPassFile(trial, passwordFile))
	if err != nil {
		return usageError{errors.New("--proef is geen verbinding die PostgreSQL kent")}
	}
	names, from, err := logNames("", key)
	if err != nil {
		return err
	}
	if err := reached(cmd.Context(), connection); err != nil {
		return err
	}
	if err := restore(cmd.Context(), dump, trial, passwordFile); err != nil {
		return err
	}
	report, err := verified(cmd, trailcheck.Trail{Server: connection, Names: names, NoCiphertext: true})
	if err != nil {
		return trailError(err)
	}
	printTrail(cmd.OutOrStdout(), names[0], from, report, goneInCopy)
	return printLosses(cmd.OutOrStdout(), nil, report)
}

// reached looks whether the database can be had at all: pg_restore says it in words that may hold anything.
func reached(ctx context.Context, connection *pgx.ConnConfig) error {
	conn, err := pgx.ConnectConfig(ctx, connection)
	if err != nil {
		return errors.New("met de database van --proef is geen verbinding te krijgen; kijk of zij er is, naar de naam van rol en database, naar het wachtwoord " +
			"(--wachtwoordbestand: een regel server:poort:database:rol:wachtwoord, met chmod 600), en naar sslrootcert en pg_hba.conf")
	}
	return conn.Close(ctx)
}
