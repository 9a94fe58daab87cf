package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

func newDBVerifyCommand() *cobra.Command {
	var file, key string
	var held []string
	var bare bool
	cmd := &cobra.Command{
		Use:   "verify",
		Short: "Controleer het hele auditspoor in de database, en wat anderen ervan bewaren",
		Long: `Controleert het hele auditspoor in de database van een sluis (PostgreSQL of SQLite), zonder de programmadelen die het schrijven: elke regel,
elke hash, elk controlepunt, en of wat gewist moest zijn ook weg is. De verbinding kan alleen lezen. De sluis mag intussen doorwerken.

Met --controlepunt vergelijkt u het ook met een controlepunt dat iemand anders bewaart: het bestand controlepunt in het profiel van een
deelnemer of in de map van een andere sluis. Past het niet, dan is er iets verloren, en staat er welke regels.

Is de database een teruggezette dump, dan staat de lading van wat toen nog wachtte er niet in, zoals het hoort. Zet er --zonder-lading bij,
tot er weer een sluis op draait: die legt vast dat zij weg is.

Eindigt met 0 als alles klopt, en anders met 1.`,
		Example: "  sluis db verify --config sluis.yaml --controlepunt vc-1/controlepunt",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.Load(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			t := trailcheck.Trail{NoCiphertext: bare}
			if t.Dir, t.Server, err = gateway.Reading(config); err != nil {
				return err
			}
			var from string
			if t.Names, from, err = logNames(config.LogKeyFile(), key); err != nil {
				return err
			}
			if t.Held, err = readAll(held); err != nil {
				return err
			}
			report, err := verified(cmd, t)
			if err != nil {
				return errors.Join(trailError(gateway.DatabaseConnecting(err)), restoredDump(err))
			}
			gone := goneErased
			if bare {
				gone = goneInCopy
			}
			printTrail(cmd.OutOrStdout(), t.Names[0], from, report, gone)
			return printLosses(cmd.OutOrStdout(), held, report)
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "bestand met instellingen van de sluis (sluis.yaml)")
	cmd.Flags().StringVar(&key, "sleutel", "", "openbare sleutel van het auditspoor (vkey), of een bestand daarmee")
	cmd.Flags().StringArrayVar(&held, "controlepunt", nil, "bestand met een controlepunt dat iemand anders bewaart; mag vaker")
	cmd.Flags().BoolVar(&bare, "zonder-lading", false, "de database is een teruggezette dump, zonder de lading van wat nog wachtte")
	return cmd
}

// restoredDump adds what to do when all that is wrong may be that the database was put back from a dump; nil when it is something else.
func restoredDump(err error) error {
	if !errors.Is(err, trailcheck.ErrNoCiphertext) {
		return nil
	}
	return errors.New("is dit een teruggezette dump, waar nog geen sluis op draaide? Dan hoort dat zo: controleer nog eens met --zonder-lading")
}

// readAll reads small files.
func readAll(files []string) ([][]byte, error) {
	list := make([][]byte, len(files))
	for i, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("%s is niet te lezen: %w", name, err)
		}
		list[i] = data
	}
	return list, nil
}

var errMissing = errors.New("het auditspoor mist iets dat anderen wel hebben; lees in docs/operations.md wat u na een verlies doet")

// printLosses tells what the trail says that it lost, and what others hold and it does not.
func printLosses(out io.Writer, held []string, r trailcheck.Report) error {
	for _, loss := range r.Losses {
		fmt.Fprintf(out, "Verloren en toegegeven: wat na de eerste %d regels kwam; daarna heet het spoor %s.\n", loss.Nr, loss.Next)
	}
	worse := false
	for _, m := range r.Missing {
		switch {
		case m.Admitted:
			fmt.Fprintf(out, "%s: van %d regels; past niet meer, en dat geeft het spoor zelf toe.\n", held[m.Held], m.Size)
			continue
		case m.Have < m.Size:
			fmt.Fprintf(out, "%s: van %d regels; er zijn er %d. Verloren: regel %d tot en met %d, en misschien ook eerdere.\n", held[m.Held], m.Size, m.Have, m.Have, m.Size-1)
		default:
			fmt.Fprintf(out, "%s: van %d regels; daaronder staan nu andere dan toen.\n", held[m.Held], m.Size)
		}
		worse = true
	}
	if worse {
		return errMissing
	}
	if n := len(held) - len(r.Missing); n > 0 {
		fmt.Fprintf(out, "Het spoor gaat verder op %d van de %d gegeven controlepunten.\n", n, len(held))
	}
	return nil
}
