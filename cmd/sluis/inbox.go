package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

// maxWait is the longest that the gateway keeps a question open (WIRE, "Messages"), in seconds.
const maxWait = 30

func newInboxCommand() *cobra.Command {
	var wait int
	var sent bool
	var status string
	cmd := &cobra.Command{
		Use:     "inbox",
		Short:   "De berichten aan u, of wat uw organisatie verstuurde",
		Example: "  sluis inbox --profiel wa-7 --status aangeboden --wacht 30",
		Args:    noArgs,
	}
	cmd.Flags().IntVar(&wait, "wacht", 0, "hoeveel seconden wachten tot er iets is (hoogstens 30)")
	cmd.Flags().BoolVar(&sent, "verstuurd", false, "wat uw organisatie verstuurde")
	cmd.Flags().StringVar(&status, "status", "", "alleen berichten met deze status, zoals aangeboden")
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		if wait < 0 || wait > maxWait {
			return usageError{errors.New("--wacht is 0 tot en met 30 seconden")}
		}
		q := client.Query{Sent: sent, Status: message.Status(status), Wait: time.Duration(wait) * time.Second}
		var all []client.Entry
		for {
			page, err := c.List(ctx, q)
			if err != nil {
				return err
			}
			all = append(all, page.Entries...)
			if len(page.Entries) == 0 || page.Cursor == q.Cursor || page.Cursor == "" {
				break
			}
			q.Cursor, q.Wait = page.Cursor, 0
		}
		if len(all) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "Er zijn geen berichten.")
			return nil
		}
		showEntries(cmd.OutOrStdout(), all)
		return nil
	})
}

func showEntries(out io.Writer, entries []client.Entry) {
	for _, e := range entries {
		fmt.Fprintf(out, "%s  %-12s  %-20s  %s  zaak %s  van %s/%s\n",
			e.ID, e.Status, e.Kind, e.Time.Local().Format("2006-01-02 15:04"), e.Case, e.Party, e.Person)
	}
}
