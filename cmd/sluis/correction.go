package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/sluis-gateway/sluis/internal/client"
	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// corrected puts a correction in the case of the message that it corrects, and refuses one that names a message that was not sent: its
// recipient would not know what to put right. The file is where the content came from.
func corrected(ctx context.Context, c *client.Client, d *client.Draft, file string) error {
	var about struct {
		Message string `json:"bericht"`
	}
	info, _ := vocabulary.Default().Kind(d.Kind)
	if !info.Corrects || json.Unmarshal(d.Body, &about) != nil || !message.ValidID(about.Message) {
		return nil // of another kind, or a content whose faults are told all at once when it is checked
	}
	s, err := c.Message(ctx, about.Message)
	var no *client.Problem
	switch {
	case errors.As(err, &no) && no.Status == http.StatusNotFound:
		return fmt.Errorf("zet bij \"bericht\" in %s het nummer van het bericht dat niet klopte; zoek het op met: sluis inbox --verstuurd", file)
	case err != nil:
		return fmt.Errorf("het bericht dat u corrigeert: %w", err)
	}
	wrong := s.Envelope.Envelope()
	switch {
	case wrong.Sender.Party != c.Profile().OIN:
		return errors.New("dat bericht heeft uw organisatie niet verstuurd. Klopt er iets niet in wat u kreeg, vraag het dan de afzender")
	case d.Case != "" && d.Case != wrong.Case:
		return errors.New("het bericht dat u corrigeert, hoort bij een andere zaak; laat --zaak weg, dan komt de correctie vanzelf in de goede")
	}
	d.Case = wrong.Case
	return nil
}
