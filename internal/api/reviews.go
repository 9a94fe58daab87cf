package api

import (
	"net/http"
	"strconv"

	"github.com/sluis-gateway/sluis/internal/fault"
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
	after := int64(-1)
	if text, given := k.query["cursor"]; given {
		n, err := strconv.ParseUint(text, 10, 63)
		if after = int64(n); err != nil || len(text) > 15 {
			return malformed(fault.List{{Place: "cursor", Message: "moet de cursor uit een vorig antwoord zijn"}})
		}
	}
	// One more than a page, to know whether there is more.
	list, err := s.Relay.Reviews(k.Request().Context(), k.caller, after, pageSize+1)
	if err != nil {
		return err
	}
	var cursor *string
	if len(list) > pageSize {
		list = list[:pageSize]
		text := strconv.FormatInt(list[pageSize-1].Nr, 10)
		cursor = &text
	}
	out := make([]reviewLine, len(list))
	for i, v := range list {
		out[i] = reviewLine{v.Message, v.Case, v.Kind, v.Cause, utc(v.Due)}
	}
	return k.json(http.StatusOK, struct {
		Reviews []reviewLine `json:"beoordelingen"`
		Cursor  *string      `json:"cursor"`
	}{out, cursor})
}
