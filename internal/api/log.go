package api

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/sluis-gateway/sluis/internal/audit"
)

// getLogKey gives the vkey of the log, one line.
func (s *server) getLogKey(k *call) error { return k.text([]byte(s.LogKey + "\n")) }

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
