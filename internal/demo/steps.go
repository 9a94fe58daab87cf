package demo

import (
	"context"
	"fmt"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
)

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
	s.done("%s: aangenomen, met bewijs in auditregel %d", what, sent.Record.Nr)
	return sent
}

// receive has an addressed person open a message and confirm it.
func (s *scene) receive(org, id, what string, sent client.Sent) client.Received {
	if s.err != nil {
		return client.Received{}
	}
	c, err := s.people.at(org, id)
	var got client.Received
	if err == nil {
		got, err = c.Receive(s.ctx, sent.ID)
	}
	if err == nil && !got.Conform() {
		err = fmt.Errorf("there are categories in it that were not declared: %v", got.NotDeclared)
	}
	var done client.Confirmed
	if err == nil {
		done, err = c.ConfirmReceived(s.ctx, got)
	}
	if err != nil {
		s.fail(what, err)
		return client.Received{}
	}
	if done.Status == message.Offered {
		s.done("%s: gelezen en bevestigd; een ander moet het nog ophalen", what)
	} else {
		s.done("%s: gelezen en bevestigd; de sluis heeft de lading gewist", what)
	}
	return got
}

// confirm has somebody say what becomes of a message.
func (s *scene) confirm(org, id, what string, sent client.Sent, kind message.ConfirmationKind) {
	s.answer(org, id, what, sent, kind, nil)
}

// handBack has somebody hand a message back, with the advice whom to send it to.
func (s *scene) handBack(org, id, what string, sent client.Sent, advice message.Advice) {
	s.answer(org, id, what, sent, message.HandedBack, &advice)
}

func (s *scene) answer(org, id, what string, sent client.Sent, kind message.ConfirmationKind, advice *message.Advice) {
	if s.err != nil {
		return
	}
	c, err := s.people.at(org, id)
	if err == nil {
		_, err = c.Confirm(s.ctx, sent.ID, kind, advice)
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

// step is anything else that must succeed, with what it shows.
func (s *scene) step(what, shows string, do func() error) {
	if s.err != nil {
		return
	}
	if err := do(); err != nil {
		s.fail(what, err)
		return
	}
	s.done("%s: %s", what, shows)
}
