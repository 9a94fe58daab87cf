package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// discretion reads the settings that decide how long the server itself keeps what Sluis forgets: its log may hold what is sent along with a
// statement, and without autovacuum erased ciphertext stays in the files. A gateway starts nevertheless: [ReadStatus] points them out.
func discretion(ctx context.Context, c *pgx.Conn) ([]Setting, error) {
	var autovacuum, length, lengthOnError string
	var logged bool
	err := row(ctx, c, `SELECT current_setting('autovacuum'), current_setting('log_parameter_max_length'), current_setting('log_parameter_max_length_on_error'),
			current_setting('log_statement') IN ('all', 'mod') OR current_setting('log_min_duration_statement') <> '-1'
			OR current_setting('log_min_duration_sample') <> '-1' OR current_setting('log_transaction_sample_rate') <> '0'`,
		&autovacuum, &length, &lengthOnError, &logged)
	if err != nil {
		return nil, err
	}
	list := []Setting{{Name: "autovacuum", Value: autovacuum}, {Name: "log_parameter_max_length", Value: length}, {Name: "log_parameter_max_length_on_error", Value: lengthOnError}}
	for i, wrong := range []struct {
		is   bool
		want string
	}{{autovacuum != "on", "on"}, {logged && length != "0", "0"}, {lengthOnError != "0", "0"}} {
		if wrong.is {
			list[i].Fault = wrong.want
		}
	}
	return list, nil
}
