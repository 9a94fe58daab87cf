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
	var body, proof, motivation string
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
		Args: noArgs,
	}
	f.register(cmd)
	flags := cmd.Flags()
	flags.StringVar(&body, "lading", "", "bestand met de inhoud (JSON), of - voor de standaardinvoer")
	flags.StringArrayVar(&attachments, "bijlage", nil, "bestand dat meegaat en wat erin staat, als BESTAND:categorie,categorie; mag vaker")
	flags.StringVar(&motivation, "motivering", "", "tekstbestand met uw motivering bij een crisis of uitzondering, voor de privacyfunctionarissen alleen")
	flags.BoolVar(&resume, "hervat", false, "verstuur nog eens wat verzegeld klaarstaat omdat er geen ontvangstbewijs kwam; alleen met --profiel en --bewijs")
	flags.StringVar(&proof, "bewijs", "", "bestand om het ontvangstbewijs in te bewaren; bij --hervat elk bewijs op een regel")
	needs := func() []string {
		if resume {
			return nil
		}
		return append(f.required(), "gegevens", "lading")
	}
	return withClientWhen(cmd, needs, func(ctx context.Context, c *client.Client, _ []string) error {
		if resume {
			return sendPending(ctx, cmd, c, receipts(proof))
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
		ids := make([]string, len(r.Participants))
		for i, p := range r.Participants {
			ids[i] = p.ID
		}
		fmt.Fprintf(out, "Aan: %s/%s (%s)\n", r.Party, r.Function, strings.Join(ids, ", "))
	}
	for _, oin := range sent.WithoutOfficer {
		fmt.Fprintf(out, "Let op: organisatie %s heeft geen privacyfunctionaris. Niemand daar kan uw motivering beoordelen.\n", oin)
	}
	showWithoutHit(out, sent)
	fmt.Fprintf(out, "Ontvangstbewijs: auditregel %d, gecontroleerd.\n", sent.Record.Nr)
}
