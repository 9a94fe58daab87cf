package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/term"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// trailPage is how many records a gateway gives at once.
const trailPage = 100

func newTrailSearchCommand() *cobra.Command {
	var why, kase, who, from, until, reason, kind string
	var most int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "search",
		Short: "Zoeken in het auditspoor, in de auditregels van uw organisatie",
		Long: `Toont auditregels waar uw organisatie deel van is, de nieuwste eerst. Wat u opgeeft moet allemaal kloppen. Dat u keek, waarom en
waarnaar, wordt zelf vastgelegd; elke 100 auditregels zijn één keer kijken.

Een dag schrijft u als 2026-11-30: --van telt mee vanaf het begin van die dag, --tot tot en met het eind ervan. Een tijdstip schrijft u
als 2026-11-30T09:00:00+01:00; --tot telt dan niet mee.`,
		Example: "  sluis trail search --profiel pf-1 --van 2026-11-01 --tot 2026-11-30 --reden ouders-niet-geinformeerd\n" +
			"  sluis trail search --profiel pf-1 --deelnemer vc-1 --soort raadpleging",
		Args: noArgs,
	}
	cmd.Flags().StringVar(&why, "logdoel", string(client.Lawfulness), "waarom u kijkt: rechtmatigheid, interne-controle, beveiliging of strafprocedure")
	cmd.Flags().StringVar(&kase, "zaak", "", "alleen over deze zaak")
	cmd.Flags().StringVar(&who, "deelnemer", "", "alleen van of aan deze deelnemer: OIN/id, of een id van uw eigen organisatie")
	cmd.Flags().StringVar(&from, "van", "", "alleen vanaf deze dag of dit tijdstip")
	cmd.Flags().StringVar(&until, "tot", "", "alleen tot en met deze dag, of vóór dit tijdstip")
	cmd.Flags().StringVar(&reason, "reden", "", "alleen met deze reden (zie: sluis words redenen)")
	cmd.Flags().StringVar(&kind, "soort", "", "alleen deze soort auditregel, zoals besluit, opgehaald of raadpleging")
	cmd.Flags().IntVar(&most, "max", trailPage, "hoogstens zoveel auditregels")
	cmd.Flags().BoolVar(&asJSON, "json", false, "elke auditregel als JSON op een regel, voor een programma")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		look := client.Look{Why: client.LookReason(why), Case: kase, Participant: who, Reason: reason, Kind: tlog.RecordKind(kind)}
		if who != "" && !strings.Contains(who, "/") {
			look.Participant = string(c.Profile().OIN) + "/" + who
		}
		var err error
		if look.From, err = dayOrTime(from, 0); err == nil {
			look.To, err = dayOrTime(until, 1)
		}
		if err != nil {
			return err
		}
		if most < 1 {
			return usageError{errors.New("--max is een getal vanaf 1")}
		}
		return searchTrail(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr(), c, look, most, asJSON)
	})
}

// dayOrTime reads a day, here counted in Dutch time and with so many days added, or a moment; "" is no moment.
func dayOrTime(text string, more int) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if day, err := time.ParseInLocation(time.DateOnly, text, term.Zone); err == nil {
		return day.AddDate(0, 0, more), nil
	}
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, usageError{errors.New("schrijf --van en --tot als een dag (2026-11-30) of een tijdstip (2026-11-30T09:00:00+01:00)")}
	}
	return at, nil
}

// searchTrail shows at most so many records, a page after another.
func searchTrail(ctx context.Context, out, say io.Writer, c *client.Client, look client.Look, most int, asJSON bool) error {
	shown, cursor := 0, ""
	for {
		look.Limit = min(trailPage, most-shown)
		page, next, err := c.Records(ctx, look, cursor)
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := showRecord(out, r, asJSON); err != nil {
				return err
			}
		}
		shown, cursor = shown+len(page), next
		switch {
		case shown == 0:
			fmt.Fprintln(say, "Er zijn geen auditregels die hieraan voldoen.")
		case cursor != "" && shown >= most:
			fmt.Fprintf(say, "Dit zijn de nieuwste %d; er zijn er meer. Zoek gerichter, of geef een hogere --max.\n", shown)
		case cursor != "":
			continue
		}
		return nil
	}
}

func showRecord(out io.Writer, r tlog.Record, asJSON bool) error {
	if asJSON {
		canonical, err := r.Canonical()
		if err == nil {
			_, err = fmt.Fprintf(out, "%s\n", canonical)
		}
		return err
	}
	at, err := time.Parse(tlog.TimeLayout, r.Time)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%7d  %s  %s\n", r.Nr, at.In(term.Zone).Format(time.DateTime), strings.Join(recordWords(r), "\n         "))
	return err
}
