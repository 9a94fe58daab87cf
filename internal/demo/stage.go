package demo

import (
	"fmt"
	"io"
	"log/slog"

	"github.com/sluis-gateway/sluis/internal/gateway"
)

// stage is where the scenes play: the region's people, and somebody who writes down what happens.
type stage struct {
	folder  folder
	people  people
	out     io.Writer
	log     *slog.Logger
	gateway *gateway.Gateway
	failed  int // outcomes that were not as they should be
	denied  int // messages that were refused, as they should be
}

// say prints one thing: a mark, and what happened.
func (s *stage) say(mark, text string) {
	io.WriteString(s.out, wrapped(fmt.Sprintf("%2s ", mark), text))
}

// heading prints the name of a scene.
func (s *stage) heading(text string) { io.WriteString(s.out, "\n"+wrapped("", text)) }

// done notes that a step had the outcome that it should have; wrong that it had not.
func (s *stage) done(format string, args ...any) { s.say("✓", fmt.Sprintf(format, args...)) }

func (s *stage) wrong(format string, args ...any) {
	s.failed++
	s.say("!!", fmt.Sprintf(format, args...))
}
