package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/fault"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/party"
	"github.com/sluis-gateway/sluis/internal/pki"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

const profileFlag = "profiel"

// softMemoryLimit is what a command needs for the largest message without hurry, in bytes. It is not a hard one.
const softMemoryLimit = 144 << 20

// wallClock is the time by which commands sign, count terms and print; only tests move it.
var wallClock = time.Now

// withClient gives a command its --profiel flag and runs it with the client of that profile.
func withClient(cmd *cobra.Command, needs []string, run func(context.Context, *client.Client, []string) error) *cobra.Command {
	return withClientWhen(cmd, func() []string { return needs }, run)
}

// withClientWhen is withClient for a command whose flags decide which others it needs.
func withClientWhen(cmd *cobra.Command, needs func() []string, run func(context.Context, *client.Client, []string) error) *cobra.Command {
	var dir string
	cmd.Flags().StringVar(&dir, profileFlag, "", "map van uw profiel (maak er een met: sluis profile new)")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := required(cmd, append([]string{profileFlag}, needs()...)...); err != nil {
			return err
		}
		c, err := openClient(dir)
		if err != nil {
			return err
		}
		defer c.Close()
		// A message with files is megabytes, several times over, and this runs on ordinary laptops: collect garbage sooner from here on.
		debug.SetMemoryLimit(softMemoryLimit)
		return withHint(listed(run(cmd.Context(), c, args)))
	}
	return cmd
}

func openClient(dir string) (*client.Client, error) {
	p, err := client.LoadProfile(dir)
	if err != nil {
		return nil, listed(err)
	}
	c, err := client.New(p, client.WithClock(wallClock))
	return c, listed(err)
}

// listed shows the faults of a list under each other.
func listed(err error) error {
	var faults fault.List
	if !errors.As(err, &faults) || len(faults) == 0 {
		return err
	}
	var b strings.Builder
	b.WriteString("er klopt iets niet:")
	for _, f := range faults {
		f.Place = counting.ReplaceAllStringFunc(f.Place, countFromOne)
		b.WriteString("\n  - " + f.String())
	}
	return errors.New(b.String())
}

// counting finds the places in a list that a path names, counted from 0 as programs do.
var counting = regexp.MustCompile(`\[\d{1,6}\]\.?`)

// countFromOne names a place in a list as people do.
func countFromOne(found string) string {
	digits, more := strings.CutSuffix(found, ".")
	n, err := strconv.Atoi(strings.Trim(digits, "[]"))
	if err != nil {
		return found
	}
	text := " nummer " + strconv.Itoa(n+1)
	if more {
		text += ", "
	}
	return text
}

// exactArgs wants as many arguments as it names.
func exactArgs(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != len(names) {
			return usageError{fmt.Errorf("gebruik: %s %s", cmd.CommandPath(), strings.Join(names, " "))}
		}
		return nil
	}
}

// readConvenantRef reads ID/versie.
func readConvenantRef(text string) (message.ConvenantRef, error) {
	id, version, ok := strings.Cut(text, "/")
	n, err := strconv.Atoi(version)
	if !ok || err != nil || n < 1 || id == "" {
		return message.ConvenantRef{}, usageError{errors.New("schrijf een convenant als NAAM/VERSIE, zoals denbosch-school-en-veiligheid/1")}
	}
	return message.ConvenantRef{ID: id, Version: n}, nil
}

// readTo reads OIN/functie, or OIN/functie=id,id to name the people.
func readTo(text string) (client.To, error) {
	wrong := usageError{errors.New("schrijf een ontvanger als OIN/functie, of als OIN/functie=deelnemer,deelnemer")}
	oin, rest, ok := strings.Cut(text, "/")
	parsed, err := party.ParseOIN(oin)
	if !ok || err != nil {
		return client.To{}, wrong
	}
	function, people, named := strings.Cut(rest, "=")
	if function == "" || named && people == "" {
		return client.To{}, wrong
	}
	to := client.To{Party: parsed, Function: vocabulary.Function(function)}
	if named {
		to.People = strings.Split(people, ",")
	}
	return to, nil
}

// partySigner reads the key and the certificate with which a party signs, from its `partij/` folder.
func partySigner(dir string) (pki.Identity, error) {
	id, err := pki.ReadCardSigner(dir)
	if err != nil {
		return pki.Identity{}, fmt.Errorf("de sleutel van uw organisatie is niet te gebruiken: %w", err)
	}
	return id, nil
}
