package postgres

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/store/postgres/pgtest"
)

// TestStatusPointsOutWhatKeepsTooMuch: a server that logs what statements carry, or does not clear away what is erased, is pointed out; as
// it comes it is right.
func TestStatusPointsOutWhatKeepsTooMuch(t *testing.T) {
	for setting, want := range map[string]map[string]string{
		"":                                       {},
		"log_statement = 'mod'":                  {"log_parameter_max_length": "0"},
		"log_statement = 'ddl'":                  {},
		"log_transaction_sample_rate = 0.5":      {"log_parameter_max_length": "0"},
		"log_parameter_max_length_on_error = -1": {"log_parameter_max_length_on_error": "0"},
	} {
		db := pgtest.Shared(t).Database(t)
		if setting != "" {
			db.Cluster.Exec(t, db.Name, "ALTER DATABASE "+db.Name+" SET "+setting)
		}
		st, err := ReadStatus(t.Context(), Options{URL: db.Owner})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, s := range st.Settings {
			if s.Fault != "" {
				got[s.Name] = s.Fault
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with %q: %s", setting, diff)
		}
	}
}
