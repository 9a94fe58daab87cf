package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

// maxWait is the longest that the gateway keeps a question open (WIRE, "Messages"), in seconds.
const maxWait = 30

// statuses are those that a message can have at a recipient.
var statuses = []string{"aangeboden", "ontvangen", "onleesbaar", "overgenomen", "teruggegeven", "afgesloten", "verlopen"}

func newInboxCommand() *cobra.Command {
	var wait int
	var sent, late bool
	var status string
	cmd := &cobra.Command{
		Use:   "inbox",
		Short: "De berichten aan u, of wat uw organisatie verstuurde, met wat te laat is",
		Long: "Toont elk bericht op een regel, het oudste eerst. Daaronder staat wat er nog moet gebeuren: wie te laat is en sinds wanneer, wat\n" +
			"verlopen, onleesbaar of teruggegeven is. Met --te-laat ziet u alleen dat. Meer over een zaak: sluis case ZAAK.",
		Example: "  sluis inbox --profiel wa-7 --status aangeboden --wacht 30\n  sluis inbox --profiel vc-1 --verstuurd --te-laat",
		Args:    noArgs,
	}
	cmd.Flags().IntVar(&wait, "wacht", 0, "hoeveel seconden wachten tot er iets is (hoogstens 30)")
	cmd.Flags().BoolVar(&sent, "verstuurd", false, "wat uw organisatie verstuurde")
	cmd.Flags().BoolVar(&late, "te-laat", false, "alleen wat te laat is: zonder reactie na de termijn, of verlopen")
	cmd.Flags().StringVar(&status, "status", "", "alleen berichten met deze status, zoals aangeboden")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		if wait < 0 || wait > maxWait {
			return usageError{errors.New("--wacht is 0 tot en met 30 seconden")}
		}
		if status != "" && !slices.Contains(statuses, status) {
			return usageError{errors.New("kies bij --status: " + strings.Join(statuses, ", "))}
		}
		l := lister{out: cmd.OutOrStdout(), c: c, sent: sent, onlyLate: late, now: wallClock()}
		q := client.Query{Sent: sent, Status: message.Status(status), Wait: time.Duration(wait) * time.Second}
		for asked := map[string]bool{}; ; {
			asked[q.Cursor] = true
			page, err := patiently(ctx, func() (client.Page, error) { return c.List(ctx, q) })
			if err != nil {
				return err
			}
			for _, e := range page.Entries { // a page at a time: what was shown need not be kept
				if err := l.show(ctx, e); err != nil {
					return err
				}
			}
			if len(page.Entries) == 0 || page.Cursor == q.Cursor || page.Cursor == "" {
				return l.end()
			}
			if asked[page.Cursor] {
				return errors.New("de lijst van de sluis komt niet tot een einde: zij geeft weer een bladzijde die al getoond is. Waarschuw de beheerder van de sluis")
			}
			q.Cursor, q.Wait = page.Cursor, 0
		}
	})
}

// lister prints the lines of a list.
type lister struct {
	out      io.Writer
	c        *client.Client
	sent     bool
	onlyLate bool
	now      time.Time

	shown   int
	refused bool
}

// show prints one message, and below it what there is to do. What the gateway calls done is not looked into for the plain list; for
// what is late everything is, because it could call done what nobody signed.
func (l *lister) show(ctx context.Context, e client.Entry) error {
	done := e.Status == message.Status(message.TakenOver) || e.Status == message.Status(message.Closed)
	if done && !l.onlyLate {
		l.line(e)
		return nil
	}
	f, err := patiently(ctx, func() (client.Followed, error) { return l.c.FollowEntry(ctx, e) })
	var no *client.Refusal
	switch {
	case errors.As(err, &no) && no.Code != client.LogForked && no.Code != client.LogLost:
		l.refused = true
		l.line(e)
		fmt.Fprintf(l.out, "    LET OP: %s\n", no)
		return nil
	case err != nil:
		return err
	}
	e.Time = f.Accepted
	progress := f.Progress
	if !l.sent {
		progress = f.Own(l.c.Profile().OIN)
	}
	var marks []string
	for _, p := range progress {
		if text := mark(p, !l.sent, l.now); text != "" && (!l.onlyLate || overdue(p, l.now)) {
			marks = append(marks, text)
		}
	}
	if l.onlyLate && len(marks) == 0 {
		return nil
	}
	l.line(e)
	for _, text := range marks {
		fmt.Fprintf(l.out, "    %s\n", text)
	}
	return nil
}

func (l *lister) line(e client.Entry) {
	l.shown++
	fmt.Fprintf(l.out, "%s  %-12s  %-20s  %s  zaak %s  van %s/%s\n", e.ID, e.Status, e.Kind, moment(e.Time), e.Case, e.Party, e.Person)
}

func (l *lister) end() error {
	switch {
	case l.refused:
		return errors.New("niet alles klopt: zie de regels met LET OP")
	case l.shown > 0:
	case l.onlyLate:
		fmt.Fprintln(l.out, "Er is niets te laat.")
	default:
		fmt.Fprintln(l.out, "Er zijn geen berichten.")
	}
	return nil
}
