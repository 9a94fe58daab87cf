package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"filippo.io/torchwood"
	modtlog "golang.org/x/mod/sumdb/tlog"
)

// contains checks that a tree begins with a smaller one, with hashes from the gateway's tiles that are themselves proven to be of
// the larger tree. No tiles, no proof: then the answer is no.
func (c *Client) contains(ctx context.Context, large, small modtlog.Tree) error {
	if large.N == small.N {
		if large.Hash != small.Hash {
			return forked(nil)
		}
		return nil
	}
	if small.N == 0 {
		return nil
	}
	hashes := modtlog.TileHashReader(large, tiles{ctx, c})
	proof, err := modtlog.ProveTree(large.N, small.N, hashes)
	if err != nil {
		if cannotTell(err) {
			return err
		}
		return forked(err)
	}
	if err := modtlog.CheckTree(proof, large.N, large.Hash, small.N, small.Hash); err != nil {
		return forked(err)
	}
	return nil
}

// cannotTell reports that the tiles could not be had now, which says nothing about the log. A tile that is not there does.
func cannotTell(err error) bool {
	var gone *UnreachableError
	var no *Problem
	return errors.As(err, &gone) || errors.As(err, &no) && (no.Status >= 500 || no.Status == http.StatusTooManyRequests)
}

func forked(err error) *Refusal {
	return refuse(LogForked, err, "Het auditspoor van de sluis is niet meer het spoor dat u eerder zag: het is korter geworden, herschreven, of het bewijs van het tegendeel ontbreekt. ",
		"Gebruik deze sluis niet verder. Bewaar het bestand controlepunt en waarschuw de privacyfunctionaris.")
}

// tiles reads C2SP tlog-tiles from the gateway.
type tiles struct {
	ctx context.Context
	c   *Client
}

func (tiles) Height() int { return torchwood.TileHeight }

func (t tiles) ReadTiles(wanted []modtlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(wanted))
	for i, tile := range wanted {
		path := "/log/" + torchwood.TilePath(tile)
		a, err := t.c.do(t.ctx, request{method: http.MethodGet, path: path, accept: "application/octet-stream", anonymous: true, repeatable: true})
		if err != nil {
			return nil, fmt.Errorf("reading tile %s: %w", path, err)
		}
		data[i] = a.body
	}
	return data, nil
}

func (tiles) SaveTiles([]modtlog.Tile, [][]byte) {}
