package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"syscall"
	"time"

	"github.com/sluis-gateway/sluis/internal/gateway"
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
	g, err := start(ctx, s.folder, o.Log)
	if err != nil {
		return err
	}
	defer func() {
		s.people.close()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		err = errors.Join(err, g.Close(stop))
	}()
	if !made {
		if err := s.found(ctx, g.Origin(), []byte(g.LogVerifierKey()+"\n")); err != nil {
			return err
		}
		if err := s.folder.examples(); err != nil {
			return err
		}
		if err := write(s.folder.finished(), []byte("De voorbeeldregio is compleet.\n")); err != nil {
			return err
		}
	}
	s.caseP(ctx)
	s.caseN(ctx)
	s.refusals(ctx)
	if s.failed > 0 {
		return ErrOutcome
	}
	if o.Once {
		fmt.Fprintln(o.Out, "\nAlles liep zoals het hoort.")
		return nil
	}
	s.hints(o, g)
	<-ctx.Done()
	fmt.Fprintln(o.Out, "\nSluis stopt.")
	return nil
}

// start runs the gateway of the folder, on the configuration that `sluis serve --config` would use.
func start(ctx context.Context, f folder, log *slog.Logger) (*gateway.Gateway, error) {
	config, err := gateway.Load(f.config(), nil)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration of the demonstration: %w", err)
	}
	g, err := gateway.New(ctx, config, log)
	switch {
	case errors.Is(err, gateway.ErrInUse):
		return nil, fmt.Errorf("in de map %s draait al een sluis; stop die eerst, of kies een andere map met --dir", string(f))
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("een adres uit %s is bezet door een ander programma; stop dat, of kies een andere map met --dir", f.config())
	case err != nil:
		return nil, fmt.Errorf("building the gateway of the demonstration: %w", err)
	}
	if err := g.Start(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("starting the gateway of the demonstration: %w", err), g.Close(context.WithoutCancel(ctx)))
	}
	return g, nil
}
