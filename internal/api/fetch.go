package api

import (
	"fmt"
	"io"
	"net/http"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/relay"
)

// getPayload and getMotivation give an age file as it was sent. That it was fetched is recorded before the first byte goes.
func (s *server) getPayload(k *call) error    { return s.fetch(k, relay.PayloadPart) }
func (s *server) getMotivation(k *call) error { return s.fetch(k, relay.MotivationPart) }

func (s *server) fetch(k *call, part relay.Part) error {
	id, err := k.id()
	if err != nil {
		return err
	}
	file, length, err := s.Relay.Fetch(k.Request().Context(), k.caller, id, part)
	if err != nil {
		return err
	}
	defer file.Close()
	h := k.Response().Header()
	h.Set("Content-Type", typeBytes)
	h.Set("Content-Length", strconv.FormatInt(length, 10))
	k.Response().WriteHeader(http.StatusOK)
	n, err := io.Copy(k.Response(), file)
	if err == nil && n != length {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return fmt.Errorf("sending the %s of a message after %d of %d bytes: %w", part, n, length, err)
	}
	return nil
}

// postConfirmation takes a bevestiging+jws.
func (s *server) postConfirmation(k *call) error {
	id, err := k.id()
	if err != nil {
		return err
	}
	compact, err := k.body()
	if err != nil {
		return err
	}
	m, receipt, err := s.Relay.Confirm(k.Request().Context(), k.caller, id, string(compact))
	if err != nil {
		return err
	}
	return k.json(http.StatusCreated, map[string]any{"status": m.Status(), "ontvangst": receipt})
}
