package demo

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

// stage is where the scenes play: the region's people, and somebody who writes down what happens.
type stage struct {
	folder folder
	people people
	out    io.Writer
	failed int // outcomes that were not as they should be
}

// say prints one line: a mark, and what happened.
func (s *stage) say(mark, text string) { fmt.Fprintf(s.out, "%2s %s\n", mark, text) }

// heading prints the name of a scene.
func (s *stage) heading(text string) { fmt.Fprintf(s.out, "\n%s\n", text) }

// done notes that a step had the outcome that it should have; wrong that it had not.
func (s *stage) done(format string, args ...any) { s.say("✓", fmt.Sprintf(format, args...)) }

func (s *stage) wrong(format string, args ...any) {
	s.failed++
	s.say("!!", fmt.Sprintf(format, args...))
}

// scene is a course of steps; the first that fails ends it.
type scene struct {
	*stage
	ctx context.Context
	err error
}

// send has somebody send a message, and tells what the receipt proves.
func (s *scene) send(org, id, what string, d client.Draft) client.Sent {
	if s.err != nil {
		return client.Sent{}
	}
	var sent client.Sent
	c, err := s.people.at(org, id)
	if err == nil {
		sent, err = c.Send(s.ctx, d)
	}
	if err != nil {
		s.fail(what, err)
		return client.Sent{}
	}
	s.done("%s: aangenomen, bewezen als regel %d van het auditspoor", what, sent.Record.Nr)
	return sent
}

// receive has an addressed person open a message and confirm it.
func (s *scene) receive(org, id, what string, sent client.Sent) {
	if s.err != nil {
		return
	}
	c, err := s.people.at(org, id)
	var got client.Received
	if err == nil {
		got, err = c.Receive(s.ctx, sent.ID)
	}
	if err == nil && !got.Conform() {
		err = fmt.Errorf("there are categories in it that were not declared: %v", got.NotDeclared)
	}
	if err == nil {
		_, err = c.ConfirmReceived(s.ctx, got)
	}
	if err != nil {
		s.fail(what, err)
		return
	}
	s.done("%s: gelezen en bevestigd; de sluis heeft de lading gewist", what)
}

// confirm has somebody say what becomes of a message.
func (s *scene) confirm(org, id, what string, sent client.Sent, kind message.ConfirmationKind) {
	if s.err != nil {
		return
	}
	c, err := s.people.at(org, id)
	if err == nil {
		_, err = c.Confirm(s.ctx, sent.ID, kind, nil)
	}
	if err != nil {
		s.fail(what, err)
		return
	}
	s.done("%s: %s", what, kind)
}

func (s *scene) fail(what string, err error) {
	s.err = err
	s.wrong("%s: dit had moeten lukken: %v", what, err)
}

// refused has somebody send what must be refused for one reason, and tells the reason as the gateway gives it.
func (s *scene) refused(org, id, what, reason string, d client.Draft) {
	c, err := s.people.at(org, id)
	if err != nil {
		s.fail(what, err)
		return
	}
	sent, err := c.Send(s.ctx, d)
	var no *client.Problem
	switch {
	case err == nil:
		s.wrong("%s: dit had geweigerd moeten worden, en is aangenomen als regel %d", what, sent.Record.Nr)
		return
	case !errors.As(err, &no) || no.Status != 403:
		s.wrong("%s: geen weigering maar een fout: %v", what, err)
		return
	}
	for _, r := range no.Reasons {
		if r.Code == reason {
			s.say("✗", fmt.Sprintf("%s: geweigerd. %s", what, r))
			return
		}
	}
	s.wrong("%s: geweigerd om een andere reden dan %s: %v", what, reason, err)
}
