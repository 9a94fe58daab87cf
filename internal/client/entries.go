package client

import (
	"context"
	"iter"
)

// Entries gives everything that a Query asks for, in the order in which it was accepted, and asks for the next page when the one
// before was looked at: a party with years of messages need not hold them all. q.Wait counts for the first page alone. The first
// error is the last thing that comes.
func (c *Client) Entries(ctx context.Context, q Query) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for asked := (walked{}); ; q.Wait = 0 {
			asked[q.Cursor] = true
			page, err := c.List(ctx, q)
			if err == nil && page.Cursor != "" && page.Cursor != q.Cursor && !asked.leadsOn(page.Cursor) {
				err = badAnswer(nil) // it leads back to a page that we had: we would never come to an end
			}
			if err != nil {
				yield(Entry{}, err)
				return
			}
			for _, e := range page.Entries {
				if !yield(e, nil) {
					return
				}
			}
			if len(page.Entries) == 0 || page.Cursor == "" || page.Cursor == q.Cursor {
				return
			}
			q.Cursor = page.Cursor
		}
	}
}
