package api

import (
	"net/http"

	"github.com/sluis-gateway/sluis/internal/relay"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// reviewLine is an open review in a list: enough to find the message and to plan, and nothing of what it is about.
type reviewLine struct {
	Message string            `json:"bericht"`
	Case    string            `json:"zaak"`
	Kind    vocabulary.Kind   `json:"soort"`
	Cause   relay.ReviewCause `json:"aanleiding"`
	Until   string            `json:"tot"`
}

// getReviews gives the open reviews of the caller's party to its privacy officers, the oldest first.
func (s *server) getReviews(k *call) error {
	after, err := k.afterNumber()
	if err != nil {
		return err
	}
	list, err := s.Relay.Reviews(k.Request().Context(), k.caller, after, pageSize+1)
	if err != nil {
		return err
	}
	list, cursor := numberedPage(list, func(v relay.Review) int64 { return v.Nr })
	out := make([]reviewLine, len(list))
	for i, v := range list {
		out[i] = reviewLine{v.Message, v.Case, v.Kind, v.Cause, utc(v.Due)}
	}
	return k.json(http.StatusOK, struct {
		Reviews []reviewLine `json:"beoordelingen"`
		Cursor  *string      `json:"cursor"`
	}{out, cursor})
}
