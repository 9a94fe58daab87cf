package api

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// getLogKey gives the vkeys of the log: a line for each name that it had, the first one first.
func (s *server) getLogKey(k *call) error { return k.text([]byte(s.LogKey + "\n")) }

// getLosses gives the records in which the log admits that it lost its end. Everybody may read them: they name no party, and a party must
// be able to learn of a loss before it trusts what the log is called now.
func (s *server) getLosses(k *call) error {
	list, err := s.Log.Losses(k.Request().Context())
	if err != nil {
		return fmt.Errorf("reading what the log lost: %w", err)
	}
	if list == nil {
		list = []tlog.Receipt{}
	}
	return k.json(http.StatusOK, struct {
		Losses []tlog.Receipt `json:"verliezen"`
	}{list})
}

// getCheckpoint and getTile follow C2SP tlog-tiles. Hash tiles are public: leaves are salted, so they give nothing away. Entry
// bundles are withheld (a written deviation): the records themselves are for the parties that are part of them.
func (s *server) getCheckpoint(k *call) error {
	signed, err := s.Log.Checkpoint(k.Request().Context())
	if err != nil {
		return fmt.Errorf("reading the newest checkpoint: %w", err)
	}
	if len(signed) == 0 {
		return errNoSuchPath // an empty log has signed nothing yet
	}
	return k.text(signed)
}

func (s *server) getTile(k *call) error {
	tile, err := s.Log.Tile(k.Request().Context(), "tile/"+k.Param("*"))
	if errors.Is(err, audit.ErrNotFound) {
		return errNoSuchPath
	}
	if err != nil {
		return fmt.Errorf("reading a tile: %w", err)
	}
	return k.Blob(http.StatusOK, typeBytes, tile)
}
