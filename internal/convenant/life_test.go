package convenant_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sluis-gateway/sluis/internal/convenant"
	"github.com/sluis-gateway/sluis/internal/digest"
	"github.com/sluis-gateway/sluis/internal/party"
)

// Stories about versions are told in short: a version is "1 01-07 31-12 alle" (number, first and last day in 2026, inwerking), what was
// said is "3/1:gp+ s-" (on day 3 of June, of version 1, gemeente and politie said akkoord, the school ingetrokken; x is afgewezen).

var letters = map[rune]party.OIN{'g': municipality, 'p': police, 's': school}

// onDay is 12:00 in Amsterdam on a day of June 2026, and on.
func onDay(n int) time.Time { return time.Date(2026, 6, n, 10, 0, 0, 0, time.UTC) }

// edition gives a version of the small convenant; a last letter is that of a party that it does not name any more.
func edition(t testing.TB, text string) *convenant.Convenant {
	t.Helper()
	f := strings.Fields(text)
	day := func(s string) string { return "2026-" + s[3:] + "-" + s[:2] }
	yaml := strings.NewReplacer("versie: 1\n", "versie: "+f[0]+"\ninwerking: "+f[3]+"\n", "{van: 2025-01-01, tot: 2028-12-31}",
		fmt.Sprintf("{van: %s, tot: %s}", day(f[1]), day(f[2]))).Replace(small)
	if len(f) > 4 {
		yaml = strings.ReplaceAll(yaml, string(letters[rune(f[4][0])]), "00000099000000090000")
	}
	keys := map[party.OIN]digest.SHA256{}
	for _, oin := range []party.OIN{municipality, police, school, "00000099000000090000"} {
		if strings.Contains(yaml, string(oin)) {
			keys[oin] = digest.Of([]byte(oin))
		}
	}
	out, err := convenant.WithCardKeys([]byte(yaml), keys)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, string(out))
}

// word is a signature that came in at a moment, signed at the same.
func word(c *convenant.Convenant, who party.OIN, v convenant.Verdict, at time.Time) convenant.Signature {
	return convenant.Signature{Convenant: c.ID, Version: c.Version, Digest: c.Digest(), Verdict: v, Time: at, Arrived: at, Party: who, CardKey: digest.Of([]byte(who))}
}

// story gives the versions with what was said of them.
func story(t testing.TB, versions []string, said string) []convenant.Standing {
	t.Helper()
	var line []convenant.Standing
	for _, text := range versions {
		line = append(line, convenant.Standing{Convenant: edition(t, text)})
	}
	verdicts := map[byte]convenant.Verdict{'+': convenant.Agreed, '-': convenant.Withdrawn, 'x': convenant.Rejected}
	var day, version int
	for _, one := range strings.Fields(said) {
		if at, words, ok := strings.Cut(one, ":"); ok {
			if _, err := fmt.Sscanf(at, "%d/%d", &day, &version); err != nil {
				t.Fatal(err)
			}
			one = words
		}
		for i := range line {
			st := &line[i]
			if st.Convenant.Version != version {
				continue
			}
			for _, letter := range one[:len(one)-1] {
				st.Signatures = append(st.Signatures, word(st.Convenant, letters[letter], verdicts[one[len(one)-1]], onDay(day)))
			}
		}
	}
	return convenant.Line(line)
}

// told gives the status of each version on a day, for some parties: "vervangen/2 van-kracht".
func told(line []convenant.Standing, day int, who string) string {
	var parties []party.OIN
	for _, letter := range who {
		parties = append(parties, letters[letter])
	}
	var words []string
	for _, st := range line {
		status, by := st.Status(onDay(day), parties...)
		word := string(status)
		if by != 0 {
			word += fmt.Sprintf("/%d", by)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func number(t testing.TB, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
