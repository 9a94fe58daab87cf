package client

import (
	"fmt"
	"os"

	"github.com/rogpeppe/go-internal/lockedfile"
)

// lock keeps other commands and connections from writing what the profile remembers (controlepunt, kaarten/) until release is
// called. Without it the older of two would be written last, and what a gateway showed to the other would be forgotten.
// Nothing is asked of the gateway while it is held.
func (p *Profile) lock() (release func(), err error) {
	held, err := lockedfile.OpenFile(p.path(fileLock), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("locking the profile: %w", err)
	}
	return func() { _ = held.Close() }, nil // nothing was written to it
}
