package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/shell"
)

// sendPending sends again everything of which no receipt came, or the one message with an id, and tells of each what became of it. What
// awaits a colleague stays.
func sendPending(ctx context.Context, cmd *cobra.Command, c *client.Client, id string, kept receipts) error {
	if err := kept.open(); err != nil {
		return err
	}
	list, err := c.Pending()
	failed := []error{listed(err)} // of those that are damaged; the others go
	if id != "" {
		list = slices.DeleteFunc(list, func(p client.Pending) bool { return p.ID != id })
	}
	if len(list) == 0 && err == nil {
		fmt.Fprintln(cmd.OutOrStdout(), "Er staat niets klaar om nog eens te versturen.")
	}
	for _, p := range list {
		if p.Awaits {
			failed = append(failed, errors.New(awaiting(c, p)))
			continue
		}
		sent, err := c.Resume(ctx, p.ID)
		if err != nil {
			failed = append(failed, stillPending(c, p, sent, err))
			continue
		}
		showSent(cmd.OutOrStdout(), sent)
		failed = append(failed, kept.keep(sent))
	}
	return errors.Join(append(failed, kept.close())...)
}

// stillPending says what became of a message that was sent again in vain, and what to do.
func stillPending(c *client.Client, p client.Pending, sent client.Sent, err error) error {
	if sent.ID != "" {
		return notDelivered(c.Profile().Dir, sent, err)
	}
	var waits *client.PendingError
	var no *client.Problem
	next := "Een andere opdracht was er intussen mee bezig, en het staat niet meer klaar. Stuur het niet zomaar opnieuw: kijk eerst of het is aangekomen, met: sluis inbox --verstuurd"
	if errors.As(err, &no) && !errors.As(err, &waits) {
		next = "Het is niet aangenomen en staat niet meer klaar. Moet het nog weg, maak het dan opnieuw met: sluis send"
	}
	left, readErr := c.Pending()
	for _, one := range left {
		if one.ID == p.ID {
			next = "Het staat nog klaar. Probeer het straks nog eens met: sluis send --profiel " + shell.Quote(c.Profile().Dir) + " --hervat"
		}
	}
	return errors.Join(fmt.Errorf("bericht %s (%s): %w\n%s", p.ID, p.Kind, listed(err), next), readErr)
}

// mentionPending reminds of what may not have arrived. It is no reason to hold up another message: that may be urgent.
func mentionPending(cmd *cobra.Command, c *client.Client) {
	list, err := c.Pending()
	if err != nil {
		fmt.Fprintf(cmd.ErrOrStderr(), "Let op: %v\n", listed(err))
	}
	for _, p := range list {
		if p.Awaits {
			fmt.Fprintf(cmd.ErrOrStderr(), "Let op: %s\n", awaiting(c, p))
			continue
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "Let op: van bericht %s (%s, %s) kwam nog geen ontvangstbewijs. Verstuur het nog eens met:\n  sluis send --profiel %s --hervat\n",
			p.ID, p.Kind, moment(p.Time), shell.Quote(c.Profile().Dir))
	}
}

// notDelivered says how to go on after an error, so that nothing is sent twice and nothing is lost. What failed before the message was
// handed over is told as it is: nothing waits then, and nothing can have arrived.
func notDelivered(dir string, sent client.Sent, err error) error {
	var waits *client.PendingError
	switch {
	case sent.ID != "":
		return fmt.Errorf("bericht %s is wel aangeboden, maar: %w", sent.ID, err)
	case errors.As(err, &waits):
		// What an answer says of the message stands above this; without one nobody knows.
		arrived := "Het bericht is misschien wel aangekomen. Het"
		if _, answered := errors.AsType[*client.Problem](err); answered {
			arrived = "Maak het bericht niet opnieuw. Dit"
		}
		return fmt.Errorf("%w\n%s staat verzegeld klaar; verstuur het binnen 5 minuten nog eens, het komt dan maar één keer aan:\n  sluis send --profiel %s --hervat", err, arrived, shell.Quote(dir))
	}
	return err
}
