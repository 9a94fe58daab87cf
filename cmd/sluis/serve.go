package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// grace is how long calls under way may take to end after SIGTERM (and after api.drain), before they are cut off.
const grace = 25 * time.Second

func newServeCommand() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Laat een sluis draaien",
		Long: `Laat een sluis draaien met de instellingen uit een bestand en uit de omgeving (SLUIS_SECTIE_SLEUTEL). Een onbekende of onjuiste
instelling is een reden om niet te starten. Stoppen: SIGTERM of Ctrl-C; wat onderweg is, wordt afgemaakt. Na SIGHUP leest de sluis
de map met regels (policy.dir) opnieuw: in haar geheel, of niet als er iets in fout is.`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config, err := gateway.Load(file, os.Environ())
			if err != nil {
				return configError(err)
			}
			logger := slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil))
			gateway.SetGarbage()
			// From before the start until the process is gone: a SIGHUP that nobody waits for would end it at once.
			hangups := make(chan os.Signal, 1)
			signal.Notify(hangups, syscall.SIGHUP)
			g, err := gateway.New(cmd.Context(), config, logger)
			if err != nil {
				return startError(err)
			}
			err = g.Start(cmd.Context())
			if err == nil {
				report(logger, systemdReady)
				reloadUntil(cmd.Context(), g, hangups)
				report(logger, systemdStopping)
			}
			stop, cancel := context.WithTimeout(context.WithoutCancel(cmd.Context()), config.API.Drain+grace)
			defer cancel()
			return errors.Join(err, g.Close(stop))
		},
	}
	cmd.Flags().StringVar(&file, "config", "", "bestand met instellingen (sluis.yaml)")
	return cmd
}

// reloadUntil has the rules read again after each SIGHUP, until ctx ends. What goes wrong stands in the log and in /readyz.
func reloadUntil(ctx context.Context, g *gateway.Gateway, hangups <-chan os.Signal) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-hangups:
			_ = g.Reload(ctx) // it logged why not
		}
	}
}

// report tells the service manager. That it does not hear it is no reason to stop: whoever waits for it sees that by itself.
func report(logger *slog.Logger, state string) {
	if err := tellSystemd(state); err != nil {
		logger.Warn("the service manager was not told", "state", state, "error", err.Error())
	}
}
