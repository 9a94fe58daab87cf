package gateway_test

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/audit"
	"github.com/sluis-gateway/sluis/internal/gateway"
	"github.com/sluis-gateway/sluis/internal/gateway/gatewaytest"
	"github.com/sluis-gateway/sluis/internal/store/sqlite"
	"github.com/sluis-gateway/sluis/internal/tlog"
)

// TestAGatewayThatWasOffTellsWhichDaysCame: once, at its next start, and not again at the one after that.
func TestAGatewayThatWasOffTellsWhichDaysCame(t *testing.T) {
	day := func(n int) string { return time.Now().AddDate(0, 0, n).Format(time.DateOnly) }
	r := gatewaytest.Start(t, gatewaytest.Agreeing(func(text []byte) []byte {
		return regexp.MustCompile(`(?m)^geldig: .*$`).ReplaceAll(text, fmt.Appendf(nil, "geldig: {van: %s, tot: %s}", day(2), day(5)))
	}))
	want := []string{}
	for _, days := range []int{0, 3, 3, 9, 9} { // tomorrow it is signed and waits; then its days have come, and gone
		switch days {
		case 3:
			want = []string{"van-kracht"}
		case 9:
			want = []string{"van-kracht", "vervallen"}
		}
		r.Restart(func(c *gateway.Config) { c.Now = func() time.Time { return time.Now().AddDate(0, 0, days) } })
		r.Stop() // which waits for what the clockwork began at once
		if got := toldOfConvenants(t, filepath.Join(r.Config.Dir, sqlite.FolderName, sqlite.FileName), string(r.Party("school").OIN)); !slices.Equal(got, want) {
			t.Errorf("after %d days the trail tells %v, want %v", days, got, want)
		}
		r.Restart()
	}
}

func toldOfConvenants(t *testing.T, database, oin string) []string {
	t.Helper()
	store, err := sqlite.Open(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	records, err := store.Search(t.Context(), audit.Query{Party: oin, Limit: audit.MaxFound})
	if err != nil {
		t.Fatal(err)
	}
	told := []string{}
	for _, canonical := range slices.Backward(records) {
		var record tlog.Record
		if err := json.Unmarshal(canonical, &record); err != nil {
			t.Fatal(err)
		}
		if record.Kind == tlog.Convenant && record.Decision != nil {
			told = append(told, *record.Decision)
		}
	}
	return told
}
