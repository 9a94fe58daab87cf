package postgres

import (
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// ForReading gives the connection for who only reads, such as the independent check of the trail. It is to a primary all the same: a
// replica that lags would look like a loss.
func (o Options) ForReading() (*pgx.ConnConfig, error) {
	c, err := o.connection()
	if err != nil {
		return nil, err
	}
	// Not by whether it can write, as elsewhere: this session cannot.
	c.ValidateConnect = pgconn.ValidateConnectTargetSessionAttrsPrimary
	return c, nil
}
