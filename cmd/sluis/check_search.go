package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
)

// searches are the words for what a question can leave open.
var searches = map[string]client.SearchFor{"met-wie": client.Recipients, "soorten": client.Kinds, "wie-van-ons": client.Participants}

// searchNeeds are the flags that a search cannot do without.
func searchNeeds(what string) []string {
	return map[client.SearchFor][]string{
		client.Recipients: {"soort"}, client.Kinds: {"naar"}, client.Participants: {"soort", "naar"},
	}[searches[what]]
}

// checkSearch asks with whom, what, or who. It needs less than a question about one message: what is not said is open.
func checkSearch(ctx context.Context, cmd *cobra.Command, c *client.Client, f *draftFlags, what string) error {
	want, ok := searches[what]
	if !ok {
		return usageError{errors.New("--zoek is met-wie, soorten of wie-van-ons")}
	}
	d, err := f.draft()
	if err != nil {
		return err
	}
	if err := errors.Join(newest(ctx, c, &d), answer(ctx, c, &d)); err != nil {
		return err
	}
	found, err := c.Search(ctx, d, want)
	if err != nil {
		return err
	}
	showFound(cmd.OutOrStdout(), want, found)
	if len(found.Allowed) == 0 {
		return errNotAllowed
	}
	return nil
}

// nobodyYet says that nothing may go as it was asked, but that something could.
var nobodyYet = map[client.SearchFor]string{client.Recipients: "Zo mag het nog met niemand.", client.Kinds: "Zo mag het nog met geen enkele soort bericht.",
	client.Participants: "Zo mag niemand van uw organisatie het nog."}

func showFound(out io.Writer, want client.SearchFor, f client.Findings) {
	switch {
	case len(f.Allowed) > 0:
		fmt.Fprintln(out, "Ja, dat mag:")
	case len(f.Nearly) > 0:
		fmt.Fprintln(out, nobodyYet[want])
	default:
		fmt.Fprintln(out, "Nee: er is geen afspraak die dit toelaat.")
	}
	for _, one := range f.Allowed {
		fmt.Fprintf(out, "  %s\n", named(one))
		var told []string
		for _, a := range one.Under {
			line := fmt.Sprintf("%s/%d voor %s; u mag delen: %s", a.Convenant.ID, a.Convenant.Version, a.Purpose, strings.Join(texts(a.Categories), ", "))
			if !slices.Contains(told, line) { // several legal bases can lead to the same
				told = append(told, line)
				fmt.Fprintf(out, "    %s\n", line)
			}
		}
	}
	if len(f.Nearly) > 0 {
		fmt.Fprintln(out, "Onder voorwaarden, want hier moet u eerst iets doen:")
	}
	for _, one := range f.Nearly {
		fmt.Fprintf(out, "  %s\n", named(one))
		for _, r := range one.Reasons {
			fmt.Fprintf(out, "    - %s\n", r)
		}
		if how := howToState(one.Reasons); how != "" {
			fmt.Fprintf(out, "    %s\n", how)
		}
	}
	if f.More {
		fmt.Fprintln(out, "Er is meer. Noem ook een convenant, of een ontvanger.")
	}
}

func named(f client.Finding) string {
	if f.Called == "" {
		return f.Name
	}
	return f.Name + " (" + f.Called + ")"
}
