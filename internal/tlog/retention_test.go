package tlog_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sluis-gateway/sluis/internal/tlog"
)

func TestNewPruning(t *testing.T) {
	until := time.Date(2031, 11, 23, 0, 0, 0, 0, time.FixedZone("CET", 3600))
	got := string(tlog.NewPruning([]int64{15, 10, 12, 11}, until))
	if want := `{"aantal":4,"regels":[[10,12],[15,15]],"tot":"2031-11-22T23:00:00Z"}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// TestPruningLaw: the runs hold exactly the numbers that went in, in order, and touch nowhere.
func TestPruningLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nrs := rapid.SliceOfDistinct(rapid.Int64Range(0, 60), rapid.ID[int64]).Draw(t, "nrs")
		var p tlog.Pruning
		if err := json.Unmarshal(tlog.NewPruning(nrs, time.Now()), &p); err != nil {
			t.Fatal(err)
		}
		in, before := map[int64]bool{}, int64(-2)
		for _, run := range p.Ranges {
			if run[0] > run[1] || run[0] <= before+1 {
				t.Fatalf("runs %v", p.Ranges)
			}
			before = run[1]
			for nr := run[0]; nr <= run[1]; nr++ {
				in[nr] = true
			}
		}
		if len(in) != len(nrs) || p.Count != len(nrs) {
			t.Fatalf("%d numbers became %d (%d)", len(nrs), len(in), p.Count)
		}
		for _, nr := range nrs {
			if !in[nr] {
				t.Fatalf("%d is missing", nr)
			}
		}
	})
}
