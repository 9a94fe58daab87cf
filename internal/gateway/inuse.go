package gateway

import "github.com/sluis-gateway/sluis/internal/store/sqlite"

// ErrInUse says that another gateway runs in this folder: an SQLite store has one writer.
var ErrInUse = sqlite.ErrInUse
