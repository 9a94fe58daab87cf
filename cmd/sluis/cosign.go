package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/jose"
	"github.com/sluis-gateway/sluis/internal/shell"
)

func newCosignCommand() *cobra.Command {
	var out string
	var yes bool
	cmd := &cobra.Command{
		Use:   "cosign BESTAND",
		Short: "Meetekenen met een bericht van een collega",
		Long: "Toont wat uw collega wil versturen: aan wie, waarvoor, op welke grond en welke gegevens. Klopt het, dan ondertekent u met uw eigen\n" +
			"sleutel en geeft u het nieuwe bestand aan uw collega, die het bericht verstuurt. De inhoud staat niet in het bestand: laat die zien.",
		Example: "  sluis cosign --profiel zc-1 verzoek.json --uit akkoord.jws",
		Args:    exactArgs("BESTAND"),
	}
	cmd.Flags().StringVar(&out, "uit", "", "bestand om uw akkoord in te bewaren")
	cmd.Flags().BoolVar(&yes, "ja", false, "ondertekenen zonder eerst te vragen")
	return withClient(cmd, []string{"uit"}, func(ctx context.Context, c *client.Client, args []string) error {
		data, err := readLimited(cmd, args[0], client.MaxAccount)
		if err != nil {
			return err
		}
		account, err := c.ReadAccount(ctx, data)
		if err != nil {
			return err
		}
		showAccount(cmd.OutOrStdout(), account)
		if !yes {
			if args[0] == "-" {
				return usageError{errors.New("komt het verzoek van de standaardinvoer, dan kan er niets gevraagd worden: geef --ja, of noem een bestand")}
			}
			fmt.Fprint(cmd.OutOrStdout(), "\nOndertekent u dit? Typ ja of nee: ")
			if !agrees(cmd.InOrStdin()) {
				return errors.New("niet ondertekend; er is niets bewaard of verstuurd")
			}
		}
		signed, err := c.CoSign(account)
		if err != nil {
			return err
		}
		if err := createFile(out, []byte(signed+"\n"), 0o600); err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Ondertekend. Geef %s aan uw collega; die verstuurt het bericht. Uw naam komt in het auditspoor.\n", shell.Quote(out))
		return nil
	})
}

// agrees takes only a whole yes.
func agrees(in io.Reader) bool {
	line, _ := bufio.NewReader(io.LimitReader(in, 100)).ReadString('\n') // the end of the input is a no, unless "ja" came before it
	return strings.EqualFold(strings.TrimSpace(line), "ja")
}

// readApproval reads what a colleague signed.
func readApproval(cmd *cobra.Command, path string) (string, error) {
	data, err := readLimited(cmd, path, jose.MaxCompactBytes+1)
	return trimmed(data), err
}
