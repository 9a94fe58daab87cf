package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

func newCaseCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "case ZAAK",
		Short: "De tijdlijn van een zaak: wie wat overnam, wat te laat is en wat u nu kunt doen",
		Long: "Toont elk bericht dat uw organisatie in deze zaak verstuurde of ontving, met per ontvanger wat die ondertekende en\n" +
			"wanneer. Laat pas los als er \"overgenomen\" staat. De termijnen komen uit het convenant en beginnen als de sluis het bericht\n" +
			"aanneemt. Alle handtekeningen worden op uw computer gecontroleerd.",
		Example: "  sluis case --profiel vc-1 019aa7b2-3c11-7d10-8f7e-2f6f3f0a9b10",
		Args:    exactArgs("ZAAK"),
	}
	return withClient(cmd, nil, func(ctx context.Context, c *client.Client, args []string) error {
		file, err := c.CaseFile(ctx, args[0])
		if err != nil {
			return err
		}
		out := cmd.OutOrStdout()
		if len(file) == 0 {
			fmt.Fprintln(out, "In deze zaak zijn geen berichten.")
			return nil
		}
		t := timeline{out: out, own: c.Profile(), profile: cmd.Flag(profileFlag).Value.String(), now: wallClock()}
		fmt.Fprintf(out, "Zaak %s: %s. Tijden zijn die van Nederland.\n", args[0], counted(len(file), "bericht", "berichten"))
		for _, m := range file {
			t.show(m)
		}
		t.conclude()
		if t.refused {
			return errors.New("niet alles in deze zaak klopt: zie de regels met LET OP")
		}
		return nil
	})
}

// timeline prints the messages of a case one after the other.
type timeline struct {
	out     io.Writer
	own     *client.Profile
	profile string // folder, as it was typed
	now     time.Time

	late    int // recipients that are late
	ours    int // what the own party should still do
	refused bool
}

func (t *timeline) show(m client.CaseMessage) {
	kind := string(m.Line.Kind)
	if label := vocabulary.Default().Label(kind); label != "" && label != kind {
		kind = label + " (" + kind + ")"
	}
	fmt.Fprintf(t.out, "\n%s  %s  bericht %s\n", moment(m.Line.Time), kind, m.Line.ID)
	if m.Err != nil {
		t.refused = true
		fmt.Fprintf(t.out, "  LET OP: %s\n", m.Err)
		return
	}
	e := m.Envelope.Envelope()
	fmt.Fprintf(t.out, "  van %s (%s)\n", who(e.Sender.Function, m.From, e.Sender.Party), e.Sender.Participant)
	for _, p := range m.Progress {
		t.recipient(m.Followed, p)
	}
}

func (t *timeline) recipient(f client.Followed, p client.Progress) {
	fmt.Fprintf(t.out, "  aan %s: %s\n", who(p.Function, p.Name, p.Party), state(p))
	if p.Answer != "" {
		fmt.Fprintf(t.out, "    beantwoord met bericht %s\n", p.Answer)
	}
	if p.Advice != nil {
		fmt.Fprintf(t.out, "    advies: %s\n", who(p.Advice.Function, p.Advised, p.Advice.Party))
	}
	if p.FollowedBy != "" {
		fmt.Fprintf(t.out, "    opnieuw of doorgestuurd met bericht %s\n", p.FollowedBy)
	}
	t.term(p)
	for _, line := range t.next(f, p) {
		fmt.Fprintf(t.out, "    %s\n", line)
	}
}

// term says by when a reaction was due.
func (t *timeline) term(p client.Progress) {
	switch {
	case p.Due.IsZero():
	case p.Late(t.now):
		t.late++
		fmt.Fprintf(t.out, "    TE LAAT sinds %s: %s heeft nog niet gereageerd (termijn: %s)\n", moment(p.Due), who(p.Function, p.Name, p.Party), p.Term.Words())
	case p.ReactedLate():
		fmt.Fprintf(t.out, "    reactie kwam te laat: %s, de termijn (%s) liep tot %s\n", moment(p.Reacted), p.Term.Words(), moment(p.Due))
	case !p.Reacted.IsZero():
		fmt.Fprintf(t.out, "    reactie op tijd (termijn: %s)\n", p.Term.Words())
	case p.FollowedBy == "":
		fmt.Fprintf(t.out, "    reactie uiterlijk %s (termijn: %s)\n", moment(p.Due), p.Term.Words())
	}
}

// conclude ends with what matters: whether somebody has to do something.
func (t *timeline) conclude() {
	fmt.Fprintln(t.out)
	if t.late > 0 {
		fmt.Fprintf(t.out, "Te laat: %s.\n", counted(t.late, "reactie", "reacties"))
	}
	switch {
	case t.ours > 0:
		fmt.Fprintf(t.out, "U moet nog iets doen: %s hierboven, bij \"Wat nu\".\n", counted(t.ours, "punt", "punten"))
	case t.late == 0 && !t.refused:
		fmt.Fprintln(t.out, "U hoeft nu niets te doen.")
	}
}

func counted(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, more)
}
