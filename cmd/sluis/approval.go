package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/shell"
)

// approvalFlags refuses flags that have nothing to say together.
func approvalFlags(cmd *cobra.Command, resume bool, account, approval, proof string) error {
	switch {
	case resume && !only(cmd, "hervat", profileFlag, "bewijs", "akkoord"):
		return usageError{errors.New("--hervat gaat alleen samen met --profiel, --akkoord en --bewijs: het stuurt precies hetzelfde bericht nog eens")}
	case approval != "" && !resume:
		return usageError{errors.New("--akkoord gaat samen met --hervat: het bericht staat al verzegeld klaar")}
	case account != "" && proof != "":
		return usageError{errors.New("met --voor-akkoord wordt er niets verstuurd en is er nog geen bewijs; geef --bewijs bij --hervat")}
	}
	return nil
}

// only reports whether no other flags were given.
func only(cmd *cobra.Command, names ...string) bool {
	all := true
	cmd.Flags().Visit(func(f *pflag.Flag) { all = all && slices.Contains(names, f.Name) })
	return all
}

// forApproval seals a message, keeps it here and writes what a colleague has to see before they sign.
func forApproval(ctx context.Context, cmd *cobra.Command, c *client.Client, d client.Draft, path string) error {
	sent, account, err := c.ForApproval(ctx, d)
	if err != nil {
		return err
	}
	if err := createFile(path, account, 0o600); err != nil {
		return errors.Join(err, c.Abandon(sent.ID)) // nobody could ever sign for it
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "Bericht %s is verzegeld en ondertekend, en NIET verstuurd. Zaak: %s\n", sent.ID, sent.Case)
	showWithoutOfficer(out, sent)
	showWithoutHit(out, sent)
	fmt.Fprintf(out, "1. Geef %s aan een collega en laat de inhoud zien; die voert uit:\n", shell.Quote(path))
	fmt.Fprintf(out, "     sluis cosign --profiel MAP %s --uit akkoord.jws\n", shell.Quote(path))
	fmt.Fprintf(out, "2. Verstuur het binnen 24 uur met het bestand dat u terugkrijgt:\n     sluis send --profiel %s --hervat --akkoord akkoord.jws\n", shell.Quote(c.Profile().Dir))
	return nil
}

// sendApproved sends a message for which a colleague signed; id may be "".
func sendApproved(ctx context.Context, cmd *cobra.Command, c *client.Client, id, approval string, kept receipts) error {
	compact, err := readApproval(cmd, approval)
	if err != nil {
		return err
	}
	if err := kept.open(); err != nil {
		return err
	}
	sent, err := c.ResumeCoSigned(ctx, id, compact)
	if err != nil {
		return notDelivered(c.Profile().Dir, sent, errors.Join(err, kept.close()))
	}
	showSent(cmd.OutOrStdout(), sent)
	return kept.keep(sent)
}

// awaiting says how a message goes on for which a colleague has yet to sign.
func awaiting(c *client.Client, p client.Pending) string {
	return fmt.Sprintf("bericht %s (%s, %s) is niet verstuurd: het wacht op het akkoord van een collega. Hebt u dat, dan:\n  sluis send --profiel %s --hervat --akkoord akkoord.jws",
		p.ID, p.Kind, moment(p.Time), shell.Quote(c.Profile().Dir))
}
