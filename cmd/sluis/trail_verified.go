package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/sluis-gateway/sluis/internal/trailcheck"
)

// How long a check takes before a person is told how far it is, and how often after that.
const (
	quietAtFirst = 3 * time.Second
	tellEvery    = time.Second
)

var errBrokenOff = errors.New("de controle is afgebroken voordat alles gelezen was")

// verified verifies a trail for whoever waits for it: at a terminal it tells how far it is, and Ctrl-C ends it. Of a check that was broken off
// what was found false by then is told, and nothing about the rest.
func verified(cmd *cobra.Command, t trailcheck.Trail) (trailcheck.Report, error) {
	told := &progress{out: cmd.ErrOrStderr(), now: time.Now, next: time.Now().Add(quietAtFirst)}
	if isTerminal(told.out) {
		t.Progress = told.tell
	}
	report, err := t.Verify(cmd.Context())
	told.clear()
	var untrue *trailcheck.False
	if err != nil && cmd.Context().Err() != nil && !errors.As(err, &untrue) {
		return trailcheck.Report{}, errBrokenOff
	}
	return report, err
}

// progress tells how far a check is, on one line that is written over.
type progress struct {
	out  io.Writer
	now  func() time.Time
	next time.Time // not before this
	line int       // how long what stands there is
}

func (p *progress) tell(done, of int64) {
	if now := p.now(); !now.Before(p.next) {
		p.next = now.Add(tellEvery)
		text := fmt.Sprintf("%d van %d regels gecontroleerd (%d%%)", done, of, 100*done/max(of, 1))
		fmt.Fprintf(p.out, "\r%-*s", p.line, text)
		p.line = len(text)
	}
}

// clear leaves the line empty for what comes.
func (p *progress) clear() {
	if p.line > 0 {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", p.line))
	}
}

func isTerminal(out io.Writer) bool {
	file, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
