package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"
)

// Options of the demonstration.
type Options struct {
	Dir       string       // folder of its own; made when it is not there
	Once      bool         // play and stop, on free ports; else keep serving until the context ends
	FreePorts bool         // do not ask for the usual ports
	Out       io.Writer    // what people read
	Command   string       // how the user called sluis, for the commands to paste
	Log       *slog.Logger // of the gateway
}

// ErrOutcome says that something was not as it should be; what it was stands in the output.
var ErrOutcome = errors.New("niet alles liep zoals het hoort; zie de regels die met !! beginnen")

// play plays every scene; one that goes wrong does not keep the next from playing.
func (s *stage) play(ctx context.Context) {
	for _, scene := range []func(context.Context){
		s.caseP, s.caseN, s.crisisN, s.caseK, s.caseS, s.reportP, s.caseT, s.caseV, s.twoSchools,
		s.consult, s.perParty, s.handedBack, s.lapsed, s.refusals, s.account,
	} {
		scene(ctx)
	}
}

// grace is how long requests under way get to finish.
const grace = 10 * time.Second

// Run makes the region (or goes on with the one in the folder), plays, and serves. Its error is ErrOutcome, or what stood in the
// way of playing.
func Run(ctx context.Context, o Options) (err error) {
	s := &stage{folder: folder(o.Dir), out: o.Out}
	s.people.folder = s.folder
	made, err := s.folder.state()
	if err != nil {
		return err
	}
	if !made {
		fmt.Fprintf(o.Out, "Sluis maakt een voorbeeldregio in %s.\n\n", o.Dir)
		if err := s.folder.prepare(o.Once || o.FreePorts); err != nil {
			return err
		}
	}
	s.log = o.Log
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.end(ctx)) }()
	if !made {
		if err := s.found(ctx); err != nil {
			return err
		}
		if err := s.folder.examples(); err != nil {
			return err
		}
		if err := write(s.folder.finished(), []byte("De voorbeeldregio is compleet.\n")); err != nil {
			return err
		}
	}
	s.play(ctx)
	if s.failed > 0 {
		return ErrOutcome
	}
	if o.Once {
		fmt.Fprintln(o.Out, "\nAlles liep zoals het hoort.")
		return nil
	}
	s.hints(o)
	<-ctx.Done()
	fmt.Fprintln(o.Out, "\nSluis stopt.")
	return nil
}
