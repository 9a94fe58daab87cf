package client

import (
	"context"
	"errors"
	"net/http"
)

// lostOf gives the messages of this profile that were lost with the end of the log under that name, of which kept records remain. Behind
// what was kept each is lost. Below it may be other records than there were: a gateway that had seen nothing of them went on from an older copy
// before somebody noticed. So the gateway is asked for what stood there, the newest first, until it knows one: all before that are there.
func (c *Client) lostOf(ctx context.Context, name string, kept int64) ([]string, error) {
	list, err := c.profile.sentUnder(name)
	if err != nil {
		return nil, err
	}
	first := len(list)
	for ; first > 0; first-- {
		last := list[first-1]
		if last.nr >= kept {
			continue
		}
		err := c.get(ctx, "/v1/berichten/"+last.id, nil, &struct{}{})
		var no *Problem
		if errors.As(err, &no) && no.Status == http.StatusNotFound {
			continue
		}
		if err != nil && !errors.As(err, &no) || cannotTell(err) {
			return nil, err
		}
		break // known, or this profile is (its card was lost too): then no more can be told
	}
	var ids []string
	for _, lost := range list[first:] {
		ids = append(ids, lost.id)
	}
	return ids, nil
}
