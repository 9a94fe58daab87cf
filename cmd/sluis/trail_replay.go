package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/policy"
	"github.com/sluis-gateway/sluis/internal/replay"
	"github.com/sluis-gateway/sluis/internal/tlog"
	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

func newTrailReplayCommand() *cobra.Command {
	var profile, dir, key, why string
	var self bool
	cmd := &cobra.Command{
		Use:   "replay NR",
		Short: "Een besluit opnieuw nemen, met de regels van die dag",
		Long: `Neemt het besluit van een auditregel opnieuw, op de feiten die toen zijn vastgelegd en met de regels die toen golden. NR is het nummer
van die regel: van een bericht dat is aangenomen, die voor de regel van het ontvangstbewijs.

Met --profiel vraagt u het aan de sluis; dat u kijkt, en waarom, wordt vastgelegd. Met --zelf erbij besluit deze computer, met de
regels en het convenant die in de auditregel staan: u hoeft de sluis dan niet te geloven. Met --dir leest u, zonder een sluis die
draait, de map van een sluis of een kopie van de map met de database; eerst wordt dan het hele auditspoor nagekeken.

Eindigt met 0 als het besluit hetzelfde is, en anders met 1.`,
		Example: "  sluis trail replay --profiel vc-1 12\n  sluis trail replay --profiel vc-1 --zelf 12\n  sluis trail replay --dir /var/lib/sluis 12",
		Args:    exactArgs("NR"),
		RunE: func(cmd *cobra.Command, args []string) error {
			nr, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || nr < 0 {
				return usageError{errors.New("NR is het nummer van een auditregel")}
			}
			if (profile == "") == (dir == "") || self && profile == "" {
				return usageError{errors.New("geef --profiel (met of zonder --zelf), of --dir")}
			}
			var r replay.Replayed
			if dir != "" {
				r, err = replayFromFolder(cmd.Context(), dir, key, nr)
			} else {
				r, err = replayAtGateway(cmd.Context(), profile, client.LookReason(why), nr, self)
			}
			if err != nil {
				return err
			}
			return showReplay(cmd.OutOrStdout(), r)
		},
	}
	cmd.Flags().StringVar(&profile, profileFlag, "", "map van uw profiel")
	cmd.Flags().StringVar(&dir, "dir", "", "map van een sluis, om zonder sluis te kijken")
	cmd.Flags().StringVar(&key, "sleutel", "", "bij --dir: openbare sleutel van het auditspoor (vkey), of een bestand daarmee")
	cmd.Flags().StringVar(&why, "logdoel", string(client.Lawfulness), "waarom u kijkt: rechtmatigheid, interne-controle, beveiliging of strafprocedure")
	cmd.Flags().BoolVar(&self, "zelf", false, "laat deze computer besluiten, in plaats van de sluis te geloven")
	return cmd
}

// replayAtGateway asks the gateway, and decides here too when the caller wants that.
func replayAtGateway(ctx context.Context, profile string, why client.LookReason, nr int64, self bool) (replay.Replayed, error) {
	c, err := openClient(profile)
	if err != nil {
		return replay.Replayed{}, err
	}
	defer c.Close()
	said, record, err := c.Replay(ctx, nr, why)
	if err != nil {
		return replay.Replayed{}, withHint(err)
	}
	if !self {
		return replay.Replayed{
			Nr: said.Nr, Same: said.Same, Then: replay.Outcome(said.Then), Now: replay.Outcome(said.Now), Bundle: said.Rules, Convenant: said.Convenant,
		}, nil
	}
	text, err := c.Rules(ctx, said.Rules)
	if err != nil {
		return replay.Replayed{}, withHint(err)
	}
	bundle, err := policy.ParseBundle(text)
	if err != nil {
		return replay.Replayed{}, err
	}
	var agreed *convenant.Convenant
	if record.Convenant != nil && said.Convenant != "" {
		if agreed, err = c.FetchConvenant(ctx, message.ConvenantRef{ID: record.Convenant.ID, Version: record.Convenant.Version}); err != nil {
			return replay.Replayed{}, withHint(err)
		}
	}
	return replay.Decide(ctx, record, bundle, agreed)
}

// replayFromFolder decides with what a gateway's folder holds, after checking the whole trail.
func replayFromFolder(ctx context.Context, dir, key string, nr int64) (replay.Replayed, error) {
	names, _, err := logNames(filepath.Join(dir, "log.key"), key)
	if err != nil {
		return replay.Replayed{}, err
	}
	if _, err := (trailcheck.Trail{Dir: dir, Names: names}).Verify(ctx); err != nil {
		return replay.Replayed{}, trailError(err)
	}
	kept, err := trailcheck.Read(ctx, dir, nr)
	if err != nil {
		return replay.Replayed{}, trailError(err)
	}
	record, err := tlog.ParseRecord(kept.Record)
	if err != nil {
		return replay.Replayed{}, err
	}
	var agreed *convenant.Convenant
	if kept.Convenant != nil {
		if agreed, err = convenant.ParseCanonical(kept.Convenant); err != nil {
			return replay.Replayed{}, fmt.Errorf("het bewaarde convenant is niet te lezen: %w", err)
		}
	}
	for _, text := range kept.Rules {
		bundle, err := policy.ParseBundle(text)
		if err != nil {
			return replay.Replayed{}, fmt.Errorf("bewaarde regels zijn niet te lezen: %w", err)
		}
		r, err := replay.Decide(ctx, record, bundle, agreed)
		if !errors.Is(err, replay.ErrOtherRules) {
			return r, err
		}
	}
	return replay.Replayed{}, replay.ErrOtherRules
}

// errOtherOutcome makes a difference count for scripts; what differs stands on standard output.
var errOtherOutcome = errors.New("het besluit komt nu anders uit; zoek uit hoe dat kan")

func showReplay(out io.Writer, r replay.Replayed) error {
	say := func(what string, o replay.Outcome) {
		fmt.Fprintf(out, "%s %s", what, o.Decision)
		if len(o.Reasons) > 0 {
			fmt.Fprintf(out, " (%s)", strings.Join(o.Reasons, ", "))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "Auditregel %d\n", r.Nr)
	say("toen:", r.Then)
	say("nu:  ", r.Now)
	fmt.Fprintf(out, "regels van die dag: %s\n", r.Bundle)
	if r.Convenant != "" {
		fmt.Fprintf(out, "convenant: %s\n", r.Convenant)
	}
	if !r.Same {
		return errOtherOutcome
	}
	fmt.Fprintln(out, "Het besluit is hetzelfde.")
	return nil
}
