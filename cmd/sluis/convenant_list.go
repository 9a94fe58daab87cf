package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
)

func newConvenantListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "Welke convenanten er zijn, wat er geldt en wie nog moet ondertekenen",
		Example: "  sluis convenant list --profiel vc-1",
		Args:    noArgs,
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, _ []string) error {
		versions, err := c.Versions(ctx)
		if err != nil {
			return err
		}
		if len(versions) == 0 {
			fmt.Fprintln(cmd.OutOrStdout(), "Er zijn hier nog geen convenanten.")
		}
		for _, v := range versions {
			showVersion(cmd.OutOrStdout(), v)
		}
		return nil
	})
}

func showVersion(out io.Writer, v client.Version) {
	fmt.Fprintf(out, "%s/%d  %s\n  %s\n", v.Ref.ID, v.Ref.Version, lifeWords(v), v.Title)
	if v.Ends != "" {
		fmt.Fprintf(out, "  Loopt binnen 60 dagen af. Laat op tijd een nieuwe versie ondertekenen.\n")
	}
	for _, s := range []struct {
		verdict convenant.Verdict
		words   string
	}{{"", "Nog niet ondertekend door"}, {convenant.Rejected, "Afgewezen door"}, {convenant.Withdrawn, "Ingetrokken door"}} {
		var who []string
		for _, w := range v.Words {
			if w.Verdict == s.verdict {
				who = append(who, string(w.Party))
			}
		}
		if len(who) > 0 && v.Status != convenant.StatusReplaced && v.Status != convenant.StatusLapsed {
			fmt.Fprintf(out, "  %s: %s\n", s.words, strings.Join(who, ", "))
		}
	}
}

// lifeWords says where a version is in its life.
func lifeWords(v client.Version) string {
	switch v.Status {
	case convenant.StatusDraft:
		return "concept: geldt pas als iedereen heeft ondertekend"
	case convenant.StatusRejected:
		return "afgewezen: geldt niet"
	case convenant.StatusSigned:
		return "ondertekend: geldt vanaf " + v.From
	case convenant.StatusInForce:
		return "van kracht tot en met " + v.Last
	case convenant.StatusReplaced:
		return fmt.Sprintf("voorgoed vervangen door versie %d", v.ReplacedBy)
	case convenant.StatusWithdrawn:
		return "ingetrokken: geldt niet meer"
	case convenant.StatusLapsed:
		return "vervallen: de laatste dag was " + v.Last
	}
	return string(v.Status) // a word of a newer gateway must not be lost
}

func newConvenantGetCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "get NAAM/VERSIE",
		Short: "Een versie van een convenant ophalen, om te lezen wat u ondertekent",
		Long: "Geeft de tekst zoals die geschreven is, en controleert dat die hetzelfde zegt als wat er wordt ondertekend. Bewaar de tekst in\n" +
			"een bestand, lees dat, en onderteken dat bestand.",
		Example: "  sluis convenant get --profiel vc-1 denbosch-school-en-veiligheid/2 > convenant.yaml",
		Args:    exactArgs("NAAM/VERSIE"),
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		ref, err := readConvenantRef(args[0])
		if err != nil {
			return err
		}
		text, served, err := c.ConvenantText(ctx, ref)
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "Kenmerk: %s, gecontroleerd.\n", served.Digest())
		_, err = cmd.OutOrStdout().Write(text)
		return err
	})
}
