package gateway

import (
	"github.com/sluis-gateway/sluis/internal/store/daykey"
)

// What can be wrong with the folder of day keys at a start.
var ErrDayKeysElsewhere = daykey.ErrElsewhere

// DayKeysNotHereError: the log holds records, and the folder was never the one of its day keys. It says what the name of the log is.
type DayKeysNotHereError = daykey.NotHereError

// openDayKeys opens the folder, and sees that it is the one of this log: a gateway that makes day keys of its own beside those of the others
// would take in what they cannot give, and say of what waits that it was erased.
func (g *Gateway) openDayKeys(log string, begun bool) (err error) {
	if g.days, err = daykey.Open(g.config.dayKeysDir()); err != nil {
		return err
	}
	return g.days.Belong(log, begun)
}
