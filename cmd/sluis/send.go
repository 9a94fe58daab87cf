package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

func newSendCommand() *cobra.Command {
	var f draftFlags
	var body, proof, motivation, account, approval string
	var attachments []string
	var resume bool
	cmd := &cobra.Command{
		Use:   "send",
		Short: "Een bericht versturen",
		Long: "Controleert het bericht en de kaarten van de ontvangers, versleutelt het voor hen alleen, ondertekent het en verstuurt het.\n" +
			"De sluis krijgt de inhoud niet te zien. U krijgt een ontvangstbewijs, dat meteen wordt gecontroleerd.",
		Example: "  sluis send --profiel vc-1 --soort signaal --naar 00000099000000020000/wijkagent \\\n" +
			"    --convenant denbosch-school-en-veiligheid/1 --gegevens signaal,incident --fase 2 \\\n" +
			"    --verklaring oudersGeinformeerd,proportioneel --lading signaal.json",
		Args: func(cmd *cobra.Command, args []string) error {
			if resume && len(args) == 1 { // the number of one message
				return nil
			}
			return noArgs(cmd, args)
		},
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&body, "lading", "", "bestand met de inhoud (JSON), of - voor de standaardinvoer")
	flags.StringArrayVar(&attachments, "bijlage", nil, "bestand dat meegaat en wat erin staat, als BESTAND:categorie,categorie; mag vaker")
	flags.StringVar(&motivation, "motivering", "", "tekstbestand met uw motivering bij een crisis of uitzondering, voor de privacyfunctionarissen alleen")
	flags.BoolVar(&resume, "hervat", false, "verstuur wat verzegeld klaarstaat, of alleen BERICHT; alleen met --profiel, --akkoord en --bewijs")
	flags.StringVar(&account, "voor-akkoord", "", "verzegel het bericht, verstuur het niet, en schrijf in dit bestand wat een collega moet ondertekenen")
	flags.StringVar(&approval, "akkoord", "", "bestand waarmee uw collega meetekende; samen met --hervat")
	flags.StringVar(&proof, "bewijs", "", "bestand om het ontvangstbewijs in te bewaren; bij --hervat elk bewijs op een regel")
	needs := func() []string {
		if resume || approval != "" { // which stands there already
			return nil
		}
		return append(f.required(), "gegevens", "lading")
	}
	return withClientWhen(cmd, needs, func(ctx context.Context, c *client.Client, args []string) error {
		if err := approvalFlags(cmd, resume, account, approval, proof); err != nil {
			return err
		}
		switch id := strings.Join(args, ""); {
		case approval != "":
			return sendApproved(ctx, cmd, c, id, approval, receipts(proof))
		case resume:
			return sendPending(ctx, cmd, c, id, receipts(proof))
		}
		mentionPending(cmd, c)
		d, err := f.draft()
		if err != nil {
			return err
		}
		if d.Body, err = readBody(cmd, body); err != nil {
			return err
		}
		if d.Attachments, err = readAttachments(cmd, attachments, d.Categories); err != nil {
			return err
		}
		if motivation != "" {
			text, err := readLimited(cmd, motivation, message.MaxMotivation)
			if err != nil {
				return err
			}
			d.Motivation = string(text)
		}
		if err := errors.Join(newest(ctx, c, &d), answer(ctx, c, &d), corrected(ctx, c, &d, body)); err != nil {
			return err
		}
		if account != "" {
			return forApproval(ctx, cmd, c, d, account)
		}
		kept := receipts(proof)
		if err := kept.open(); err != nil {
			return err
		}
		sent, err := c.Send(ctx, d)
		if err != nil {
			return notDelivered(c.Profile().Dir, sent, errors.Join(err, kept.close()))
		}
		showSent(cmd.OutOrStdout(), sent)
		return kept.keep(sent)
	})
}

func showSent(out io.Writer, sent client.Sent) {
	fmt.Fprintf(out, "Bericht %s is aangenomen.\nZaak: %s\n", sent.ID, sent.Case)
	for _, r := range sent.Recipients {
		fmt.Fprintf(out, "Aan: %s/%s (%s)\n", r.Party, r.Function, addressees(r))
	}
	showWithoutOfficer(out, sent)
	showWithoutHit(out, sent)
	fmt.Fprintf(out, "Ontvangstbewijs: auditregel %d, gecontroleerd.\n", sent.Record.Nr)
}

func showWithoutOfficer(out io.Writer, sent client.Sent) {
	for _, oin := range sent.WithoutOfficer {
		fmt.Fprintf(out, "Let op: organisatie %s heeft geen privacyfunctionaris. Niemand daar kan uw motivering beoordelen.\n", oin)
	}
}
