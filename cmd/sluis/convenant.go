package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
)

func newConvenantCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "convenant", Short: "Convenanten schrijven, nakijken, neerleggen en ondertekenen", RunE: subcommandOnly}
	cmd.AddCommand(
		newConvenantDiffCommand(),
		newConvenantGetCommand(),
		newConvenantKeysCommand(),
		newConvenantLintCommand(),
		newConvenantListCommand(),
		newConvenantPublishCommand(),
		newConvenantShowCommand(),
		newConvenantSignCommand(),
		newConvenantSimulateCommand(),
		newConvenantTestCommand(),
	)
	return cmd
}

// maxConvenant is the longest convenant that is read, in bytes.
const maxConvenant = 256 << 10

func newConvenantPublishCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "publish BESTAND",
		Short:   "Een concept van een convenant neerleggen, door de partij die de regie heeft",
		Example: "  sluis convenant publish --profiel regie convenant.yaml",
		Args:    exactArgs("BESTAND"),
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		yaml, err := readLimited(cmd, args[0], maxConvenant)
		if err != nil {
			return err
		}
		draft, record, err := c.PublishConvenant(ctx, yaml)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Convenant %s versie %d is neergelegd: auditregel %d, gecontroleerd.\nKenmerk: %s\nHet geldt pas als de partijen het hebben ondertekend.\n",
			draft.ID, draft.Version, record.Nr, draft.Digest())
		return nil
	})
}

func newConvenantSignCommand() *cobra.Command {
	var partyDir, verdict string
	cmd := &cobra.Command{
		Use:   "sign BESTAND",
		Short: "Een convenant ondertekenen namens uw organisatie",
		Long: "Ondertekent wat er in BESTAND staat. Lees dat bestand eerst zelf: uw organisatie vertrouwt daarna de sleutels die erin\n" +
			"staan. Wijkt het af van wat bij de sluis ligt, dan weigert de sluis de handtekening.",
		Example: "  sluis convenant sign --profiel regie --partij partij convenant.yaml",
		Args:    exactArgs("BESTAND"),
	}
	cmd.Flags().StringVar(&partyDir, "partij", "", "map met het certificaat en de sleutel van uw organisatie")
	cmd.Flags().StringVar(&verdict, "besluit", string(convenant.Agreed), "akkoord, afgewezen of ingetrokken")
	return withClient(cmd, []string{"partij"}, func(ctx context.Context, c *client.Client, args []string) error {
		v := convenant.Verdict(verdict)
		if v != convenant.Agreed && v != convenant.Rejected && v != convenant.Withdrawn {
			return usageError{errors.New("--besluit is akkoord, afgewezen of ingetrokken")}
		}
		yaml, err := readLimited(cmd, args[0], maxConvenant)
		if err != nil {
			return err
		}
		agreed, err := convenant.ParseYAML(yaml)
		if err != nil {
			return err
		}
		signer, err := partySigner(partyDir)
		if err != nil {
			return err
		}
		record, err := c.SignConvenant(ctx, agreed, v, signer.Key, signer.Chain)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Ondertekend: %s, convenant %s versie %d. Auditregel %d, gecontroleerd.\nKenmerk: %s\n", v, agreed.ID, agreed.Version, record.Nr, agreed.Digest())
		fmt.Fprint(cmd.OutOrStdout(), afterwards(v, agreed))
		return nil
	})
}

// afterwards says what a signature brings about, for who signs in the name of many.
func afterwards(v convenant.Verdict, agreed *convenant.Convenant) string {
	switch {
	case v == convenant.Withdrawn && agreed.PerParty:
		return "Vanaf nu kan niemand meer onder deze versie iets van of aan uw organisatie sturen. De andere partijen gaan door.\n" + onTheirWay
	case v == convenant.Withdrawn:
		return "Vanaf nu kan niemand meer onder deze versie iets sturen: ook de andere partijen niet.\n" + onTheirWay
	case v == convenant.Rejected:
		return "Deze versie geldt niet voor uw organisatie zolang u haar afwijst. Wat ervoor gold, verandert niet.\n"
	}
	return "Komt deze versie in werking, dan vervangt zij de oudere versies voorgoed. Wie nog moet ondertekenen, ziet u met: sluis convenant list\n"
}

const onTheirWay = "Berichten die onderweg zijn, blijven onderweg: de ontvanger kan ze ophalen en bevestigen tot hun termijn voorbij is.\n" +
	"Een oudere versie komt hierdoor niet terug.\n"
