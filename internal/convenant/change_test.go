package convenant_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/party"
)

// changes tells what changed in a line from the beginning of June up to a day: "2/1 van-kracht gps" is: on day 2, version 1.
func changes(line []convenant.Standing, was map[int][]party.OIN, after, until time.Time) []string {
	var list []string
	for _, c := range convenant.Changes(line, was, after, until) {
		var who strings.Builder
		for _, letter := range "gps" {
			if slices.Contains(c.Parties, letters[letter]) {
				who.WriteRune(letter)
			}
		}
		by := ""
		if c.By != 0 {
			by = fmt.Sprintf(" %d", c.By)
		}
		day := int(c.Since.Sub(onDay(0)).Hours()+12) / 24
		list = append(list, fmt.Sprintf("%d/%d %s%s %s", day, c.Version, c.Status, by, &who))
	}
	return list
}

func TestChanges(t *testing.T) {
	const one, two = "1 01-01 31-12 alle", "2 01-01 31-12 alle"
	const each, each2 = "1 01-01 31-12 per-partij", "2 01-01 31-12 per-partij"
	for name, c := range map[string]struct {
		versions []string
		said     string
		want     []string
	}{
		"nothing":         {[]string{one}, "1/1:gp+", nil},
		"a draft refused": {[]string{one}, "1/1:gp+ sx", nil},
		"signed":          {[]string{one}, "1/1:gp+ 2/1:s+", []string{"2/1 van-kracht gps"}},
		"withdrawn":       {[]string{one}, "1/1:gps+ 3/1:p-", []string{"1/1 van-kracht gps", "3/1 ingetrokken gps"}},
		"back again":      {[]string{one}, "1/1:gps+ 3/1:p- 4/1:p+", []string{"1/1 van-kracht gps", "3/1 ingetrokken gps", "4/1 van-kracht gps"}},
		"replaced":        {[]string{one, two}, "1/1:gps+ 3/2:gps+", []string{"1/1 van-kracht gps", "3/2 van-kracht gps", "3/1 vervangen 2 gps"}},
		"withdrawn from the newer": {[]string{one, two}, "1/1:gps+ 3/2:gps+ 4/2:p-",
			[]string{"1/1 van-kracht gps", "3/2 van-kracht gps", "3/1 vervangen 2 gps", "4/2 ingetrokken gps"}},
		// At midnight, which is before noon of that day: nobody was there, and nobody has to be.
		"by the calendar": {[]string{"1 05-06 09-06 alle"}, "1/1:gps+", []string{"5/1 van-kracht gps", "10/1 vervallen gps"}},
		"replaced by the calendar": {[]string{one, "2 05-06 09-06 alle"}, "1/1:gps+ 2/2:gps+",
			[]string{"1/1 van-kracht gps", "5/2 van-kracht gps", "5/1 vervangen 2 gps", "10/2 vervallen gps"}},
		"the day of both": {[]string{"1 01-06 09-06 alle", "2 10-06 31-12 alle"}, "1/1:gps+ 2/2:gps+",
			[]string{"1/1 van-kracht gps", "10/2 van-kracht gps", "10/1 vervangen 2 gps"}},
		"per party": {[]string{each, each2}, "1/1:ps+ 2/1:g+ 3/2:ps+ 4/2:g+ 5/2:s-", []string{"1/1 van-kracht ps", "2/1 van-kracht g",
			"3/2 van-kracht ps", "4/2 van-kracht g", "4/1 vervangen 2 gps", "5/2 ingetrokken s"}},
	} {
		t.Run(name, func(t *testing.T) {
			line := story(t, c.versions, c.said)
			if diff := cmp.Diff(c.want, changes(line, nil, onDay(0), onDay(20))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
