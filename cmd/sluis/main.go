// Command sluis is the whole product in one binary: the gateway, the client of a participant, the tools of a party, and the
// demonstration. Each command has a file of its own that holds flags, wiring and printing, and nothing else.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run is main without the process: it gives the exit code. 0 done; 1 failed or refused; 2 wrong use of the command line.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "sluis: "+fileError(err).Error())
	var usage usageError
	if errors.As(err, &usage) {
		return 2
	}
	return 1
}

// usageError is a wrong use of the command line.
type usageError struct{ error }

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "sluis",
		Short:         "Sluis: berichten over jongeren, alleen voor een doel dat het convenant toestaat",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.ArbitraryArgs, // an unknown command comes to RunE, which says so
		RunE:          subcommandOnly,
	}
	speakDutch(root)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddCommand(
		// one line for each command, alphabetical: newCaseCommand(), …
		newCaseCommand(),
		newCheckCommand(),
		newConfigCommand(),
		newConfirmCommand(),
		newConvenantCommand(),
		newCosignCommand(),
		newDBCommand(),
		newDemoCommand(),
		newInboxCommand(),
		newKindCommand(),
		newMotivationCommand(),
		newReviewsCommand(),
		newPartyCommand(),
		newPKICommand(),
		newProfileCommand(),
		newReceiveCommand(),
		newSendCommand(),
		newServeCommand(),
		newTrailCommand(),
		newWordsCommand(),
		newWpgCommand(),
	)
	return root
}
