package main

import (
	"context"
	"errors"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

func newMotivationCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "motivation BERICHT",
		Short: "Als privacyfunctionaris de verzegelde motivering van een bericht lezen",
		Long: "Haalt de motivering bij een crisis of uitzondering op, controleert van wie die is en opent hem. Alleen de\n" +
			"privacyfunctionarissen van de betrokken organisaties kunnen dat. Dat u keek, staat in het auditspoor.",
		Example: "  sluis motivation --profiel pf-1 019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b11",
		Args:    exactArgs("BERICHT"),
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		text, err := c.Motivation(ctx, args[0])
		var cannot *client.UnreadableError
		if errors.As(err, &cannot) { // its cause is for programs: shown, it would be a list of faults that this reader cannot mend
			return errors.New(cannot.Error())
		}
		var no *client.Problem
		if errors.As(err, &no) && no.Status == http.StatusForbidden { // its words are about messages, of which this is a part
			return errors.New("dit kunnen alleen de privacyfunctionarissen van de betrokken organisaties lezen, en op uw kaart staat die functie niet")
		}
		if err != nil {
			return err
		}
		_, err = cmd.OutOrStdout().Write(append(visible([]byte(text)), '\n'))
		return err
	})
}
