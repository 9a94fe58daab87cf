package client

import (
	"context"
	"iter"
	"net/url"
	"time"

	"github.com/sluis-gateway/sluis/internal/message"
	"github.com/sluis-gateway/sluis/internal/vocabulary"
)

// Review is something that a privacy officer of the own party has yet to judge. The gateway wrote it: nothing in it is proven until
// the message it names was looked at.
type Review struct {
	Message string // id
	Case    string
	Kind    vocabulary.Kind
	Cause   string    // motivering or niet-conform
	Due     time.Time // a sealed motivation is erased then; the review stays open
}

// Reviews gives the open reviews of the party, the oldest first, page by page. It is for a privacyfunctionaris; anybody else gets a
// *Problem with status 403. The iteration ends after an error.
func (c *Client) Reviews(ctx context.Context) iter.Seq2[Review, error] {
	return func(yield func(Review, error) bool) {
		asked := walked{}
		for query := (url.Values{}); ; {
			asked[query.Get("cursor")] = true
			var page struct {
				Reviews []reviewJSON `json:"beoordelingen"`
				Cursor  *string      `json:"cursor"`
			}
			if err := c.get(ctx, "/v1/beoordelingen", query, &page); err != nil {
				yield(Review{}, err)
				return
			}
			for _, line := range page.Reviews {
				if r, err := line.read(); !yield(r, err) || err != nil {
					return
				}
			}
			if page.Cursor == nil {
				return
			}
			if !asked.leadsOn(*page.Cursor) || len(page.Reviews) == 0 {
				yield(Review{}, badAnswer(nil)) // a list that does not end, or that ends before it says so
				return
			}
			query = url.Values{"cursor": {*page.Cursor}}
		}
	}
}

type reviewJSON struct {
	Message string    `json:"bericht"`
	Case    string    `json:"zaak"`
	Kind    string    `json:"soort"`
	Cause   string    `json:"aanleiding"`
	Until   time.Time `json:"tot"`
}

// read refuses what could not be an id or a code: these end up in paths and on screens.
func (r reviewJSON) read() (Review, error) {
	if !message.ValidID(r.Message) || !message.ValidID(r.Case) || !validID(r.Kind) || !validID(r.Cause) {
		return Review{}, badAnswer(nil)
	}
	return Review{r.Message, r.Case, vocabulary.Kind(r.Kind), r.Cause, r.Until}, nil
}
