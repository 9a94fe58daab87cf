package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
)

func newConvenantKeysCommand() *cobra.Command {
	var anchors string
	cmd := &cobra.Command{
		Use:   "keys BESTAND KAART...",
		Short: "De kaartsleutels van de partijen in een convenant zetten",
		Long: "Controleert de partijkaarten die u van de partijen kreeg, en zet de kaartsleutel van elke partij in BESTAND. De rest van het\n" +
			"bestand blijft zoals het is. Iedereen die tekent, vertrouwt daarna deze sleutels: laat elke partij haar kaartsleutel aan de\n" +
			"telefoon voorlezen.",
		Example: "  sluis convenant keys --ankers ankers convenant.yaml kaarten/politie.jws kaarten/school.jws",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return usageError{fmt.Errorf("gebruik: %s BESTAND KAART [KAART …]; noem minstens één kaart", cmd.CommandPath())}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&anchors, "ankers", "", "map met vertrouwde certificaten (*.pem, *.crt)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := required(cmd, "ankers"); err != nil {
			return err
		}
		yaml, err := readLimited(cmd, args[0], maxConvenant)
		if err != nil {
			return err
		}
		agreed, err := convenant.ParseYAML(yaml)
		if err != nil {
			return listed(err)
		}
		certs, err := pki.ReadAnchors(anchors)
		if err != nil {
			return err
		}
		cards, err := readPartyCards(cmd, party.NewAnchors(certs), agreed, args[1:])
		if err != nil {
			return err
		}
		keys := map[party.OIN]digest.SHA256{}
		for _, card := range cards {
			keys[card.Card().OIN] = card.CardKey()
		}
		if yaml, err = convenant.WithCardKeys(yaml, keys); err != nil {
			return fmt.Errorf("de kaartsleutels zijn niet in het bestand te zetten: %w", err)
		}
		if err := replaceFile(args[0], yaml); err != nil {
			return err
		}
		for _, card := range cards {
			fmt.Fprintf(cmd.OutOrStdout(), "%s (OIN %s): %s\n", card.Card().Name, card.Card().OIN, card.CardKey())
		}
		fmt.Fprintln(cmd.OutOrStdout(), "Laat elke partij haar kaartsleutel aan de telefoon voorlezen voordat u verdergaat.")
		return nil
	}
	return cmd
}

// readPartyCards verifies cards that parties gave, and that each is of a party of the convenant, in its role.
func readPartyCards(cmd *cobra.Command, anchors *party.Anchors, agreed *convenant.Convenant, files []string) ([]party.VerifiedCard, error) {
	var cards []party.VerifiedCard
	var wrong []error
	for _, file := range files {
		compact, err := readCard(cmd, file)
		if err != nil {
			return nil, err
		}
		card, err := anchors.VerifyParty(compact, wallClock())
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", file, listed(err)))
			continue
		}
		member, ok := agreed.Member(card.Card().OIN)
		switch {
		case !ok:
			wrong = append(wrong, fmt.Errorf("%s: deze partij (OIN %s) staat niet bij partijen in het convenant", file, card.Card().OIN))
		case member.Role != card.Card().Role:
			wrong = append(wrong, fmt.Errorf("%s: de kaart zegt dat deze partij %s is, het convenant zegt %s", file, label(card.Card().Role), label(member.Role)))
		}
		cards = append(cards, card)
	}
	return cards, errors.Join(wrong...)
}

// replaceFile puts another text in a file, whole or not at all.
func replaceFile(path string, data []byte) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	next, err := os.CreateTemp(filepath.Dir(path), ".sluis-*")
	if err != nil {
		return fmt.Errorf(cannotMake+": %w", err)
	}
	if err := errors.Join(next.Chmod(info.Mode().Perm()), fill(next, data)); err != nil {
		return err
	}
	if err := os.Rename(next.Name(), path); err != nil {
		return errors.Join(fmt.Errorf("kan %s niet schrijven: %w", path, err), os.Remove(next.Name()))
	}
	return nil
}
