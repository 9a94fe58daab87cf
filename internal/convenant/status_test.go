package convenant_test

import (
	"strings"
	"testing"
)

// TestStatus: where each version is in its life, on a day, for some parties.
func TestStatus(t *testing.T) {
	const (
		one   = "1 01-01 31-12 alle"
		two   = "2 01-01 31-12 alle"
		july  = "2 01-07 31-12 alle"
		brief = "1 01-01 10-06 alle"
		each  = "1 01-01 31-12 per-partij"
		each2 = "2 01-01 31-12 per-partij"
		four  = "4 01-01 31-12 alle"
	)
	type asked map[string]string // day, and for whom: the status of each version
	ask := func(pairs ...string) asked {
		a := asked{}
		for i := 0; i < len(pairs); i += 2 {
			a[pairs[i]] = pairs[i+1]
		}
		return a
	}
	for name, c := range map[string]struct {
		versions []string
		said     string
		want     asked
	}{
		"nobody signed":                       {[]string{one}, "", ask("5", "concept")},
		"one is missing":                      {[]string{one}, "1/1:gp+", ask("5", "concept")},
		"all signed":                          {[]string{one}, "1/1:gp+ 3/1:s+", ask("5", "van-kracht", "5 ps", "van-kracht", "5 s", "van-kracht")},
		"its day has not come":                {[]string{july}, "1/2:gps+", ask("5", "ondertekend", "30", "ondertekend", "31", "van-kracht")},
		"its last day is over":                {[]string{brief}, "1/1:gps+", ask("10", "van-kracht", "11", "vervallen")},
		"a draft that nobody finished":        {[]string{brief}, "1/1:gp+", ask("11", "vervallen")},
		"one said no":                         {[]string{one}, "1/1:gp+ sx", ask("5", "afgewezen")},
		"no, and yes after all":               {[]string{one}, "1/1:gp+ sx 2/1:s+", ask("5", "van-kracht")},
		"signing twice":                       {[]string{one}, "1/1:gps+ 2/1:s+", ask("5", "van-kracht")},
		"one withdraws, it is over for all":   {[]string{one}, "1/1:gps+ 2/1:p-", ask("5", "ingetrokken", "5 gs", "ingetrokken")},
		"one rejects what was in force":       {[]string{one}, "1/1:gps+ 2/1:px", ask("5", "ingetrokken")},
		"withdrawn before all signed":         {[]string{one}, "1/1:gp+ 2/1:p-", ask("5", "ingetrokken")},
		"one came back":                       {[]string{one}, "1/1:gps+ 2/1:p- 3/1:p+", ask("5", "van-kracht")},
		"a newer draft replaces nothing":      {[]string{one, two}, "1/1:gps+ 2/2:gp+", ask("5", "van-kracht concept")},
		"a newer one that was rejected":       {[]string{one, two}, "1/1:gps+ 2/2:gp+ sx", ask("5", "van-kracht afgewezen")},
		"a newer one replaces":                {[]string{one, two}, "1/1:gps+ 2/2:gps+", ask("5", "vervangen/2 van-kracht", "5 ps", "vervangen/2 van-kracht")},
		"and one whose day must come":         {[]string{one, july}, "1/1:gps+ 2/2:gps+", ask("30", "van-kracht ondertekend", "31", "vervangen/2 van-kracht")},
		"withdrawn before its day":            {[]string{one, july}, "1/1:gps+ 2/2:gps+ 5/2:p-", ask("31", "van-kracht ingetrokken")},
		"withdrawing does not revive":         {[]string{one, two}, "1/1:gps+ 2/2:gps+ 3/2:p-", ask("5", "vervangen/2 ingetrokken")},
		"nor does lapsing":                    {[]string{one, "2 01-01 10-06 alle"}, "1/1:gps+ 2/2:gps+", ask("11", "vervangen/2 vervallen")},
		"nor signing the old one again":       {[]string{one, two}, "1/1:gps+ 2/2:gps+ 3/2:p- 4/1:gps+", ask("5", "vervangen/2 ingetrokken")},
		"an old draft comes too late":         {[]string{one, two}, "1/1:gp+ 2/2:gps+ 3/1:s+", ask("5", "vervangen/2 van-kracht")},
		"a gap in the numbers":                {[]string{one, four}, "1/1:gps+ 2/4:gps+", ask("5", "vervangen/4 van-kracht")},
		"a middle one that never was":         {[]string{one, two, "3 01-01 31-12 alle"}, "1/1:gps+ 2/2:gp+ 3/3:gps+", ask("5", "vervangen/3 vervangen/3 van-kracht")},
		"three in turn":                       {[]string{one, two, "3 01-01 31-12 alle"}, "1/1:gps+ 2/2:gps+ 3/3:gps+", ask("5", "vervangen/3 vervangen/3 van-kracht")},
		"in force while nobody looked":        {[]string{one, "2 05-06 09-06 alle"}, "1/1:gps+ 2/2:gps+", ask("4", "van-kracht ondertekend", "20", "vervangen/2 vervallen")},
		"per party: two are enough":           {[]string{each}, "1/1:ps+", ask("5", "van-kracht", "5 ps", "van-kracht", "5 s", "van-kracht", "5 g", "concept", "5 gs", "concept")},
		"per party: one is not":               {[]string{each}, "1/1:s+", ask("5", "concept", "5 s", "ondertekend", "5 ps", "concept")},
		"per party: withdrawn for that party": {[]string{each}, "1/1:gps+ 2/1:p-", ask("5", "van-kracht", "5 p", "ingetrokken", "5 gs", "van-kracht", "5 ps", "ingetrokken")},
		"per party: too few are left":         {[]string{each}, "1/1:gps+ 2/1:ps-", ask("5", "ingetrokken", "5 g", "ondertekend")},
		"per party: nobody wants it":          {[]string{each}, "1/1:gpx", ask("5", "afgewezen")},
		"per party: replaced by pair":         {[]string{each, each2}, "1/1:gps+ 2/2:ps+", ask("5 ps", "vervangen/2 van-kracht", "5 gs", "van-kracht concept", "5", "van-kracht van-kracht")},
		"per party: replaced for all":         {[]string{each, each2}, "1/1:gps+ 2/2:ps+ 3/2:g+", ask("5", "vervangen/2 van-kracht", "5 gs", "vervangen/2 van-kracht")},
		"per party: does not revive":          {[]string{each, each2}, "1/1:gps+ 2/2:ps+ 3/2:s-", ask("5 ps", "vervangen/2 ingetrokken", "5 gs", "van-kracht ingetrokken")},
		"per party: who is left out":          {[]string{each, each2 + " g"}, "1/1:gps+ 2/2:ps+", ask("5 gs", "vervangen/2 concept", "5 ps", "vervangen/2 van-kracht")},
		"per party after all":                 {[]string{one, each2}, "1/1:gps+ 2/2:ps+", ask("5 ps", "vervangen/2 van-kracht", "5 gs", "van-kracht concept", "5", "van-kracht van-kracht")},
		"all after per party":                 {[]string{each, two}, "1/1:gs+ 2/2:gps+", ask("5 gs", "vervangen/2 van-kracht", "5", "vervangen/2 van-kracht")},
	} {
		t.Run(name, func(t *testing.T) {
			line := story(t, c.versions, c.said)
			for when, want := range c.want {
				day, who, _ := strings.Cut(when, " ")
				if got := told(line, number(t, day), who); got != want {
					t.Errorf("on day %s for %q: %s, want %s", day, who, got, want)
				}
			}
		})
	}
}
